"""Writes into translation files what their texts were translated from."""

import re
from pathlib import Path, PurePosixPath

from guidegen.content.articles import article_hash, split_front_matter
from guidegen.content.yaml.parser import MappingNode, compose
from guidegen.files.atomic_files import write_file_durably
from guidegen.model.guide import Guide
from guidegen.model.problems import GuidegenError
from guidegen.model.translatable import text_hash

_CANNOT = "{file} cannot be recorded as it is written; write each key on a line of its own, at its beginning"
_BLOCK = re.compile(r"^translated_from:.*\n?(?:^[ \t]+.*\n?)*", re.MULTILINE)


def accept(root: Path, guide: Guide, names: tuple[str, ...] = ()) -> int:
    """Record the hashes of the present source for the named files (``food-bank.es``), or for all; return their number.

    Only the block ``translated_from`` is written; the rest of the file stays as it is.
    """
    known = {path.stem for path in (root / "content").glob("*/*.*")}
    unknown = [name for name in names if name.removesuffix(".yml").removesuffix(".md") not in known]
    if unknown:
        raise GuidegenError(f"there is no translation called {unknown[0]}; write the file name, such as  food-bank.es")
    count = 0
    for partner in guide.partners:
        for tag in guide.settings.languages[1:]:
            hashes = {at: text_hash(text.source) for at, text in partner.texts.items() if tag in text.versions}
            path = partner.source.with_name(f"{partner.slug}.{tag}.yml")
            is_unsure = partner.status == "draft" and {partner.source, path} & guide.flawed  # some texts may not be known
            if hashes and not is_unsure and _is_wanted(path, names):
                lines = "".join(f"  {_key(at)}: {value}\n" for at, value in hashes.items())
                count += _replace(root / path, f"translated_from:\n{lines}")
    for spotlight in guide.spotlights:
        recorded = article_hash(spotlight.editions[0])
        for edition in spotlight.editions[1:]:
            if not (spotlight.draft and {spotlight.source, edition.source} & guide.flawed) and _is_wanted(edition.source, names):
                count += _replace_front(root / edition.source, f"translated_from: {recorded}\n")
    return count


def _is_wanted(path: PurePosixPath, names: tuple[str, ...]) -> bool:
    return not names or path.stem in names or path.name in names


def _key(at: str) -> str:
    return at if re.fullmatch(r"[A-Za-z0-9_.-]+", at) else '"' + at.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _replace(file: Path, block: str) -> int:
    text = file.read_text(encoding="utf-8-sig")
    new = _BLOCK.sub("", text).rstrip("\n") + "\n" + block
    node, problems = compose(new, PurePosixPath(file.name))
    if problems or not isinstance(node, MappingNode) or not isinstance(node.get("translated_from"), MappingNode):
        raise GuidegenError(_CANNOT.format(file=file))
    write_file_durably(file, new.encode())
    return 1


def _replace_front(file: Path, line: str) -> int:
    front, body, _ = split_front_matter(file.read_text(encoding="utf-8-sig"))
    if front is None:
        raise GuidegenError(_CANNOT.format(file=file))
    new = _BLOCK.sub("", front).rstrip("\n") + "\n" + line
    node, problems = compose(new, PurePosixPath(file.name))
    if problems or not isinstance(node, MappingNode) or node.get("translated_from") is None:
        raise GuidegenError(_CANNOT.format(file=file))
    write_file_durably(file, f"---\n{new}---\n{body}".encode())
    return 1
