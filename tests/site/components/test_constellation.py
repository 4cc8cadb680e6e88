"""The picture of the partners and their referral paths."""

import math
import random

import pytest

from guidegen.model.network import Referral
from guidegen.site.components.constellation import MAX_DRAWN, CircleLabel, Constellation, Organization, lay_out

LINE_HEIGHT = 14
"""The height of a line of text of 11 units, with some room."""


def draw(count: int, towns: int = 1, referrals: tuple[Referral, ...] = ()) -> Constellation:
    organizations = [
        Organization(f"p{number:03}", f"Organization {number} " + "x" * 30, f"Town {number % towns}") for number in range(count)
    ]
    paths = referrals or tuple(
        Referral(one.slug, other.slug, "both")
        for one, other in zip(organizations, [*organizations[1:], organizations[0]], strict=True)
    )
    picture = lay_out(organizations, paths)
    assert picture
    return picture


def list_labels(picture: Constellation) -> list[CircleLabel]:
    return [*picture.towns, *(star.label for star in picture.stars)]


@pytest.mark.parametrize(("count", "towns"), [(2, 1), (10, 3), (40, 6), (MAX_DRAWN, 1), (MAX_DRAWN, 40)])
def test_names_never_overlap_and_stay_inside(count: int, towns: int) -> None:
    picture = draw(count, towns)

    labels = list_labels(picture)
    assert len(labels) == count + (towns if towns > 1 else 0)
    distances = [
        math.dist((one.x, one.y), (other.x, other.y)) for number, one in enumerate(labels) for other in labels[number + 1 :]
    ]
    assert min(distances) >= LINE_HEIGHT
    for label in labels:
        radius = math.hypot(label.x, label.y)
        assert radius + abs(label.shift) + 6 * len(label.name) <= picture.size
        outward = math.atan2(label.y, label.x)
        reading = math.radians(label.turn) + (math.pi if label.anchor == "end" else 0)
        assert math.cos(outward - reading) == pytest.approx(1, abs=1e-3), "a name does not point outward"
        assert math.cos(math.radians(label.turn)) >= -1e-3, "a name stands on its head"


def test_partners_of_one_town_are_neighbors() -> None:
    picture = draw(9, 3)

    angles = {label.name: math.atan2(label.y, label.x) + math.pi / 2 for label in list_labels(picture)}
    around = sorted(angles, key=lambda name: round(angles[name] % (2 * math.pi), 6))
    assert [name.split()[1] if name.startswith("Town") else name.split()[0] for name in around] == [
        part for town in "012" for part in (town, *["Organization"] * 3)
    ]


def test_a_claim_of_one_side_is_a_broken_line_and_every_line_ends_at_its_partners() -> None:
    rng = random.Random(1)  # noqa: S311  # the same picture in every run
    pairs = sorted({(f"p{rng.randrange(20):03}", f"p{rng.randrange(20):03}") for _ in range(60)})
    referrals = tuple(Referral(a, b, rng.choice(["both", "sender", "receiver"])) for a, b in pairs if a != b)

    picture = draw(20, 4, referrals)

    assert [line.is_one_sided for line in picture.lines] == [referral.said_by != "both" for referral in referrals]
    points = {int(star.label.name.split()[1]): f"{star.label.x} {star.label.y}" for star in picture.stars}
    for line, referral in zip(picture.lines, referrals, strict=True):
        assert line.curve.startswith(f"M{points[int(referral.sender[1:])]}Q")
        assert line.curve.endswith(f" {points[int(referral.receiver[1:])]}")


def test_nobody_is_drawn_without_referrals_and_too_many_are_not_drawn() -> None:
    assert lay_out([Organization("a", "A")], ()) is None
    many = [Organization(f"p{number}", "P") for number in range(MAX_DRAWN + 1)]
    assert lay_out(many, tuple(Referral("p0", other.slug, "both") for other in many[1:])) is None


def test_a_chinese_name_has_the_room_it_needs() -> None:
    latin, chinese = (
        lay_out([Organization("a", name), Organization("b", "B")], (Referral("a", "b", "both"),))
        for name in ("x" * 20, "学" * 20)
    )

    assert latin
    assert chinese
    assert chinese.size - latin.size >= 20 * 4
