"""What must be the same in a translation and its source."""

import os
import re
import string

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from guidegen.content.translation_comparison import find_changed_phones, find_differences
from guidegen.model.translatable import find_state, text_hash

SAME = [
    ("Call +1 555 555 0114", "اتصل بالرقم ٥٥٥٥٥٥٠١١٤", "ar"),
    ("Rent up to $1,200 in 2026", "Renta hasta $1.200 en 2026", "es"),
    ("See [the form](https://irs.gov/a)", "Vea [el formulario](https://www.irs.gov/es/a)", "es"),
    ("Open 9:00-12:30 and 1:00-5:00 pm, 2026-11-01", "Abierto 9:00-12:30 y 13:00-17:00, el 1 de noviembre de 2026", "es"),
    ("Tax years 2019-2024, form 1040", "Años 2019 a 2024, formulario 1040", "es"),
    ("Room 204, ZIP 01301-4455", "204 号房间，邮编 01301-4455", "zh-Hans"),
    ("Classes from December 31, 2026. Call 020 7946 0018", "Clases desde el 31/12/2026. Llame al +44 20 7946 0018", "es"),
    ("Call (555) 555-0199, 24 hours", "Llame al (555) 555-0199 24 horas", "es"),
    ("Call 555-555-0199 or 555-555-0200", "拨打（555）555-0199 555-555-0200", "zh-Hans"),
    ("Up to $1,000,000, or $15,650-21,150", "Hasta $1.000.000, o $15.650-21.150", "es"),
    ("8:30 to 17:00", "08.30-17.00", "de"),
    ("Press 2. Two desks, 12 seats.", "Oprima 2. 2 mesas, doce asientos.", "es"),
]
CHANGED = [
    ("Call (555) 555-0114 or 555-0115.", "Llame al (555) 555-0141 o al 555-0115.", "es", "changed-phone"),
    ("Call 988 now", "拨打 998", "zh-Hans", "changed-phone"),
    ("Text 741741", "Envíe un texto al 741471", "es", "changed-phone"),
    ("Call (555) 555-0114", "Llame", "es", "changed-phone"),
    ("Rent up to $1,200", "Renta hasta $1,300", "es", "changed-number"),
    ("See [the form](https://irs.gov/a)", "Vea el formulario", "es", "changed-link"),
    ("Ask [[partner:food-bank]]", "Pregunte a [[partner:food-bnk]]", "es", "changed-link"),
    ("Come to the desk with a letter today.", "Venga come to the desk with a letter hoy.", "es", "untranslated"),
    (
        "Free food for everyone in town, every day but Sunday, with a hot lunch at noon and bread.",
        "Comida",
        "es",
        "translation-length",
    ),
]


@pytest.mark.parametrize(("source", "translation", "language"), SAME)
def test_what_is_the_same_is_no_difference(source: str, translation: str, language: str) -> None:
    assert [*find_differences(source, translation, language)] == []


@pytest.mark.parametrize(("source", "translation", "language", "code"), CHANGED)
def test_what_changed_is_named(source: str, translation: str, language: str, code: str) -> None:
    assert code in {difference.code for difference in find_differences(source, translation, language)}


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("School year 2025/26", "Año escolar 2025/2026"),
        ("112 miles from here", "a 180 km de aquí"),
        ("Call 1-800-FLU-SHOT", "Llame al 1-800-358-7468"),
        ("On December 31, 2026", "2026/12/31"),
        ("12 May 2026 10:30", "12.05.2026 10:30"),
    ],
)
def test_what_is_no_other_phone_number_never_stops_a_build(source: str, translation: str) -> None:
    assert [*find_changed_phones(source, translation)] == []


@settings(max_examples=300, deadline=None)
@given(
    digits=st.text(alphabet=string.digits, min_size=10, max_size=10).filter(lambda text: text[0] not in "01"),
    position=st.integers(0, 9),
    words=st.text(alphabet="abcdé ñ", max_size=20),
)
def test_a_changed_digit_of_a_phone_number_is_always_an_error(digits: str, position: int, words: str) -> None:
    def write(number: str) -> str:
        return f"{words} ({number[:3]}) {number[3:6]}-{number[6:]} {words}"

    changed = digits[:position] + str((int(digits[position]) + 1) % 10) + digits[position + 1 :]

    assert [*find_changed_phones(write(digits), write(digits))] == []
    assert [difference.code for difference in find_changed_phones(write(digits), write(changed))] == ["changed-phone"]


@settings(max_examples=10_000 if os.environ.get("NIGHTLY") else 2_000, deadline=None)
@given(text=st.text(alphabet="ab“”\"'’ \n\t.5é中", min_size=1, max_size=30), data=st.data())
def test_random_edits_are_stale_exactly_if_the_normalized_text_changed(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    edited = (
        text[:start] + data.draw(st.text(alphabet='ab“" \n.中', max_size=3)) + text[data.draw(st.integers(start, len(text))) :]
    )

    def normalize(words: str) -> str:
        straight = re.sub("[“”„«»]", '"', re.sub("[‘’‚]", "'", words))
        return " ".join(straight.split())

    is_same = normalize(text) == normalize(edited)
    assert find_state(text_hash(text), text_hash(edited)) == ("fresh" if is_same else "stale")


@pytest.mark.parametrize(
    ("recorded", "changed", "state"),
    [
        ("", "2026-01-01", "unrecorded"),
        ("stale", "", "stale"),
        ("2026-05-01", "2026-05-01", "fresh"),
        ("2026-05-01", "2026-05-02", "stale"),
        ("2026-05-01", "", "unrecorded"),
        ("3f9c2a17", "2026-05-02", "stale"),
    ],
)
def test_what_is_known_of_a_translation_is_its_state(recorded: str, changed: str, state: str) -> None:
    assert find_state(recorded, "00000000", changed) == state
