"""Builds a guide with only some of what guidegen does beside pages: python -m bench.build.alone ROOT [checks] [json-ld] [search] [files]

``checks`` are those of the content and of links, ``files`` all other exports and the copies for times without a network. What it
builds is no guide to publish: it is for rows of the bench.
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


def _no_checks() -> None:
    checks.CHECKS = ()
    checks.check_guide = lambda *_: iter(())
    PageScanner.scan = lambda *_: None  # type: ignore[method-assign,assignment]  # pages are not looked at


def _no_json_ld() -> None:
    partner.partner_json_ld = lambda *_: ""


def _only(wanted: Callable[[str], bool]) -> None:
    exports.EXPORTS = tuple(one for one in exports.EXPORTS if wanted(one.name))  # type: ignore[assignment]  # fewer of them


def _no_search() -> None:
    _only(lambda name: name != "search")


def _no_files() -> None:
    _only(lambda name: name == "search")


WITHOUT = {"checks": _no_checks, "json-ld": _no_json_ld, "search": _no_search, "files": _no_files}


def main(root: str, kept: list[str]) -> None:
    for name, leave_out in WITHOUT.items():
        if name not in kept:
            leave_out()
    if not {"search", "files"} <= set(kept):  # of both are copies made
        Guide.can_be_saved = property(lambda _: False)  # type: ignore[assignment,method-assign]  # for this process
    site_builder.SiteBuilder.raise_findings = lambda _: None  # type: ignore[method-assign]  # links lead to what was not made
    sys.exit(cli.main(["build", "--root", root]))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2:])
