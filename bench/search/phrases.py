"""Measure how many everyday phrases are read as the right kind of help: ``python -m bench.search.phrases [FOLDER]``.

``FOLDER`` has a file for each language: ``{"word": [[phrase, [kind, ...]], ...], "request": [...], "sentence": [...]}``. A phrase is
right if the kind of help that is read first is one of its kinds. The phrases beside this file were written without looking at the
word lists. Those that were misread were then added to the lists, so that the files tell what a change breaks. Those in ``held_out``
are for measuring alone.
"""

import argparse
import json
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from guidegen.content.load import load  # noqa: E402  # after the path is set
from guidegen.search.concepts import NEEDS  # noqa: E402
from guidegen.search.query_lexicon import Lexicon  # noqa: E402
from guidegen.search.word_table import build_word_table, list_weighted_names  # noqa: E402

TIE = 0.98
"""Share of the best kind from which another counts as read first as well."""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=Path(__file__).with_name("phrases"))
    parser.add_argument("--show", action="store_true", help="print the phrases that are misread")
    options = parser.parse_args()
    lexicon = Lexicon(list_weighted_names(build_word_table(load(ROOT).guide)), "en")
    total, right = Counter[str](), Counter[str]()
    for file in sorted(options.folder.glob("*.json")):
        for form, phrases in json.loads(file.read_text(encoding="utf-8")).items():
            for phrase, kinds in phrases:
                read = find_kinds(lexicon, phrase, file.stem)
                is_right = not read.isdisjoint(kinds)
                for group in ("all", form, file.stem):
                    total[group] += 1
                    right[group] += is_right
                if options.show and not is_right:
                    print(f"{file.stem}: {phrase}: {' '.join(kinds)}, read {' '.join(sorted(read)) or 'nothing'}")
    print("| | phrases | right |\n| --- | --- | --- |")
    for group, number in total.items():
        print(f"| {group} | {number:,} | {right[group] / number:.1%} |")
    return 0


def find_kinds(lexicon: Lexicon, phrase: str, language: str) -> set[str]:
    """Return the kinds of help that a phrase is read as first."""
    shares: dict[str, float] = {}
    for match in lexicon.interpret(phrase, language):
        name = match.concept.partition(":")[2]
        kinds = (name,) if match.kind == "type" else NEEDS.get(name, ()) if match.kind == "need" else ()
        for index, kind in enumerate(kinds):
            shares[kind] = max(shares.get(kind, 0), match.share * (1 - index / 4))
    best = max(shares.values(), default=0)
    return {kind for kind, share in shares.items() if share >= best * TIE}


if __name__ == "__main__":
    sys.exit(main())
