"""Text damaged by an old encoding, a layout program or a keyboard is reported, and correct text is not."""

import json
import re
from pathlib import Path

import pytest

from guidegen.content.load import load
from guidegen.model.problems import Severity
from guidegen.text.orthography import find_misspellings, find_misspellings_by_line
from guidegen.text.zawgyi import is_zawgyi, to_unicode
from tests import ROOT, make

PRESENTATION_FORMS = "ﻣﺮﺣﺒﺎ ﺑﻜﻢ"


def check(text: str, language: str) -> list[tuple[str, str]]:
    return [(misspelling.code, misspelling.hint) for misspelling in find_misspellings(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("ar", PRESENTATION_FORMS, "مرحبا,  بكم"),
        ("ar", "دروس اﻹنجليزية", "الإنجليزية"),
        ("ar", "ﻻ تحتاج", "لا"),
        ("fa", "ﮐﻼس", "کلاس"),
        ("ur", "ﮨﮯ", "ہے"),
        ("ckb", "ﺋﺎزاد", "ئازاد"),
    ],
)
def test_presentation_forms_are_corrected_to_letters(language: str, text: str, right: str) -> None:
    assert check(text, language) == [("presentation-forms", f"Write  {right}")]


@pytest.mark.parametrize(
    ("language", "right"),
    [
        ("ar", "مدرسة"),
        ("ar", "المكتبة العامة (الطابق 2)"),
        ("ar", "طعام مجاني من الاثنين إلى الجمعة"),
        ("ar", "المركز العربي للتعليم في المدينة"),
        ("ar", "التسجيل عن طريق الهاتف 555-0114 في المركز"),
        ("fa", "این کلاس برای شما است"),
        ("ur", "کلاسیں مفت ہیں"),
        ("he", "שלום לכולם"),
        ("yi", "קומען"),
    ],
)
def test_reversed_text_is_corrected(language: str, right: str) -> None:
    runs = re.findall(r"[0-9A-Za-z-]+|.", right)
    reversed_text = "".join(reversed(runs)).translate(str.maketrans("()", ")("))

    assert check(reversed_text, language) == [("reversed-text", f"Write  {right}")]
    assert check(right, language) == []


def test_reversed_presentation_forms_are_corrected_to_letters() -> None:
    assert check(PRESENTATION_FORMS[::-1], "ar") == [("reversed-text", "Write  مرحبا بكم")]
    assert check("ﻞﻴﺠﺴﺘﻟا", "ar") == [("reversed-text", "Write  التسجيل")]
    assert check("مﻼﺳ", "ar") == [("reversed-text", "Write  سلام")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "أهلا وسهلا بكم"),
        ("ar", "طالب/ة ومدرّس(ة)"),
        ("ar", "دليلا كاملا شاملا ومفصلا"),
        ("ar", "﷽ محمد ﷺ ﴿نص﴾ الله ﷲ"),
        ("ar", "نم قليلا"),
        ("fa", "قیمت ۵۰٬۰۰۰ ﷼"),
        ("fa", "ماه می شد. ۱۵ می شروع می‌شود"),
        ("fa", "شراب می و جام"),
        ("fa", "می‌شود و نمی‌دانم، کتاب‌ها و کلاس‌های رایگان"),
        ("fa", "میهن و میوه، های‌های گریه"),
        ("ps", "ښه راغلاست"),
        ("ug", "ئىش ۋە مائاش"),
        ("ur", "خوش آمدید، یہاں مفت کھانا ملتا ہے"),
        ("he", "שלום לכולם, ץ היא אות"),
        ("my", "အခမဲ့ အစားအစာ၊ ယောက်ျားများ"),
        ("ksw", "ကညီကျိာ်\u1060"),
        ("zh-Hans", "周一9:30到11:00，电话:555-0114，费用1,000元"),
        ("zh-Hans", "见[网页](https://example.org/你好,世界)和`甲,乙`。卡尔.马克思, Riverbend, 中文"),
        ("zh-Hans", "English, Spanish; 中文"),
        ("ja", "無料の食べ物、予約不要。"),
        ("ko", "안녕,세계"),
        ("en", "你好,世界 می شود ﻣﺮﺣﺒﺎ"),
        ("und", "你好,世界"),
    ],
)
def test_correct_text_is_not_reported(language: str, text: str) -> None:
    assert check(text, language) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("می شود", "می\u200cشود"),
        ("من نمی دانم", "نمی\u200cدانم"),
        ("شما می توانید بیایید", "می\u200cتوانید"),
        ("او می رفت، می گفتند", "می\u200cرفت,  می\u200cگفتند"),
        ("کتاب ها و کلاس های رایگان", "کتاب\u200cها,  کلاس\u200cهای"),
    ],
)
def test_a_space_within_a_persian_word_is_corrected_to_a_non_joiner(text: str, right: str) -> None:
    assert check(text, "fa") == check(text, "fa-AF") == [("missing-joiner", f"Write  {right}")]


@pytest.mark.parametrize(
    ("language", "text", "right"),
    [
        ("zh-Hans", "你好,世界", "好，世"),
        ("zh-Hant", "免費食物;不用預約", "物；不"),
        ("zh", "时间:周一", "间：周"),
        ("yue", "你好!請入嚟", "好！請"),
        ("zh-Hans", "需要证件吗?不需要. 请来", "吗？不,  要。请"),
        ("ja", "食べ物,衣類", "物、衣"),
        ("zh-Hans", "一,二,三,四,五", "一，二,  二，三,  三，四   (and 1 more in this line)"),
    ],
)
def test_half_width_punctuation_between_full_width_characters_is_corrected(language: str, text: str, right: str) -> None:
    assert check(text, language) == [("half-width-punctuation", f"Write  {right}")]


@pytest.mark.parametrize(
    ("zawgyi", "right"),
    [
        *(("ျမန္မာ", "မြန်မာ"), ("မဂၤလာပါ", "မင်္ဂလာပါ"), ("ေက်ာင္း", "ကျောင်း"), ("ေဆး႐ုံ", "ဆေးရုံ"), ("ေရႊ", "ရွှေ")),
        *(("ႏိုင္ငံ", "နိုင်ငံ"), ("အဂၤလိပ္စာ သင္တန္း", "အင်္ဂလိပ်စာ သင်တန်း"), ("က်န္းမာေရး", "ကျန်းမာရေး")),
        *(("ဥပေဒ အၾကံေပး", "ဥပဒေ အကြံပေး"), ("ဒုကၡသည္", "ဒုက္ခသည်"), ("သုိ႔", "သို့"), ("ေခ်းေငြ", "ချေးငွေ")),
    ],
)
def test_zawgyi_is_converted_to_unicode(zawgyi: str, right: str) -> None:
    assert to_unicode(zawgyi) == right
    assert is_zawgyi(zawgyi)
    assert not is_zawgyi(right)
    assert check(zawgyi, "my") == [("zawgyi", f"Write it in Unicode:  {right}")]


def test_one_typing_mistake_does_not_make_a_text_zawgyi() -> None:
    assert not is_zawgyi("အခမဲ့ အစားအစာ အကူအညီ ေက ကျောင်း သင်တန်း ဆေးရုံ")


def test_the_sample_guide_and_the_interface_have_no_misspellings() -> None:
    files = [*ROOT.glob("content/*/*.*.*"), *ROOT.glob("locales/*.po")]
    languages = {file: file.name.split(".")[-2 if file.suffix != ".po" else 0] for file in files}

    assert len(files) > 250
    for file, tag in languages.items():
        text = file.read_text("utf-8").replace('"', "")  # the quotes of YAML and gettext are not part of the texts
        assert list(find_misspellings_by_line(text, tag)) == [], file.name


@pytest.mark.parametrize(
    ("language", "text", "correct"),
    [
        ("ar", "الخدمة مجانا الى الجميع", "مجانًا,  إلى"),
        ("uk", "п'ять людей", "п’ять"),
        ("uk", 'скажіть "так"', "«так»"),
        ("zh-Hans", "学校(免费)在这里", "学校（免费"),
        ("fa", 'بگویید "سلام"', "«سلام»"),
        ("fr", 'Dites "bonjour"', "bonjour"),
    ],
)
def test_typography_of_another_language_is_reported_with_the_right_form(language: str, text: str, correct: str) -> None:
    (found,) = (misspelling for misspelling in find_misspellings(text, language) if misspelling.code == "typography")

    assert correct in found.hint


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("uk", "п’ять і [«так»](https://example.org/)"),
        ("zh-Hans", "见[网页](https://example.org/你好)和 `a(b)`，（免费）"),
        ("es", 'diga "hola"'),
        ("fr", 'code="x"'),
        ("en", 'say "yes" (now)'),
    ],
)
def test_right_typography_is_not_reported(language: str, text: str) -> None:
    assert [misspelling for misspelling in find_misspellings(text, language) if misspelling.code == "typography"] == []


def test_every_text_in_a_guide_is_checked_in_its_language(tmp_path: Path) -> None:
    front_matter = "---\ntitle: T\ndate: 2026-01-01\n---\n"
    files = {
        "guide.yml": make.GUIDE_YML.replace("[en, es, ar]", "[en, ar, zh-Hans, fa]"),
        "content/services.yml": make.SERVICES_YML.replace("ar: طعام", "zh-Hans: '食物,衣服', fa: کتاب ها")
        + "    synonyms: {fa: [کتاب ها]}\n",
        "content/search-tests.yml": "tests: [{query: '你好,世界', type: food, language: zh-Hans}]\n",
        "content/partners/food-bank.yml": make.PARTNER_YML + "description: 你好,世界\n",
        "content/partners/food-bank.ar.yml": f"summary: {PRESENTATION_FORMS}\n",
        "content/partners/food-bank.fa.yml": "description: |\n  یک\n\n  می شود\n",
        "content/spotlights/a.md": front_matter + "Text.\n",
        "content/spotlights/a.zh-Hans.md": "---\ntitle: 你好,世界\n---\n一\n\n你好,世界\n",
    }
    problems = load(make.folder(tmp_path, files)).problems

    assert [(problem.path.name, problem.line, problem.column, problem.code) for problem in sorted(problems)] == [
        ("food-bank.ar.yml", 1, 10, "presentation-forms"),
        ("food-bank.fa.yml", 4, 1, "missing-joiner"),
        ("services.yml", 5, 43, "half-width-punctuation"),
        ("services.yml", 5, 56, "missing-joiner"),
        ("a.zh-Hans.md", 2, 8, "half-width-punctuation"),
        ("a.zh-Hans.md", 6, 1, "half-width-punctuation"),
    ]
    assert {problem.severity for problem in problems} == {Severity.WARNING}


@pytest.mark.parametrize("language", ["ar", "fa", "my", "zh-Hans", "zh-Hant", "ps"])
def test_no_search_word_is_mistaken_for_reversed_text_or_zawgyi(language: str) -> None:
    sections = json.loads((ROOT / "words" / f"{language}.json").read_text("utf-8"))
    words = [word for section in sections.values() if isinstance(section, dict) for group in section.values() for word in group]

    assert len(words) > 100
    assert [
        word
        for word in words
        for misspelling in find_misspellings(word, language)
        if misspelling.code not in ("missing-joiner", "typography") and "်္" not in word[-2:]
    ] == []
