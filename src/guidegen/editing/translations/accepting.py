"""Record in translation files the hashes of the texts they were translated from."""

import re
from pathlib import Path, PurePosixPath

from guidegen.content.articles import compute_article_hash, split_front_matter
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.article import OwnPage, Spotlight
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError
from guidegen.model.translatable import text_hash
from guidegen.patterns import compile_lazily

_UNSUPPORTED_LAYOUT = "cannot add 'translated_from' to {file}; write each key at the start of a line of its own"
_TRANSLATED_FROM_BLOCK = compile_lazily(r"^translated_from:.*\n?(?:(?:^[ \t]*\n)*^[ \t]+\S.*\n?)*", re.MULTILINE)

_YES = r"matches:[ \t]*(?:yes|true)\b"
_MARK = compile_lazily(
    rf"^(translation:.*(?:\n[ \t]+.*)*?)(?:,[ \t]*{_YES}|\n[ \t]+{_YES}[^\n]*|(?<=\{{)[ \t]*{_YES}[ \t]*,)", re.MULTILINE
)
"""``matches: yes`` in the record ``translation``, in braces or on a line of its own."""


def accept(root: Path, guide: Guide, names: tuple[str, ...] = ()) -> int:
    """Record the current source hashes in the named translation files (``food-bank.es``), or in all of them.

    Only the block ``translated_from`` is written, and the mark ``matches: yes`` is removed; the rest of each file stays as it is.
    Return the number of files written. Raises ``GuidegenError`` for an unknown name and for a file whose layout leaves no place
    for the block.
    """
    _check_names(root, names)
    return _accept_partners(root, guide, names) + _accept_spotlights(root, guide, names)


def list_marked(root: Path) -> tuple[str, ...]:
    """Return the names of the translation files in which somebody wrote that they match their source."""
    patterns = ("partners/*.*.yml", "spotlights/*.*.md", "spotlights/*/*.*.md", "pages/*.*.md")
    files = sorted(file for pattern in patterns for file in (root / "content").glob(pattern))
    return tuple(file.name for file in files if _MARK.search(file.read_text(encoding="utf-8-sig", errors="replace")))


def _check_names(root: Path, names: tuple[str, ...]) -> None:
    stems = {path.stem for path in (root / "content").rglob("*.*")}
    unknown = [name for name in names if name.removesuffix(".yml").removesuffix(".md") not in stems]
    if unknown:
        raise GuidegenError(f"there is no translation called {unknown[0]}; write the file name, such as  food-bank.es")


def _accept_partners(root: Path, guide: Guide, names: tuple[str, ...]) -> int:
    count = 0
    for partner in guide.partners:
        for tag in guide.settings.languages[1:]:
            hashes = {at: text_hash(text.source) for at, text in partner.texts.items() if tag in text.translations}
            path = partner.source.with_name(f"{partner.slug}.{tag}.yml")
            # A draft may be loaded with mistakes, and then some of its texts are missing.
            is_incomplete = partner.status == "draft" and {partner.source, path} & guide.files_with_errors
            if hashes and not is_incomplete and _is_selected(path, names):
                lines = "".join(f"  {_format_key(at)}: {value}\n" for at, value in hashes.items())
                _replace_block(root / path, f"translated_from:\n{lines}")
                count += 1
    return count


def _accept_spotlights(root: Path, guide: Guide, names: tuple[str, ...]) -> int:
    count = 0
    articles: tuple[Spotlight | OwnPage, ...] = (*guide.spotlights, *guide.own_pages)
    for article in articles:
        source_hash = compute_article_hash(article.editions[0])
        for edition in article.editions[1:]:
            is_incomplete = article.draft and {article.source, edition.source} & guide.files_with_errors
            if not is_incomplete and _is_selected(edition.source, names):
                _replace_in_front_matter(root / edition.source, f"translated_from: {source_hash}\n")
                count += 1
    return count


def _is_selected(path: PurePosixPath, names: tuple[str, ...]) -> bool:
    return not names or path.stem in names or path.name in names


def _format_key(at: str) -> str:
    return at if re.fullmatch(r"[A-Za-z0-9_.-]+", at) else '"' + at.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _replace_block(file: Path, block: str) -> None:
    text = file.read_text(encoding="utf-8-sig")
    updated = _TRANSLATED_FROM_BLOCK.sub("", _MARK.sub(r"\1", text)).rstrip("\n") + "\n" + block
    node, problems = compose(updated, PurePosixPath(file.name))
    if problems or not isinstance(node, MappingNode) or not isinstance(node.get("translated_from"), MappingNode):
        raise GuidegenError(_UNSUPPORTED_LAYOUT.format(file=file))
    write_file_durably(file, updated.encode())


def _replace_in_front_matter(file: Path, line: str) -> None:
    front, body, _ = split_front_matter(file.read_text(encoding="utf-8-sig"))
    if front is None:
        raise GuidegenError(_UNSUPPORTED_LAYOUT.format(file=file))
    updated = _TRANSLATED_FROM_BLOCK.sub("", _MARK.sub(r"\1", front)).rstrip("\n") + "\n" + line
    node, problems = compose(updated, PurePosixPath(file.name))
    if problems or not isinstance(node, MappingNode) or node.get("translated_from") is None:
        raise GuidegenError(_UNSUPPORTED_LAYOUT.format(file=file))
    write_file_durably(file, f"---\n{updated}---\n{body}".encode())
