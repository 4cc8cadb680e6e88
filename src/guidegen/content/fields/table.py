"""The field table: everything that can be written in a content file, once.

The readers, the translation files, the JSON Schemas, the web editor, the spreadsheets and the reference pages are made from these
records.
"""

from guidegen.content.fields.article_fields import (
    CHAPTER,
    OWN_PAGE,
    OWN_PAGE_TRANSLATION,
    SPOTLIGHT,
    SPOTLIGHT_TRANSLATION,
    TRANSLATION,
)
from guidegen.content.fields.partner_fields import PARTNER
from guidegen.content.fields.service_type_fields import SEARCH_TESTS, SERVICE_TYPE, SERVICE_TYPES
from guidegen.content.fields.settings_fields import PARTIAL_GUIDE, SETTINGS

__all__ = [
    "CHAPTER",
    "OWN_PAGE",
    "OWN_PAGE_TRANSLATION",
    "PARTIAL_GUIDE",
    "PARTNER",
    "SEARCH_TESTS",
    "SERVICE_TYPE",
    "SERVICE_TYPES",
    "SETTINGS",
    "SPOTLIGHT",
    "SPOTLIGHT_TRANSLATION",
    "TRANSLATION",
]
