"""Checks on what services ask of people."""

import re
from collections.abc import Iterator

from guidegen.content.checks.reporting import warning
from guidegen.model.guide import Guide
from guidegen.model.problems import Problem
from guidegen.patterns import compile_lazily

_MAX_SHOWN = 60
"""Maximum length of a document's name in a message, in characters."""
_HINT = "Write  immigration_status: yes   If people can come without this document, add to it:  , if you have it"
_SHOWS_STATUS = compile_lazily(
    r"\b(?:work permits?|green cards?|EAD|I-94|I-\d{3}|N-400|(?:immigration|status) papers"
    r"|permiso de trabajo|tarjeta (?:verde|de residen\w+)|papeles de inmigración"
    r"|thẻ xanh|giấy phép làm việc|kat (?:vèt|rezidans)|pèmi travay|грін-карт\w*|дозв\w+ на роботу)\b"
    r"|绿卡|工卡|البطاقة الخضراء|تصريح (?:ال)?عمل|گرین ?کارت|اجازه کار",
    re.IGNORECASE,
)
"""Documents that show immigration status, in the languages of the sample guide."""
_OPTIONAL = compile_lazily(
    r"\b(?:if|no|not|without|ID|passports?|license|school|si|sin|identificación|pasaporte|licencia|nếu|không|hộ chiếu|căn cước"
    r"|pa|san|paspò|якщо|без|не|паспорт|посвідчення)\b"
    r"|如|没有|不|护照|证件|إذا|إن وجد|بدون|جواز|هوية|اگر|پاسپورت|گذرنامه|شناسایی",
    re.IGNORECASE,
)
"""Words which suggest that the document is optional or that another one will do."""


def status_shown_but_not_asked(guide: Guide) -> Iterator[Problem]:
    """Yield a warning for each service that does not ask about immigration status but requires a document that shows it."""
    for partner in guide.partners:
        for service in partner.services:
            if service.asks.immigration_status is not False:
                continue
            for document in service.documents:
                text = document.source
                if _SHOWS_STATUS.search(text) and not _OPTIONAL.search(text):
                    at = f"services.{service.key}.asks.immigration_status"
                    yield warning(partner, at, _describe(text), _HINT, "status-shown")
                    break


def _describe(document: str) -> str:
    short = document if len(document) <= _MAX_SHOWN else f"{document[:_MAX_SHOWN].rstrip()} …"
    return f"'asks' says that nobody asks about immigration status, but people must bring “{short}”, which shows it"
