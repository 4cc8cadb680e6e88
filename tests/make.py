"""Small valid values and folders, so that a test states only what it is about."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from guidegen.model.guide import Guide
from guidegen.model.partner import Partner
from guidegen.model.service import Service
from guidegen.model.service_type import ServiceType
from guidegen.model.settings import Settings
from guidegen.model.translatable import TranslatableText, Translation
from guidegen.text.language import Language

GUIDE_YML = """\
name: Test Guide
address: https://guide.example.org/
languages: [en, es, ar]
region: US
time_zone: America/New_York
contact: {email: guide@example.org}
"""
SERVICES_YML = """\
types:
  - id: english
    name: {en: English classes, es: Clases de inglés, ar: دروس الإنجليزية}
  - id: food
    name: {en: Food, es: Comida, ar: طعام}
"""
PARTNER_YML = """\
name: Food Bank
summary: Free food for everyone.
phones:
  - {number: "(555) 555-0114"}
services:
  - key: pantry
    types: [food]
    name: Pantry
"""


def text(source: str = "", **translations: str) -> TranslatableText:
    """Return an English text with translations."""
    return TranslatableText(
        {"en": Translation(source)} | {tag: Translation(words, "fresh", "human") for tag, words in translations.items()}
    )


def service(key: str = "pantry", **fields: Any) -> Service:
    return Service(**{"key": key, "types": ("food",), "name": text("Pantry"), **fields})


def partner(slug: str = "food-bank", **fields: Any) -> Partner:
    source = PurePosixPath(f"content/partners/{slug}.yml")
    return Partner(**{"slug": slug, "source": source, "name": "Food Bank", "summary": text("Free food."), **fields})


def guide(*partners: Partner, **fields: Any) -> Guide:
    settings = Settings(text("Test Guide"), "https://guide.example.org/", ("en", "es", "ar"))
    types = (ServiceType("english", text("English classes")), ServiceType("food", text("Food")))
    slugs = frozenset(entry.slug for entry in partners)
    return Guide(**{"settings": settings, "service_types": types, "partners": partners, "slugs": slugs, **fields})


def language(tag: str = "en") -> Language:
    return Language(tag, "US")


def folder(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """Write a small guide to disk: a partner, two service types, and the files to add or replace. Return the folder."""
    contents: dict[str, str | bytes] = {
        "guide.yml": GUIDE_YML,
        "content/services.yml": SERVICES_YML,
        "content/partners/food-bank.yml": PARTNER_YML,
        **(files or {}),
    }
    for name, content in contents.items():
        write(root, name, content)
    return root


def write(root: Path, name: str, content: str | bytes) -> None:
    """Write a file below ``root``."""
    file = root / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else content.encode())


TODAY = date(2026, 11, 23)
