#!/usr/bin/env python3
"""Write requirements/locked.txt and audit.txt: packages with their versions and hashes, for every system.

python scripts/lock_requirements.py              needs uv
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
OPTIONS = ("--universal", "--generate-hashes", "--no-emit-index-url", "--no-header", "--no-annotate", "--python-version", "3.11")
LOCKS = {
    "locked.txt": (
        "pyproject.toml",
        "--extra",
        "serve",
        "--extra",
        "qr",
        "--extra",
        "images",
        "--extra",
        "holidays",
        "--extra",
        "import",
        "requirements/locked.in",
    ),
    "audit.txt": ("requirements/audit.in",),
}


def main() -> int:
    for name, sources in LOCKS.items():
        command = ["uv", "pip", "compile", "--quiet", *OPTIONS, *sources, "--output-file", f"requirements/{name}"]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return 0


if __name__ == "__main__":
    sys.exit(main())
