"""Coverage-guided fuzzing of one target, in a process of its own, which atheris ends.

``python -m bench.fuzz.guided TARGET SECONDS FOLDER`` leaves its findings in ``FOLDER/found``.
"""

import sys
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["guidegen", "markdown", "babel.messages"]):
    from bench.fuzz import finding, seeds

SLOWDOWN = 4
"""Factor by which instrumentation slows an input down; inputs that take too long are tried again without it."""
MAX_INPUT_BYTES = 16_384
"""Bytes. Longer inputs reach the same lines and take longer; ``bench.fuzz.slow`` tries large ones."""


def main(target: str, seconds: int, folder: Path) -> None:
    """Try inputs until the time is over."""
    places: set[str] = set()

    def try_input(content: bytes) -> None:
        error = finding.fault(target, content, finding.TIMEOUT_S * SLOWDOWN)
        if error and (place := finding.place(error)) not in places:
            places.add(place)
            finding.keep(target, content, folder / "found")

    corpus = folder / "corpus"
    corpus.mkdir()
    for number, seed in enumerate(seeds.seeds(target)):
        (corpus / str(number)).write_bytes(seed[:MAX_INPUT_BYTES])
    words = folder / "words"
    words.write_text("".join(f"{_format_dictionary_entry(word)}\n" for word in seeds.words()))
    limits = [f"-max_total_time={seconds}", f"-max_len={MAX_INPUT_BYTES}", "-timeout=120", "-rss_limit_mb=4096"]
    atheris.Setup([sys.argv[0], str(corpus), f"-dict={words}", *limits, "-print_final_stats=1", "-verbosity=0"], try_input)
    atheris.Fuzz()


def _format_dictionary_entry(word: str) -> str:
    """Return a line of a libFuzzer dictionary. https://llvm.org/docs/LibFuzzer.html#dictionaries"""
    return '"' + "".join(f"\\x{byte:02x}" for byte in word.encode()) + '"'


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), Path(sys.argv[3]))
