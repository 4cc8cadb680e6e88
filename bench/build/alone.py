"""Build a guide with only some of what guidegen does besides pages.

``python -m bench.build.alone ROOT [checks] [json-ld] [search] [files]``: ``checks`` are the checks of content and links,
``files`` all other exports and the offline copies. The result is not a guide to publish: it is for rows of the bench.
"""

import sys
from collections.abc import Callable

from guidegen import cli
from guidegen.build import site_builder
from guidegen.build.link_graph import PageScanner
from guidegen.content import checks
from guidegen.model.guide import Guide
from guidegen.site import exports
from guidegen.site.pages import partner


def _disable_checks() -> None:
    checks.CHECKS = ()
    checks.check_guide = lambda *_: iter(())
    PageScanner.scan = lambda *_: None  # type: ignore[method-assign]  # pages are not scanned


def _disable_json_ld() -> None:
    partner.build_partner_json_ld = lambda *_: ""  # type: ignore[attr-defined]  # the name that its view looks up


def _limit_exports(is_included: Callable[[str], bool]) -> None:
    exports.EXPORTS = tuple(export for export in exports.EXPORTS if is_included(export.name))  # type: ignore[assignment]  # a shorter tuple


def _disable_search() -> None:
    _limit_exports(lambda name: name != "search")


def _disable_files() -> None:
    _limit_exports(lambda name: name == "search")


OPTIONAL_PARTS = {"checks": _disable_checks, "json-ld": _disable_json_ld, "search": _disable_search, "files": _disable_files}


def main(root: str, enabled: list[str]) -> None:
    for name, leave_out in OPTIONAL_PARTS.items():
        if name not in enabled:
            leave_out()
    if not {"search", "files"} <= set(enabled):  # offline copies need both
        Guide.is_available_offline = property(lambda _: False)  # type: ignore[assignment,method-assign]  # for this process
    site_builder.SiteBuilder.raise_faults = lambda _: None  # type: ignore[method-assign,assignment]  # some linked files are not built
    sys.exit(cli.main(["build", "--root", root]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
