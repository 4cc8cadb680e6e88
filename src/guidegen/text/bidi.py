"""Isolate numbers and addresses in right-to-left text, so that browsers keep them in order.

In Arabic text, the bidirectional algorithm (UAX #9, rules W2 to W7) moves the currency sign of a price to the other side and
reverses the groups of a phone number. An isolated run keeps its written order.
"""

import re

from guidegen.patterns import compile_lazily

_RUN = compile_lazily(  # every repetition is bounded, so that a hostile text takes only linear time
    r"(?:https?://|www\.)(?:[!-%'-;=?-~]|&amp;)+[/0-9A-Za-z]"  # a web address
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"  # an email address
    r"|[$€£¥]\s?\d[\d.,]{0,12}\d|[$€£¥]\s?\d|(?<![\d.,])\d[\d.,]{0,12}\s?[$€£¥]"  # a price
    r"|(?<![\d&#])\+?\(?\d[\d().\u00a0 -]{5,24}\d"  # a phone number
    r"|(?<![\d&#])\d{1,2}:\d{2}",  # a time
    re.ASCII,
)
_may_have_runs = re.compile(r"[0-9@]|://|www\.").search
_TAG = compile_lazily(r"(<[^>]*>)")


def isolate_numbers(html: str) -> str:
    """Return HTML with each phone number, time, price and address in its text inside a ``<bdi>``. Tags are unchanged."""
    if not _may_have_runs(html):
        return html
    pieces = _TAG.split(html)
    return "".join(piece if piece.startswith("<") else _RUN.sub(r'<bdi dir="ltr">\g<0></bdi>', piece) for piece in pieces)
