"""Write the pages of a guide for other generators: the same texts, links and facts, in the format that each of them reads.

Their templates are guidegen's own, flattened (``flat.py``) and written in their languages (``dialects.py``). Each peer gets what
guidegen computes: which text is the fallback, how a date is written, which partners are in a list, where a link leads, the JSON-LD
of a page. So it has less to do than guidegen, never more. It shows each fact, takes each branch and walks each list itself.
"""

from collections.abc import Mapping
from functools import partial
from pathlib import Path

from bench.build.flat import PAGE, RAW_PAGE, SHARED, Facts, Flattener, Recorder, Step
from bench.build.generators import Peer
from guidegen.build import pipeline
from guidegen.content.catalogs import load_languages
from guidegen.model import visibility
from guidegen.model.page import Page
from guidegen.model.urls import build_file_path, relative_url
from guidegen.site import pages
from guidegen.site.components.layout import Layout, build_layout
from guidegen.site.components.text_notices import build_text_notices
from guidegen.site.templating.render import Theme, render

RAW = "raw"
"""The template of the few pages outside the languages' folders, which peers get rendered."""


def write(root: Path, peers: Mapping[Path, Peer]) -> dict[str, Facts]:
    """Write the guide in ``root`` as source files of each peer into its folder. Return the facts of each language."""
    guide = visibility.select_public(pipeline.load_checked_guide(root)[0])
    languages = load_languages(root, guide.settings.languages, guide.settings.region)
    layouts = {language.tag: build_layout(guide, language) for language in languages}
    theme, templates = Theme(root), {RAW: RAW_PAGE}
    shared: dict[str, Facts] = {tag: {} for tag in layouts}
    flattener = Flattener(theme.environment(languages[0], layouts[languages[0].tag]))
    for folder, peer in peers.items():
        peer.start(folder)
    for page in pages.plan(guide, languages):
        tag, kind = (
            page.language.tag,
            f"page-{page.template.removesuffix('.html')}",
        )  # a name of its own: "home" means something to Hugo
        file, layout = build_file_path(page.path), layouts[tag]
        facts: Facts = {"lang": tag, "top": "../" * (page.path.count("/") - 1)}
        if file.startswith(f"{tag}/"):
            if kind not in templates:
                templates[kind] = flattener.flatten(page.template)
            _record_facts(page, theme, layout, templates[kind], {PAGE: facts, SHARED: shared[tag]})
        else:
            kind, facts["body"] = RAW, render(page, theme, layout).decode()
        for folder, peer in peers.items():
            peer.write_page(folder, file, kind, facts)
    for folder, peer in peers.items():
        peer.write_shared(folder, shared)
        _write_templates(folder, peer, templates)
    return shared


def _record_facts(page: Page, theme: Theme, layout: Layout, steps: list[Step], facts: dict[str, Facts]) -> None:
    """Record the facts of a page, and those of its language if it is the first page that shows them."""
    view, environment = page.view(page.inputs, page.language), theme.environment(page.language, layout)
    scope = environment.globals | {
        "page": page,
        "view": view,
        "text_notices": partial(build_text_notices, view, page.language),
        "filters": environment.filters,
    }
    Recorder(partial(relative_url, f"{page.language.tag}/")).record(steps, scope, facts)


def _write_templates(folder: Path, peer: Peer, templates: Mapping[str, list[Step]]) -> None:
    """Write the templates of a peer. Raise ``ValueError`` if two of them differ about a part that they share."""
    files: dict[str, str] = {}
    for kind, steps in templates.items():
        for name, text in peer.dialect.write(kind, steps).items():
            if files.setdefault(name, text) != text:
                raise ValueError(f"{name} is not the same in all templates")
            peer.write_template(folder, name, text)
