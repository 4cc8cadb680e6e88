"""Fuzzing that follows which lines an input reaches: one target, in a process of its own, which atheris ends.

``python -m bench.fuzz.guided TARGET SECONDS FOLDER`` leaves what was found in ``FOLDER/found``.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["guidegen", "markdown", "babel.messages"]):
    from bench.fuzz import finding, seeds

SLOWER = 4
"""How much longer an input takes while its way is watched: what takes too long is tried once more without."""
LONGEST = 16_384
"""Bytes: longer inputs reach the same lines, and take longer. Large ones are tried by ``bench.fuzz.slow``."""


def main(target: str, seconds: int, folder: Path) -> None:
    """Try inputs until the time is over."""
    known: set[str] = set()

    def one(content: bytes) -> None:
        error = finding.fault(target, content, finding.PATIENCE * SLOWER)
        if error and (at := finding.place(error)) not in known:
            known.add(at)
            finding.keep(target, content, folder / "found")

    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds.seeds(target)):
        (corpus / str(number)).write_bytes(seed[:LONGEST])
    words = folder / "words"
    words.write_text("".join(f"{_quoted(word)}\n" for word in seeds.words()))
    limits = [f"-max_total_time={seconds}", f"-max_len={LONGEST}", "-timeout=120", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], str(corpus), f"-dict={words}", *limits, "-print_final_stats=1", "-verbosity=0"], one)
    atheris.Fuzz()


def _quoted(word: str) -> str:
    """A line of a dictionary of libFuzzer. https://llvm.org/docs/LibFuzzer.html#dictionaries"""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
