"""The checks that every page must pass in a browser, each with a fault that it must detect.

``tests/browser/test_gate.py`` runs them on every page type in every language, ``python -m bench.gate`` on all pages.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, Page, Request

Findings = list[str]
NARROW = {"width": 320, "height": 800}
"""1280 pixels at 400 % zoom. WCAG 2.2, 1.4.10."""
WIDE = {"width": 1280, "height": 900}
MAX_TABS = 20
_STYLE = "sheet => { const made = new CSSStyleSheet(); made.replaceSync(sheet); document.adoptedStyleSheets.push(made); }"
_UNSTYLE = "() => { document.adoptedStyleSheets.pop(); }"
_SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-block-end:2em!important}"
)

_AXE = """() => axe.run(document, {resultTypes: ['violations']%s})
    .then(found => found.violations.map(one => `${one.id}: ${one.nodes.map(node => node.target).slice(0, 3).join(' | ')}`))"""
_SIDEWAYS = """() => [...(document.documentElement.scrollWidth > document.documentElement.clientWidth ? ['the page'] : []),
    ...[...document.querySelectorAll('main *')].filter(e => e.checkVisibility() && !e.closest('.scroll, .visually-hidden, svg')
        && (e.getBoundingClientRect().right > innerWidth + 1 || e.getBoundingClientRect().left < -1))
        .map(e => e.tagName + ' ' + e.className + ' ' + e.textContent.slice(0, 40)).slice(0, 3)]"""
_SMALL = """() => [...document.querySelectorAll('a[href], summary, button, input')].filter(e => {
    const box = e.getBoundingClientRect();
    return box.width && box.height < 24 && !e.closest('p, .prose, dd, td, label, svg') }).map(e => e.outerHTML.slice(0, 90))"""
_EDGES = """() => [...document.querySelectorAll('button, .button, .chip, input:not([type=checkbox])')].filter(e => e.checkVisibility()
    && (getComputedStyle(e).borderTopStyle === 'none' || parseFloat(getComputedStyle(e).borderTopWidth) < 1)).map(e => e.outerHTML.slice(0, 90))"""
_MOVING = """() => [...document.querySelectorAll('*')].filter(e => { const style = getComputedStyle(e);
    return style.animationName !== 'none' || style.transitionDuration.split(', ').some(time => parseFloat(time) > 0) }).map(e => e.outerHTML.slice(0, 90))"""
_PRINTED = """() => [
    ...(document.querySelector('main').innerText.trim() ? [] : ['nothing of the main part is printed']),
    ...(getComputedStyle(document.body).color === 'rgb(0, 0, 0)' ? [] : ['text is not black']),
    ...[...document.querySelectorAll('body *')].filter(e => e.checkVisibility() && (['fixed', 'sticky'].includes(getComputedStyle(e).position)
        || e.matches('nav.menu, .search, .skip, .exit, details.languages, form.filters'))).map(e => 'printed: ' + e.outerHTML.slice(0, 90))]"""
_FOCUS = """() => { const e = document.activeElement;
    if (!e || e === document.body) return null;
    const style = getComputedStyle(e), box = e.getClientRects()[0] ?? e.getBoundingClientRect(), name = e.outerHTML.slice(0, 90);
    const hit = document.elementFromPoint(box.x + box.width / 2, Math.min(Math.max(box.y + box.height / 2, 1), innerHeight - 1));
    return [...(style.outlineStyle === 'none' || parseFloat(style.outlineWidth) < 2 ? ['no ring: ' + name] : []),
        ...(hit && (e.contains(hit) || hit.contains(e)) ? [] : ['covered: ' + name])] }"""
_IDLE = """() => [...document.querySelectorAll('button, input, select')].filter(e => e.checkVisibility() && !e.closest('form[action]'))
    .map(e => 'does nothing without scripts: ' + e.outerHTML.slice(0, 90))"""
_STORED = """async () => [...(document.cookie ? ['a cookie: ' + document.cookie] : []),
    ...[...Object.keys(localStorage), ...Object.keys(sessionStorage)].map(key => 'stored: ' + key),
    ...(await caches.keys()).map(key => 'a copy: ' + key), ...(await indexedDB.databases()).map(one => 'a database: ' + one.name),
    ...(await navigator.serviceWorker.getRegistrations()).map(one => 'a worker: ' + one.scope)]"""
_ORDER = """() => { const skip = document.querySelector('.skip'), exit = document.querySelector('.exit:not([hidden]) a');
    const able = [...document.querySelectorAll('a[href], button, input, summary, [tabindex]')].filter(e => e.tabIndex >= 0);
    return [...(able[0] === skip && document.querySelector(skip.hash) ? [] : ['the skip link is not the first, or leads nowhere']),
        ...(exit && able[1] !== exit ? ['the quick exit is not the second'] : []),
        ...able.filter(e => e.tabIndex > 0).map(e => 'an order of its own: ' + e.outerHTML.slice(0, 90))] }"""


def evaluate(script: str) -> Callable[[Page], Findings]:
    """Return a check that evaluates a script in the page, which returns the findings."""

    def find(page: Page) -> Findings:
        findings: Findings = page.evaluate(script)
        return findings

    return find


def _find_with_text_spacing(page: Page) -> Findings:
    page.evaluate(_STYLE, _SPACING)
    findings: Findings = page.evaluate(_SIDEWAYS)
    page.evaluate(_UNSTYLE)
    return findings


def _find_focus_faults(page: Page) -> Findings:
    """Return the faults of the first elements that the Tab key reaches, at most ``MAX_TABS`` of them."""
    findings: Findings = []
    page.evaluate(
        "() => { const {body} = document; body.tabIndex = -1; body.focus(); body.removeAttribute('tabindex'); scrollTo(0, 0); }"
    )
    for _ in range(MAX_TABS):
        page.keyboard.press("Tab")
        faults = page.evaluate(_FOCUS)
        if faults is None:
            break
        findings += faults
    return findings


@dataclass(frozen=True)
class Check:
    """A check: ``find`` returns the findings on a page with this ``media`` and ``size``.

    ``fault`` is a script that plants a fault which the check must find. ``scripts`` says whether the page's own scripts run.
    """

    name: str
    find: Callable[[Page], Findings]
    fault: str
    media: dict[str, Any] = field(default_factory=dict)
    size: dict[str, int] = field(default_factory=lambda: WIDE)
    scripts: bool = True


_PALE = "document.querySelector('h1').insertAdjacentHTML('afterend', '<p>pale</p>'); document.querySelector('h1 + p').style.cssText = 'color:#777;background:#888'"
_LONG = "document.querySelector('h1').textContent = 'x'.repeat(200); document.querySelector('h1').style.whiteSpace = 'nowrap'"
CHECKS = (
    Check("axe, light", evaluate(_AXE % ""), _PALE, {"color_scheme": "light"}),
    Check("axe, dark", evaluate(_AXE % ", runOnly: ['color-contrast']"), _PALE, {"color_scheme": "dark"}),
    Check("no sideways scroll at 400 %", evaluate(_SIDEWAYS), _LONG, size=NARROW),
    Check("the reader's text spacing", _find_with_text_spacing, "document.querySelector('h1').textContent = 'Words '.repeat(15); document.querySelector('h1').style.cssText = 'white-space:nowrap;font-size:6px'", size=NARROW),
    Check("targets of 24 pixels", evaluate(_SMALL), "document.querySelector('.menu').insertAdjacentHTML('beforeend', '<div><a href=\"#main\">x</a></div>'); document.querySelector('.menu div a').style.cssText = 'display:block;font-size:9px;min-block-size:0;line-height:1'"),
    Check("edges in forced colors", evaluate(_EDGES), "document.querySelector('main').insertAdjacentHTML('beforeend', '<button>Go</button>'); document.querySelector('main > button').style.border = 'none'", {"forced_colors": "active"}),
    Check("no motion if the reader asks for none", evaluate(_MOVING), "document.querySelector('h1').style.transition = 'color 1s'", {"reduced_motion": "reduce"}),
    Check("print", evaluate(_PRINTED), "document.querySelector('h1').style.position = 'sticky'", {"media": "print"}),
    Check("focus is visible and not covered", _find_focus_faults, "for (const one of document.querySelectorAll('a')) one.style.outline = 'none'"),
    Check("skip link, quick exit, order", evaluate(_ORDER), "document.querySelector('.menu a').tabIndex = 3"),
    Check("nothing is stored", evaluate(_STORED), "localStorage.setItem('seen', '1')"),
    Check("no control is useless without scripts", evaluate(_IDLE), "document.querySelector('main').insertAdjacentHTML('beforeend', '<button>Go</button>')", scripts=False),
)  # fmt: skip
NO_MENU = ("", "404.html")
_USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference", "media": "screen"}


class Gate:
    """A runner of the checks on pages of a guide served at ``address``. ``axe`` is the source of axe-core."""

    def __init__(self, browser: Browser, address: str, axe: str) -> None:
        self.address = address
        self._contexts = {scripts: browser.new_context(bypass_csp=True, java_script_enabled=scripts) for scripts in (True, False)}
        self.pages = {scripts: context.new_page() for scripts, context in self._contexts.items()}
        self._events: Findings = []
        page = self.pages[True]
        page.add_init_script(axe)
        page.on("request", self._record_request)
        page.on("console", lambda message: self._events.append(f"console message: {message.text}"))
        page.on("pageerror", lambda error: self._events.append(f"error: {error}"))

    def open(self, path: str) -> None:
        self._events.clear()
        for page in self.pages.values():
            page.goto(self.address + path)

    def findings(self, check: Check) -> Findings:
        """Return the findings of a check on the open page."""
        page = self.pages[check.scripts]
        page.set_viewport_size(check.size)  # type: ignore[arg-type]  # two numbers
        page.emulate_media(**{**_USUAL, **check.media})
        return check.find(page)

    def events(self) -> Findings:
        """Return the requests to other hosts, the console messages and the errors since the page was opened."""
        return list(self._events)

    def all_findings(self, path: str) -> dict[str, Findings]:
        """Return the findings on a page by check; an empty mapping if the page passes."""
        self.open(path)
        findings = {
            check.name: self.findings(check) for check in CHECKS if not (path in NO_MENU and check.name.startswith("skip link"))
        }
        findings["no requests to other hosts, no errors"] = self.events()
        return {name: faults for name, faults in findings.items() if faults}

    def close(self) -> None:
        for context in self._contexts.values():
            context.close()

    def _record_request(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._events.append(f"request to another host: {request.url}")
