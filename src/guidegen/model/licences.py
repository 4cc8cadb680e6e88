"""Names of licenses for data, such as CC BY 4.0, and the pages that have their texts."""

import re

from guidegen.patterns import compile_lazily

_CREATIVE_COMMONS = compile_lazily(r"CC[- ](BY(?:-(?:SA|NC|ND|NC-SA|NC-ND))?)[- ]([1-4]\.0)", re.IGNORECASE)
_OTHERS = {
    "cc0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "cc0 1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
    "odbl 1.0": "https://opendatacommons.org/licenses/odbl/1-0/",
    "odc-by 1.0": "https://opendatacommons.org/licenses/by/1-0/",
    "pddl 1.0": "https://opendatacommons.org/licenses/pddl/1-0/",
}


def find_licence_url(name: str) -> str:
    """Return the address of the text of a well-known license; empty for any other."""
    plain = " ".join(name.split())
    if match := _CREATIVE_COMMONS.fullmatch(plain):
        return f"https://creativecommons.org/licenses/{match[1].lower()}/{match[2]}/"
    return _OTHERS.get(plain.casefold().replace("cc0-1.0", "cc0 1.0").replace("-1.0", " 1.0"), "")
