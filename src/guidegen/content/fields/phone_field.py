"""The reader of phone numbers, with hints for numbers in a wrong form."""

import re
import unicodedata

from guidegen.content.fields import intended
from guidegen.content.fields.context import ReadingContext, get_field_name, read_scalar_text, shorten
from guidegen.content.yaml.parser import Node
from guidegen.model import phone_numbers
from guidegen.patterns import compile_lazily
from guidegen.records import dataclass


@dataclass(frozen=True, slots=True)
class PhoneNumber:
    """A phone number of the guide's country or with its own country code, or a short code such as 911.

    An extension inside the number is kept after `` ext. ``.
    """

    expected: str = 'the number as people dial it, such as  "(555) 555-0114"  or  +1 555 555 0114'

    def read(self, node: Node, path: str, context: ReadingContext) -> str | None:
        text = read_scalar_text(node, path, context, self.expected)
        if text is None:
            return None
        region = context.jurisdiction.country
        if re.search(r"\+.*\(0\)", text):
            context.report(
                node,
                f"'{get_field_name(path)}' has a (0) after the country code",
                "Leave the (0) out:  +44 20 7946 0018",
                "phone",
            )
            return None
        if phone_numbers.is_short(text):
            return text
        if phone_numbers.parse_number(text, region) or (not phone_numbers.is_region(region) and _is_phone(text)):
            inner_extension = phone_numbers.find_extension(text, region)
            return phone_numbers.format_number(text, region) + (f" ext. {inner_extension}" if inner_extension else "")
        message = f"'{get_field_name(path)}' is '{shorten(text)}', which is not a phone number"
        hint = _suggest_number(text, region) or f"Write the number {_as_dialed(region)}{_if_none(text)}"
        context.report(node, message, hint, "phone")
        return None


_HYPHENS = compile_lazily("[\u2010-\u2015\u2212_]")


def _as_dialed(region: str) -> str:
    """Return an example in the form of the country: people copy what they see."""
    return f'as people dial it, such as  "{phone_numbers.sample_number(region)}"'


def _if_none(text: str) -> str:
    return "" if re.search(r"[0-9]", text) else "; if there is none, remove the line"


def _suggest_number(text: str, region: str) -> str:
    """Return a hint for a number in a wrong form: an extension, two numbers, a digit too many, letters; empty for others."""
    plain = _HYPHENS.sub("-", unicodedata.normalize("NFKC", text))
    plain = "".join(str(unicodedata.digit(character, character)) for character in plain)
    if plain != text and phone_numbers.parse_number(plain, region):
        return f'Write  "{plain}"   (with ordinary hyphens and digits)'
    joined = re.sub(r"[ .\u00a0-]", "", text)
    if joined != text and phone_numbers.is_known_code(joined, region):
        return f'If it is a short number, write it without spaces:  "{joined}"   If not, add the area code.'
    extension = re.search(r"(?i)(?:ext(?:ension)?|x)\.? *([0-9]+)$", text)
    if extension:
        return f'Write the extension in its own key:  extension: "{extension[1]}"'
    several = intended.phones(text, region)
    if len(several) > 1:
        return "Write one entry for each number:  " + ", ".join(several)
    if re.search(r"[;,/]|\b(?:or|and)\b", text):
        return f"Write one number for each entry, {_as_dialed(region)}"
    if counts := phone_numbers.explain_length(text, region):
        return f"{counts} Call it to check."
    if re.search(r"[0-9]", text) and re.search(r"[A-Za-z]", text):
        return _suggest_for_letters(text, region)
    return ""


def _suggest_for_letters(text: str, region: str) -> str:
    """Return a hint for a number with letters that look like digits, or with words before or after it."""
    digits = text.translate(str.maketrans("OoIl", "0011"))
    if phone_numbers.parse_number(digits, region) and not re.search(r"[A-Za-z]", digits):
        return f'Did you mean:  "{digits}"   (digits instead of letters)'
    kind = re.match(r"(?i)(fax|tty|text|sms|whatsapp|cell|tel|phone)\b[:. ]*", text)
    if kind and phone_numbers.parse_number(text[kind.end() :], region):
        name = {"sms": "text"}.get(kind[1].lower(), kind[1].lower())
        return f'Write  number: "{text[kind.end() :]}"' + (
            f", kind: {name}" if name in ("fax", "tty", "text", "whatsapp") else ""
        )
    number, note = re.fullmatch(r"([0-9 ().+-]*)(.*)", text, re.DOTALL).groups()  # type: ignore[union-attr]  # it fits every text
    if phone_numbers.parse_number(number.strip(" (-"), region):
        return f'Write the words under  note:   number: "{number.strip(" (-")}", note: {note.strip(" ()")}'
    return f"Write digits instead of letters, {_as_dialed(region)}"


def _is_phone(text: str) -> bool:
    """Return whether a text may be a phone number of an unknown country: 7 to 15 digits (ITU-T E.164)."""
    digits = re.sub(r"[^0-9]", "", text)
    is_balanced = text.count("(") == text.count(")") <= 1 and not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text)
    return bool(re.fullmatch(r"\+?[0-9(][0-9 ().\u00a0/-]*[0-9]", text)) and 7 <= len(digits) <= 15 and is_balanced
