"""Add a language to a guide: its settings, the words of the interface, and the names of the kinds of help."""

from pathlib import Path, PurePosixPath

from guidegen.content.catalogs import count_words, has_catalog, start_catalog
from guidegen.content.fields.language_tag import find_language
from guidegen.content.yaml.parser import ListNode, MappingNode, ScalarNode, compose
from guidegen.content.yaml.writer import apply_changes
from guidegen.editing.starter.service_texts import add_texts
from guidegen.editing.translations.status import count_states
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError
from guidegen.records import dataclass
from guidegen.text import cldr


@dataclass(frozen=True, slots=True)
class AddedLanguage:
    """The files written for a new language, and how many words and texts are left to translate."""

    tag: str
    files: tuple[Path, ...]
    interface_words: int
    service_texts_added: int
    service_texts_left: int
    content_words: int


def find_tag(name: str) -> str:
    """Return the tag of a language by its code or its name. Raises ``GuidegenError`` if it is neither."""
    tag = find_language(name) or cldr.canonical(name)
    if not cldr.is_language(tag):
        raise GuidegenError(f"'{name}' is not a language; write its code or its name, such as  so  or  Somali")
    return tag


def add_language(root: Path, guide: Guide, name: str) -> AddedLanguage:
    """Add a language to a guide. Raises ``GuidegenError`` if the guide has it, or a file cannot be changed.

    Nothing is written unless everything can be.
    """
    tag = find_tag(name)
    if tag in guide.settings.languages:
        raise GuidegenError(f"this guide is in '{tag}' already; to see what is missing:  guidegen translations status {tag}")
    settings, services = root / "guide.yml", root / "content" / "services.yml"
    new_settings = _add_to_settings(_read(settings), tag)
    new_services, added, left = add_texts(_read(services), tag)
    files = [settings, services]
    if not has_catalog(root, tag):
        files.append(start_catalog(root, tag))
    _write(services, new_services)
    _write(settings, new_settings)
    status = count_states(root, guide, tag)
    return AddedLanguage(tag, tuple(files), count_words(root, tag), added, left, status.words)


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")


def _write(file: Path, text: str) -> None:
    """Write a file with the line ends that it had."""
    has_carriage_returns = b"\r\n" in file.read_bytes()
    write_file_durably(file, (text.replace("\n", "\r\n") if has_carriage_returns else text).encode())


def _add_to_settings(text: str, tag: str) -> str:
    node, problems = compose(text, PurePosixPath("guide.yml"))
    languages = node.get("languages") if isinstance(node, MappingNode) else None
    if problems or not isinstance(node, MappingNode) or not isinstance(languages, ListNode):
        raise GuidegenError("guide.yml has mistakes; fix them first:  guidegen check")
    longer = ListNode((*languages.items, ScalarNode(tag, languages.line, 1)), languages.line, languages.column)
    pairs = tuple((key, longer if key.text == "languages" else value) for key, value in node.pairs)
    return apply_changes(text, MappingNode(pairs, node.line, node.column))


def describe(added: AddedLanguage) -> list[str]:
    """Return what was done and what is left, one line each."""
    name = f"{cldr.name_in(added.tag, 'en')} ({added.tag})"
    lines = [f"wrote {file}" for file in added.files]
    lines.append(f"{name}: {added.service_texts_added} names, notices and hotlines of content/services.yml added")
    if added.service_texts_left:
        lines.append(f"content/services.yml: {added.service_texts_left} texts are left; add a line  {added.tag}: …  to each")
    if added.interface_words:
        lines.append(f"the interface: {added.interface_words:,} words in locales/{added.tag}.po; until then it is in English")
    else:
        lines.append("the interface is translated")
    lines.append(
        f"profiles and articles: {added.content_words:,} words; for translators:  guidegen translations export {added.tag}"
    )
    return lines
