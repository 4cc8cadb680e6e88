"""Numbers inside right-to-left text: each is isolated, so that its signs are not torn from its digits.

In Arabic text the bidirectional algorithm (UAX #9, rules W2 to W7) puts the sign of a price on the other side and turns the
groups of a phone number around; an isolated run keeps the order in which it is written.
"""

import re

_RUN = re.compile(  # every part is bounded: a hostile text must not take more than linear time
    r"(?:https?://|www\.)(?:[!-%'-;=?-~]|&amp;)+[/0-9A-Za-z]"  # an address on the web
    r"|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}"  # an e-mail address
    r"|[$€£¥]\s?\d[\d.,]{0,12}\d|[$€£¥]\s?\d|(?<![\d.,])\d[\d.,]{0,12}\s?[$€£¥]"  # a price
    r"|(?<![\d&#])\+?\(?\d[\d().\u00a0 -]{5,24}\d"  # a phone number
    r"|(?<![\d&#])\d{1,2}:\d{2}",  # a time
    re.ASCII,
)
_DIGITS_OR_ADDRESS = re.compile(r"[0-9@]|://|www\.").search
_TAG = re.compile(r"(<[^>]*>)")


def isolated_numbers(html: str) -> str:
    """The HTML with phones, times, prices and addresses in its text isolated; tags are left as they are."""
    if not _DIGITS_OR_ADDRESS(html):
        return html
    pieces = _TAG.split(html)
    return "".join(piece if piece.startswith("<") else _RUN.sub(r'<bdi dir="ltr">\g<0></bdi>', piece) for piece in pieces)
