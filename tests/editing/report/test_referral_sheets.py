"""Referral sheets: everything that staff need for a referral, a message in the learner's language, and nothing of it in public."""

from pathlib import Path
from urllib.parse import unquote

import pytest

from guidegen.build import pipeline
from guidegen.cli import main
from guidegen.editing.report import rendering
from guidegen.editing.report.referral_sheets import ReferralSheet
from tests import make

FILES = {
    "guide.yml": make.GUIDE_YML,
    "content/services.yml": make.SERVICES_YML + "  - {id: shelter, sensitive: yes, name: {en: Shelter, es: Refugio, ar: مأوى}}\n",
    "content/partners/food-bank.yml": """\
name: Food Bank
summary: Free food.
phones: [{number: "(555) 555-0114", extension: "12"}]
languages: [{code: es}]
services:
  - key: pantry
    types: [food]
    name: Pantry
    roles: [parents, workers]
    cost: {free: yes}
    documents: [A letter with your address]
    apply: {steps: Come on Monday.}
  - {key: beds, types: [shelter], name: Beds}
  - {key: class, types: [english], name: Class}
partnership:
  point_person: {name: Ana Field, title: Desk lead, phone: "(555) 555-0177"}
  refers: {from: [library], how: warm-handoff, contact: Front desk, replies_in_days: 2}
""",
    "content/partners/food-bank.ar.yml": "services: [{key: pantry, name: مخزن الطعام}]\n",
    "content/partners/library.yml": 'name: Library\nsummary: Books.\nphones: [{number: "(555) 555-0115"}]\n'
    "services: [{key: cards, types: [english], name: Cards}]\npartnership: {refers: {to: [food-bank]}}\n",
}


@pytest.fixture
def sheets(tmp_path: Path) -> dict[str, ReferralSheet]:
    root = make.folder(tmp_path, FILES)
    return {sheet.slug: sheet for sheet in pipeline.report_tasks(root, make.TODAY).sheets}


def test_a_sheet_says_whom_to_call_how_and_what_to_bring(sheets: dict[str, ReferralSheet]) -> None:
    sheet = sheets["food-bank"]

    assert sheet.person == "Ana Field, Desk lead, (555) 555-0177"
    assert (sheet.contact, sheet.how, sheet.reply_days) == ("Front desk", "introduced in person", 2)
    assert sheet.senders == ("Library",)
    assert sheet.receivers == ()
    assert sheet.is_complete
    assert sheet.needs == ("For parents", "For workers")
    pantry = sheet.services[0]
    assert pantry.phones == ("(555) 555-0114 ext. 12",)
    assert (pantry.languages, pantry.cost, pantry.steps) == (("Spanish",), "Free", "Come on Monday.")
    assert pantry.documents == ("A letter with your address",)
    assert sheets["library"].receivers == ("Food Bank",)
    assert not sheets["library"].is_complete


def test_the_message_is_in_the_learners_language_with_its_number_in_order(sheets: dict[str, ReferralSheet]) -> None:
    english, spanish, arabic = sheets["food-bank"].services[0].messages

    assert "Food Bank" in english.text
    assert "can help you" in english.text
    assert "puede ayudarle" in spanish.text
    assert "https://guide.example.org/es/partners/food-bank/" in spanish.text
    assert "مخزن الطعام" in arabic.text
    assert "\u2068(555) 555-0114\u2069" in arabic.text  # isolated, so that it is not shown from right to left
    assert "\u206812\u2069" in arabic.text  # the extension
    assert (arabic.tag, arabic.direction) == ("ar", "rtl")
    assert unquote(arabic.sms.partition("body=")[2]) == arabic.text
    assert "Ana" not in english.text + spanish.text + arabic.text  # the point person is not for the learner


def test_nothing_is_sent_to_the_phone_of_somebody_in_danger(sheets: dict[str, ReferralSheet]) -> None:
    beds = sheets["food-bank"].services[1]

    assert beds.is_sensitive
    assert beds.messages == ()


def test_the_page_is_written_for_staff_and_says_what_is_not_known(tmp_path: Path) -> None:
    root = make.folder(tmp_path / "guide", FILES)

    assert main(["report", "--root", str(root), "--out", str(tmp_path / "staff")]) == 0

    page = (tmp_path / "staff/referrals.html").read_text(encoding="utf-8")
    assert "Ana Field" in page
    assert "Send no message." in page
    assert "Nobody is named. Ask" in page  # of the library
    assert 'href="referrals.html"' in (tmp_path / "staff/index.html").read_text(encoding="utf-8")


def test_no_site_has_anything_of_it(tmp_path: Path) -> None:
    root = make.folder(tmp_path, FILES)
    pipeline.build(root, root / "site")
    published = b"".join(file.read_bytes() for file in (root / "site").rglob("*") if file.is_file())

    for secret in ("Ana Field", "555-0177", "warm-handoff", "Front desk"):
        assert secret.encode() not in published


def test_a_closed_partner_and_one_without_services_have_no_sheet(tmp_path: Path) -> None:
    files = {
        "content/partners/closed.yml": "name: Closed\nsummary: Was here.\nstatus: closed\nemail: a@example.org\n"
        "services: [{key: a, types: [food], name: A}]\n",
        "content/partners/empty.yml": "name: Empty\nsummary: Nothing.\nemail: b@example.org\n",
    }
    root = make.folder(tmp_path, {**FILES, **files})

    report = pipeline.report_tasks(root, make.TODAY)

    assert {sheet.slug for sheet in report.sheets} == {"food-bank", "library"}
    assert "Closed" not in rendering.render_sheets(report)


MANY = """\
name: Clinic
summary: Care.
locations:
  - {key: hill, name: Hill office, address: {city: Hilltown}, phones: [{number: "(555) 555-0121"}]}
  - {key: lake, name: Lake office, address: {city: Laketown}, phones: [{number: "(555) 555-0122"}]}
services:
  - {key: care, types: [food], name: Care, at: [hill, lake]}
  - {key: deaf, types: [food], name: Deaf, at: [lake], phones: [{number: "(555) 555-0123", kind: tty}]}
  - {key: later, types: [food], name: Later, at: [lake], status: paused, alert: {text: Back in May.}}
"""


def test_a_number_of_one_office_says_so_and_is_in_no_message(tmp_path: Path) -> None:
    root = make.folder(tmp_path, {"content/partners/clinic.yml": MANY})
    (sheet,) = [sheet for sheet in pipeline.report_tasks(root, make.TODAY).sheets if sheet.slug == "clinic"]
    care, deaf, later = sheet.services

    assert care.phones == ("(555) 555-0121 (Hill office)", "(555) 555-0122 (Lake office)")
    assert care.messages == ()
    assert "(555) 555-0123 (tty)" in deaf.phones
    assert all("555-0123" not in message.text for message in deaf.messages)
    assert (later.status, later.alert, later.messages) == ("paused", "Back in May.", ())


def test_no_message_about_a_confidential_place(tmp_path: Path) -> None:
    secret = FILES["content/partners/library.yml"].replace(
        "services:", "locations: [{key: a, confidential: yes, address: {city: Riverbend}}]\nservices:"
    )
    root = make.folder(tmp_path, {**FILES, "content/partners/library.yml": secret})
    (sheet,) = [sheet for sheet in pipeline.report_tasks(root, make.TODAY).sheets if sheet.slug == "library"]

    assert sheet.services[0].is_sensitive
    assert sheet.services[0].messages == ()
