"""Typical tasks of a learner on a phone without scripts.

Each takes at most three taps from the home page. Then the answer is on the screen, or on the next one.
"""

from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser

pytestmark = pytest.mark.browser
MAX_TAPS = 3
SCREEN = {"width": 360, "height": 740}


IN_SIGHT = """height => { const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), texts = [];
    while (walker.nextNode()) {
        const range = document.createRange(); range.selectNodeContents(walker.currentNode);
        const box = range.getBoundingClientRect();
        if (box.height && box.bottom > 0 && box.top < height && box.left < innerWidth && box.right > 0 && walker.currentNode.parentElement.checkVisibility()) texts.push(walker.currentNode.data);
    }
    return texts.join(' ') }"""
"""A script that returns the visible text between the top of the screen and a height below it."""


@dataclass(frozen=True)
class Task:
    """A task. ``taps`` are the ends of the URLs to follow; ``answers`` are the texts that are then visible, by language."""

    wish: str
    taps: tuple[str, ...]
    answers: dict[str, tuple[str, ...]]


TASKS = (
    Task(
        "a free evening English class near the library",
        ("services/english/index.html", "partners/riverbend-adult-school/index.html"),
        {
            "en": ("120 Mill Street", "6:00 PM to 8:30 PM", "Free", "Monday and Wednesday"),
            "ar": ("120 Mill Street", "6:00", "مجاني", "الاثنين"),
        },
    ),
    Task(
        "who helps with a green card and speaks Persian",
        ("languages/index.html", "languages/fa/index.html", "partners/immigrant-justice-project/index.html"),
        {"en": ("Green cards", "Persian", "(555) 555-0114"), "ar": ("الفارسية", "(555) 555-0114")},
    ),
    Task(
        "what to bring to the lawyer",
        (
            "services/immigration-legal/index.html",
            "partners/immigrant-justice-project/index.html",
            "immigrant-justice-project/index.html#s-intake",
        ),
        {"en": ("What to bring", "USCIS"), "ar": ("ماذا تُحضر معك", "USCIS")},
    ),
    Task(
        "is there help with benefits on Saturday",
        (
            "services/money-benefits-tax/index.html",
            "partners/benefits-navigators/index.html",
            "benefits-navigators/index.html#s-benefits-check",
        ),
        {"en": ("Saturday", "10:00 AM to 1:00 PM"), "ar": ("السبت", "10:00", "1:00")},
    ),
    Task(
        "food today, without papers",
        (
            "services/food/index.html",
            "partners/riverbend-food-bank/index.html",
            "riverbend-food-bank/index.html#s-same-day-box",
        ),
        {"en": ("Same-day food box", "No photo ID needed", "You can walk in"), "ar": ("لا حاجة إلى بطاقة هوية بصورة",)},
    ),
    Task(
        "someone to call when home is not safe",
        ("services/family-safety/index.html", "partners/safe-harbor/index.html"),
        {"en": ("(555) 555-0134", "Leave this page now"), "ar": ("(555) 555-0134",)},
    ),
    Task(
        "all that is in the town where I live",
        ("areas/index.html", "areas/harbor-falls/index.html"),
        {"en": ("Harbor Falls", "Golden Years"), "ar": ("Harbor Falls", "Golden Years")},
    ),
    Task(
        "to ask for an interpreter at the desk",
        (
            "services/english/index.html",
            "partners/riverbend-adult-school/index.html",
            "riverbend-adult-school/index.html#card-evening-english",
        ),
        {"ar": ("interpreter", "مترجم")},
    ),
    Task(
        "a sheet for a neighbour who has no phone",
        ("services/food/index.html", "handout/food/index.html"),
        {"en": ("Riverbend Food Bank", "(555) 555-0142"), "ar": ("Riverbend Food Bank", "(555) 555-0142")},
    ),
    Task(
        "what the school offers for my children and for me",
        (
            "for/parents/index.html",
            "partners/schools-welcome-center/index.html",
            "schools-welcome-center/index.html#s-parent-evenings",
        ),
        {"en": ("Parent evenings", "Who it is for", "(555) 555-0166"), "ar": ("(555) 555-0166",)},
    ),
    Task(
        "the same in another language, for who comes with me",
        ("services/health/index.html", "es/services/health/index.html"),
        {"en": ("Salud",), "ar": ("Salud",)},
    ),
)


@pytest.mark.parametrize(
    ("task", "language"),
    [pytest.param(task, language, id=f"{task.wish}, {language}") for task in TASKS for language in task.answers],
)
def test_a_learner_can_do_the_task(chromium: Browser, address: str, task: Task, language: str) -> None:
    context = chromium.new_context(java_script_enabled=False, viewport=SCREEN)  # type: ignore[arg-type]  # two numbers
    page = context.new_page()
    page.goto(f"{address}{language}/index.html")
    taps = 0
    for end in task.taps:
        ends = page.locator("a").evaluate_all("(all, end) => all.map(a => String(a.href).endsWith(end))", f"/{end}")
        link = page.locator("a").nth(ends.index(True))
        if not link.is_visible():  # it is inside a closed details element
            link.locator("xpath=ancestor::details/summary").click()
            taps += 1
        link.click()
        page.wait_for_url(f"**/{end}")
        taps += 1
    text = " ".join(page.evaluate(IN_SIGHT, 2 * SCREEN["height"]).split())
    context.close()

    assert taps <= MAX_TAPS
    assert [answer for answer in task.answers[language] if answer not in text] == []
