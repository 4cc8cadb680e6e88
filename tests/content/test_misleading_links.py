"""Misleading links are reported with their effect; ordinary links are not."""

import html
from pathlib import Path

import pytest

from guidegen.build import pipeline
from guidegen.content import markdown_lint
from guidegen.content.misleading_links import find_effects
from guidegen.model.problems import Problem, Severity
from guidegen.text import markdown
from tests import make

OWN = "leads to the reader's own network"
CODE = "may change the phone's settings (call forwarding), instead of calling"
HARMFUL = [
    # letters of another script
    ("https://аррӏе.com/", "leads to xn--80ak6aa92e.com, which is not what it looks like: all letters of 'аррӏе' are Cyrillic"),
    ("https://xn--80ak6aa92e.com/", "all letters of 'аррӏе' are Cyrillic"),
    ("https://www.usсis.gov", "'с' (U+0441) is Cyrillic, the rest is Latin"),
    ("https://gοogle.com", "'ο' (U+03BF) is Greek"),
    ("HTTPS://USCІS.GOV", "'і' (U+0456) is Cyrillic"),
    ("https://ɡoogle.com", "'ɡ' (U+0261) in 'ɡoogle' is a phonetic letter"),
    ("https://uscis.gov．xn--80ak6aa92e.com", "leads to uscis.gov.xn--80ak6aa92e.com"),
    ("https://login-ー.example.org", "'ー' (U+30FC) in 'login-ー' is Katakana"),
    ("https://uscis.gov⧸forms.example.org", "the character U+29F8 (big solidus)"),
    ("https://ᏚᏟ.com", "are Cherokee and look like Latin ones"),
    ("https://ουοτ.com", "are Greek and look like Latin ones"),
    ("mailto:help@аррӏе.com", "leads to xn--80ak6aa92e.com"),
    # hidden hosts
    ("https://uscis%2egov.evil.example/", "hides where it leads with percent signs: to uscis.gov.evil.example"),
    ("https://evil.example%00.uscis.gov/", "hides where it leads with percent signs"),
    # the reader's own network
    ("http://192.168.0.1/", OWN),
    ("http://10.0.0.1:8080/setup", OWN),
    ("http://127.1/", f"{OWN}, to 127.1, which is 127.0.0.1"),
    ("http://2130706433./", "which is 127.0.0.1"),
    ("http://0x7f.0.0.1/", "which is 127.0.0.1"),
    ("http://0300.0250.0.01/", "which is 192.168.0.1"),
    ("http://%31%32%37.0.0.1/", OWN),
    ("http://１２７.0.0.1/", OWN),
    ("http://169.254.169.254/", OWN),
    ("http://100.64.0.1/", OWN),
    ("http://[::1]/", OWN),
    ("http://[::ffff:127.0.0.1]/", OWN),
    ("http://[64:ff9b::10.0.0.1]/", OWN),
    ("http://localhost/", OWN),
    ("http://router.local/", OWN),
    ("http://nas.home.arpa/", OWN),
    ("http://admin.internal./", OWN),
    ("http://192-168-0-1.nip.io/", OWN),
    ("http://8.8.8.8/", "leads to the number 8.8.8.8, not to the name of a website"),
    ("http://134744072./", "leads to the number 134744072, which is 8.8.8.8"),
    # mail
    ("mailto:a@example.org?cc=b@example.net", "would also write to b@example.net (cc)"),
    ("mailto:a@example.org?subject=Hi&BCC=b@example.net", "would also write to b@example.net (bcc), hidden from the other"),
    ("mailto:a@example.org?%62cc=b@example.net", "would also write to b@example.net (bcc)"),
    ("mailto:a@example.org,b%40example.net", "would also write to b@example.net"),
    ("mailto:a@example.org?body=I%20agree%0Ato%20pay", "would write “I agree to pay” in the reader's name"),
    ("mailto:a@example.org?attach=/etc/passwd", "would attach the reader's file '/etc/passwd'"),
    ("mailto:a@example.org?subject=Hi%0D%0ABcc:b@example.net", "would write more than a subject"),
    ("mailto:a@example.org%3Fbcc=b@example.net", "may read as more than an address"),
    ("mailto:a@example.org?reply-to=b@example.net", "would set 'reply-to' of the message"),
    ("&#109;ailto:a@example.org?cc=b@example.net", "would also write to b@example.net (cc)"),
    # text messages
    ("sms:741741?body=STOP", "would write “STOP” in the reader's name"),
    ("sms:741741&body=STOP", "would write “STOP” in the reader's name"),
    ("SMS:741741;body=STOP", "would write “STOP” in the reader's name"),
    ("sms:741741%3Fbody=STOP", "would write “STOP” in the reader's name"),
    ("sms:741741?;&bo%64y=STOP", "would write “STOP” in the reader's name"),
    ("sms:741741,+15555550100", "would write to several numbers: 741741, +15555550100"),
    ("sms:741741;+15555550100", "would write to several numbers"),
    ("sms:741741/open?addresses=1555,1666", "would write to several numbers"),
    # calls
    ("tel:*21*5555550100#", f"dials the code '*21*5555550100#', which {CODE}"),
    ("tel:**61*5555550100%23", CODE),
    ("tel:%2A%2A21%2A5555550100%23", CODE),
    ("tel:%252A72,5555550100", CODE),
    ("tel:＊725555550100", CODE),
    ("TEL:*#06#000", CODE),
    ("tel:5555550100;postd=*72", CODE),
    ("tel:5555550100;phone-context=+1", "gives the phone more than a number: 'phone-context=+1'"),
    ("tel:+15555550100,,1234", "keeps dialing '1234' after the call is answered"),
    ("tel:+15555550100p1234", "keeps dialing '1234' after the call is answered"),
    ("tel:+1-900-555-0100", "calls +1-900-555-0100, a number that costs extra"),
    ("tel:555-976-0100", "a number that costs extra"),
    ("sms:19005550100", "writes to 19005550100, a number that costs extra"),
]  # fmt: skip
HARMLESS = [
    "https://example.org/a?b=c&d=%2e%2F#%20e",
    "https://EXAMPLE.org:8443/",
    "https://пример.рф",
    "https://xn--e1afmkfd.xn--p1ai/",
    "https://школа.com/",
    "https://оса.ru/",
    "https://例え.jp",
    "https://tokyo-東京.jp/",
    "https://カタカナ・東京.jp/",
    "https://seoul서울.kr/",
    "https://مثال.example",
    "https://παράδειγμα.gr/",
    "https://उदाहरण.भारत/",
    "https://médico.example.org/",
    "https://straße.de/",
    "https://paral·lel.cat/",
    "https://4chan.example.org/1.2.3.4",
    "https://internal.example.org/local",
    "https://locale.org/",
    "tel:+1-555-555-0100",
    "tel:(555)%20555-0100;ext=12",
    "tel:1-800-PICK-UP1",
    "tel:911",
    "tel:+49900123456",
    "sms:741741",
    "sms:+1-555-555-0100",
    "sms:741741?body=",
    "mailto:a@example.org?subject=Classes",
    "mailto:a.b+c@sub.example.org?subject=English%20%26%20Spanish;%20fall",
    "#heading",
]
MISMATCHED = [
    ("https://uscis.gov", "https://evil.example", "shows 'uscis.gov' but leads to evil.example"),
    ("**uscis**.gov", "https://evil.example", "shows 'uscis.gov' but leads to evil.example"),
    ("Go to www.uscis.gov/forms now", "https://uscis.gov.evil.example", "leads to uscis.gov.evil.example"),
    ("uscis.gov", "https://notuscis.gov", "shows 'uscis.gov'"),
    ("HTTPS&#58;//USCIS.GOV", "https://evil.example", "shows 'uscis.gov'"),
    ("bank.fi", "https://evil.example", "shows 'bank.fi'"),
    ("uscis.gov", "mailto:x@evil.example", "shows 'uscis.gov' but writes to x@evil.example"),
    ("help@a.org", "mailto:x@b.org", "shows help@a.org but writes to x@b.org"),
    ("help@a.org", "https://b.org", "shows the e-mail address help@a.org but leads to b.org"),
    ("help@a.org", "tel:5555550100", "shows 'help@a.org' but dials 5555550100"),
    ("(555) 555-0100", "tel:+15555550199", "shows the number (555) 555-0100 but dials +15555550199"),
    ("Call (555) 555-0100", "sms:9095550100", "but dials 9095550100"),
    ("٥٥٥ ٥٥٥ ٠١٠٠", "tel:5555550199", "shows the number 555 555 0100"),
    ("911", "tel:5555550199", "shows the number 911 but dials 5555550199"),
    ("Call 911", "tel:5555550199", "shows the number 911 but dials 5555550199"),
    ("Call or text 988 now", "tel:9885550199", "shows the number 988 but dials 9885550199"),
    ("Text HOME to 741741", "sms:123456", "shows the number 741741"),
    ("1-800-FOOD-NOW", "tel:18005550199", "shows the number 1-800-3663-669 but dials 18005550199"),
    ("(555) 555-0100", "https://evil.example", "shows the number (555) 555-0100 but leads to evil.example"),
    ("(555) 555-0100", "mailto:x@b.org", "shows the number (555) 555-0100 but writes to x@b.org"),
]
MATCHED = [
    ("https://uscis.gov", "https://www.uscis.gov/forms"),
    ("https://www.uscis.gov.", "https://my.uscis.gov/"),
    ("(see USCIS.gov)", "https://uscis.gov"),
    ("例え.jp", "https://xn--r8jz45g.jp/"),
    ("Help@A.org", "mailto:help@a.ORG"),
    ("help@a.org", "https://www.a.org/contact"),
    ("a.org", "mailto:help@a.org"),
    ("(555) 555-0100", "tel:+1-555-555-0100"),
    ("1-555-555-0100 ext. 12", "tel:5555550100"),
    ("8 (495) 123-45-67", "tel:+74951234567"),
    ("+44 (0)20 7946 0018", "tel:+442079460018"),
    ("٥٥٥ ٥٥٥ ٠١٠٠", "tel:5555550100"),
    ("Text HOME to 741741", "sms:741741"),
    ("988", "tel:988"),
    ("Call 988", "tel:988"),
    ("1-800-662-HELP (4357)", "tel:18006624357"),
    ("1-800-FOOD-NOW", "tel:18003663669"),
    ("2025-2026", "https://example.org/plan"),
    ("12345-6789", "https://example.org/map"),
    ("Call us, Monday 9-5", "tel:5555550100"),
    ("+1 555 555 0100", "https://wa.me/15555550100"),
    ("Form I-589 (2024-01-15)", "https://uscis.gov/i-589"),
    ("2024-01-15", "https://uscis.gov/news"),
    ("i-589.pdf", "https://uscis.gov/i-589"),
    ("Dr. Ana, St. Mary", "https://a.org"),
    ("What to bring", "https://a.org"),
]


def sentences(text: str) -> list[str]:
    return [warning.message for warning in markdown_lint.find_misleading_links(text)]


@pytest.mark.parametrize(("target", "fragment"), HARMFUL)
def test_what_a_link_would_do_is_said(target: str, fragment: str) -> None:
    described = [effect.sentence for effect in find_effects(html.unescape(target))]

    assert any(fragment in sentence for sentence in described), described
    if markdown.is_safe_link(target):
        assert any(fragment in sentence for sentence in sentences(f"See [*this*]({target})."))


@pytest.mark.parametrize("target", HARMLESS)
def test_an_ordinary_link_is_not_reported(target: str) -> None:
    assert sentences(f"See [this]({target}).") == []
    assert list(find_effects(target)) == []


@pytest.mark.parametrize(("text", "target", "fragment"), MISMATCHED)
def test_a_text_that_shows_another_target_is_reported(text: str, target: str, fragment: str) -> None:
    (sentence,) = sentences(f"[{text}]({target})")

    assert fragment in sentence


@pytest.mark.parametrize(("text", "target"), MATCHED)
def test_a_text_that_shows_the_same_target_is_not_reported(text: str, target: str) -> None:
    assert sentences(f"[{text}]({target})") == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("One.\n\nSee [this](tel:*21*5550100#).", 2),
        ("One.\n\n<http://10.0.0.1/>", 2),
        ("See [this][a].\n\n[a]: tel:*21*5550100#", 2),
        ("See [this].\n\n[this]:\n    <tel:*21*5550100#> 'title'", 3),
        ("See [this][].\n\n> [this]: tel:*21*5550100#\n", 2),
        ("[a](https://a.org)\n\n- [a *b*](\n  <tel:*21*5550100#>)", 3),
        ("[a](tel:+15555550100)\n\n[see [that](https://a.org) too](tel:*21*5550100#)", 2),
        ("Note.[^1]\n\n[^1]: See [this](tel:*21*5550100#).", 2),
        ("| a | b |\n|---|---|\n| [this](tel:*21*5550100#) | c |", 2),
        ("Write.\n<mailto:a@a.org?body=I%20agree>", 1),
        ("[good](tel:5555550100)\n[(555) 555-0199](tel:5555550100)", 1),
        ("`[x](tel:*22*5550100#)`\n\n[x](tel:*21*5550100#)", 2),
    ],
)
def test_every_way_to_write_a_link_is_seen_at_its_line(text: str, line: int) -> None:
    assert {warning.line for warning in markdown_lint.find_misleading_links(text)} == {line}


@pytest.mark.parametrize("text", ["`{}`", "```\n{}\n```", "\\{}", "[[partner:a]]{}", "    {}"])
def test_what_is_no_link_is_not_reported(text: str) -> None:
    link = "(tel:*21*5550100#)" if "partner" in text else "[x](tel:*21*5550100#)"

    assert sentences(text.format(link)) == []


@pytest.mark.parametrize("host", ["b.org%00.a.org", "a.org%2f.b.org", "a.org%40b.org", "a.org%5c.b.org"])
def test_a_host_with_signs_that_no_host_has_is_an_error(host: str) -> None:
    assert [fault.message for fault in markdown_lint.lint(f"[a](https://{host}/)", frozenset())] == [
        f"the link 'https://{host}/' cannot be used"
    ]


def test_a_message_shows_no_sign_that_a_terminal_would_obey() -> None:
    (sentence,) = sentences("[a](sms:741741?body=%1B%5B2J%E2%80%AEx)")

    assert sentence.isprintable()


SPANISH = "description: |\n{}services:\n  - key: pantry\n    description: |\n      [Hola](sms:741741?body=a)\n"


def warnings(root: Path, files: dict[str, str | bytes]) -> list[tuple[str, int, Severity]]:
    _, problems = pipeline.load_checked_guide(make.folder(root, files))
    assert all(isinstance(problem, Problem) for problem in problems)
    return [(problem.path.name, problem.line, problem.severity) for problem in problems if problem.code == "misleading-link"]


def test_profiles_articles_and_translations_are_read(tmp_path: Path) -> None:
    text = "  One.\n\n  [Call](tel:*21*5550100#)\n"
    profile = make.PARTNER_YML + f"    apply: {{url: http://10.0.0.1/}}\nwebsite: https://аррӏе.com/\ndescription: |\n{text}"
    front = "---\ntitle: T\ndate: 2026-01-01\n---\n"
    files: dict[str, str | bytes] = {
        "content/partners/food-bank.yml": profile + "social: [https://example.org/a, http://192.168.0.9/]\n",
        "content/partners/food-bank.es.yml": SPANISH.format(text),
        "content/services.yml": make.SERVICES_YML,
        "content/spotlights/a.md": front + "Text.\n\n[https://uscis.gov](https://evil.example)\n",
        "content/spotlights/a.es.md": front + "[Hola](mailto:a@a.org?cc=b@b.org)\n",
        "guide.yml": make.GUIDE_YML + "about: |\n  [Call](tel:*21*5550100#)\n",
    }  # fmt: skip

    reported = warnings(tmp_path, files)

    assert [(name, line) for name, line, _ in reported] == [
        ("food-bank.es.yml", 4),
        ("food-bank.es.yml", 8),
        ("food-bank.yml", 9),
        ("food-bank.yml", 10),
        ("food-bank.yml", 14),
        ("food-bank.yml", 15),
        ("a.es.md", 5),
        ("a.md", 7),
        ("guide.yml", 8),
    ]
    assert {severity for _, _, severity in reported} == {Severity.WARNING}


def test_a_warning_is_no_reason_to_leave_out_other_checks(tmp_path: Path) -> None:
    profile = make.PARTNER_YML.replace("[food]", "[foood]") + "    at: [nowhere]\ndescription: '[Call](tel:*21*5550100#)'\n"
    guide = make.GUIDE_YML + "about: '[Call](tel:*21*5550100#)'\nareas: [{name: Here}]\n"
    profile = profile.replace("    at:", "    area: {names: [There]}\n    at:")
    files: dict[str, str | bytes] = {"content/partners/food-bank.yml": profile, "guide.yml": guide}
    _, problems = pipeline.load_checked_guide(make.folder(tmp_path, files))

    assert {problem.code for problem in problems} >= {"misleading-link", "unknown-type", "unknown-location", "unknown-area"}
