"""Referral paths and what hangs on one partner, in networks with planted faults."""

import random
from dataclasses import replace

import pytest

from guidegen.model.location import SpokenLanguage
from guidegen.model.network import Network, build_network
from guidegen.model.partner import Agreement, Partner, Partnership, PointPerson, Refers
from tests import make

NETWORKS = 1_000


def build(edges: dict[str, tuple[list[str], list[str]]], **fields: Partnership) -> Network:
    partners = [
        make.partner(
            slug, name=slug.upper(), partnership=replace(fields.get(slug, Partnership()), refers=Refers(tuple(to), tuple(from_)))
        )
        for slug, (to, from_) in edges.items()
    ]
    return build_network(make.guide(*partners))


def test_a_claim_of_one_side_is_told_from_one_of_both() -> None:
    network = build({"a": (["b", "c"], []), "b": ([], ["a"]), "c": ([], []), "d": ([], ["a"])})

    assert [(referral.sender, referral.receiver, referral.said_by) for referral in network.referrals] == [
        ("a", "b", "both"),
        ("a", "c", "sender"),
        ("a", "d", "receiver"),
    ]
    assert [referral.receiver for referral in network.one_sided] == ["c", "d"]


@pytest.mark.parametrize("seed", range(10))
def test_planted_one_sided_claims_and_bridges_are_found_and_nothing_else(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311  # the same cases in every run
    for _ in range(NETWORKS // 10):
        count = rng.randint(3, 14)
        slugs = [f"p{number}" for number in range(count)]
        pairs = {(a, b) for a in slugs for b in slugs if a != b and rng.random() < 1.8 / count}
        planted = {pair: rng.choice(["sender", "receiver"]) for pair in pairs if rng.random() < 0.2}
        edges: dict[str, tuple[list[str], list[str]]] = {slug: ([], []) for slug in slugs}
        for sender, receiver in sorted(pairs):
            if planted.get((sender, receiver)) != "receiver":
                edges[sender][0].append(receiver)
            if planted.get((sender, receiver)) != "sender":
                edges[receiver][1].append(sender)

        network = build(edges)

        assert {(r.sender, r.receiver): r.said_by for r in network.one_sided} == planted
        assert {(r.sender, r.receiver) for r in network.referrals} == pairs
        assert set(network.bridges) == {slug for slug in slugs if splits(pairs, slug)}


def splits(pairs: set[tuple[str, str]], slug: str) -> bool:
    """Return whether a graph has more parts without a vertex, by counting them."""
    vertices = {vertex for pair in pairs for vertex in pair}
    if slug not in vertices:
        return False
    rest = {pair for pair in pairs if slug not in pair}
    return count_parts(vertices - {slug}, rest) > count_parts(vertices, pairs)


def count_parts(vertices: set[str], pairs: set[tuple[str, str]]) -> int:
    parts = 0
    unseen = set(vertices)
    while unseen:
        parts += 1
        pending = [unseen.pop()]
        while pending:
            vertex = pending.pop()
            near = {b for a, b in pairs if a == vertex} | {a for a, b in pairs if b == vertex}
            pending += near & unseen
            unseen -= near
    return parts


def test_single_points_and_missing_contacts_are_named() -> None:
    person = Partnership(role=("anchor",), point_person=PointPerson("Ana"), last_contact=make.TODAY)
    nobody = Partnership(agreement=Agreement("mou"))
    partners: tuple[Partner, ...] = (
        make.partner("bank", partnership=person, services=(make.service(languages=(SpokenLanguage("es", "staff"),)),)),
        make.partner("desk", partnership=nobody, services=(make.service(),)),
        make.partner("shelf", services=(make.service("english", types=("english",)),)),
    )

    network = build_network(make.guide(*partners))

    assert [(point.what, point.name, point.partner) for point in network.single_points] == [
        ("kind of help", "English classes", "shelf"),
        ("language", "Spanish", "bank"),
    ]
    assert network.without_person == ("desk",)
    assert network.never_contacted == ("desk",)
