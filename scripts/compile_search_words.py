#!/usr/bin/env python3
"""Tokenize guidegen's own search words once, so that no build has to.

python scripts/compile_search_words.py    after a change of words/ or of the tokenizer
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from guidegen.search.word_table import format_compiled_words  # noqa: E402  # after the path is set

(ROOT / "words/compiled.txt").write_text(format_compiled_words(), encoding="utf-8", newline="\n")
