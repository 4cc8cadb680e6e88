"""Measure the export of open data: ``python -m bench.open_data [PARTNERS] [--schemas FOLDER]``.

A guide is generated, its public part is exported as in a build, and every file is only counted, never kept. Prints seconds, files,
bytes, and the memory that the export adds to that of the guide. With the folder of the official schemas of HSDS 3.1, a second
export validates every document, formats included.
"""

import argparse
import json
import re
import resource
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from bench.build.generate import write  # noqa: E402  # after the path is set
from guidegen.content.load import load  # noqa: E402
from guidegen.model.guide import Guide  # noqa: E402
from guidegen.model.page import File  # noqa: E402
from guidegen.model.visibility import select_public  # noqa: E402
from guidegen.site.exports.hsds import files as hsds  # noqa: E402
from guidegen.text.language import Language  # noqa: E402

SCHEMA_OF = {
    "services": "service",
    "organizations": "organization",
    "taxonomy_terms": "taxonomy_term",
    "taxonomies": "taxonomy",
}


def main(partners: int, schemas: Path | None) -> None:
    with tempfile.TemporaryDirectory() as folder:
        write(Path(folder), partners)
        guide = select_public(load(Path(folder)).guide)
    languages = (Language(guide.settings.languages[0], guide.settings.region),)
    before, started = _measure_peak_memory(), time.perf_counter()
    sizes = [len(file.content) for file in hsds.files(guide, languages, ())]
    seconds = time.perf_counter() - started
    print(f"{len(guide.partners):,} partners, {sum(len(partner.services) for partner in guide.partners):,} services")
    print(
        f"{len(sizes):,} files, {sum(sizes) / 2**20:,.0f} MiB in {seconds:.1f} s; {_measure_peak_memory() - before:,.0f} MiB more memory"
    )
    if schemas:
        counts = _validate(guide, languages, _load_validators(schemas))
        print(f"{counts['valid']:,} documents are valid, {counts['invalid']:,} are not; {counts['left out']:,} facts left out")


def _measure_peak_memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _load_validators(folder: Path) -> dict[str, Draft202012Validator]:
    schemas = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in folder.glob("*.json")}
    registry: Registry[object] = Registry().with_resources(
        (name, Resource.from_contents(schema, default_specification=DRAFT202012)) for name, schema in schemas.items()
    )
    checker = FormatChecker()
    return {
        kind: Draft202012Validator(schemas[f"{schema}.json"], registry=registry, format_checker=checker)
        for kind, schema in SCHEMA_OF.items()
    }


def _validate(guide: Guide, languages: tuple[Language, ...], validators: dict[str, Draft202012Validator]) -> Counter[str]:
    counts: Counter[str] = Counter()
    for file in hsds.files(guide, languages, ()):
        for kind, record in _list_records(file):
            if kind == "omissions":
                counts["left out"] += record["count"]
                continue
            errors = list(validators[kind].iter_errors(record))
            counts["invalid" if errors else "valid"] += 1
            if errors and counts["invalid"] <= 3:
                print(f"{file.path}: {errors[0].message[:200]}")
    return counts


def _list_records(file: File) -> list[tuple[str, dict[str, int]]]:
    """Return the records of a file of the API with their kind: itself, or those of a page."""
    match = re.fullmatch(r"data/hsds/(\w+)(?:/([\w-]+))?\.json", file.path)
    if not match or (match[1] not in SCHEMA_OF and match[1] != "omissions"):
        return []
    document = json.loads(file.content)
    records = document.get("contents", [document])
    return [(match[1], record) for record in records]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("partners", type=int, nargs="?", default=1_000)
    parser.add_argument("--schemas", type=Path)
    options = parser.parse_args()
    main(options.partners, options.schemas)
