"""What compiling templates for one language is worth: ``python -m bench.build.templates [PARTNERS]``.

For pages of a generated guide: how long it takes to compile their templates for all languages, and then to show a page of a view,
with the templates specialised, quick, and as Jinja2 compiles them.
"""

import sys
import tempfile
import time
from pathlib import Path

from jinja2 import Environment

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

from bench.build.generate import write  # noqa: E402  # after the path is set
from guidegen.build import pipeline  # noqa: E402
from guidegen.content.catalogs import guide_languages  # noqa: E402
from guidegen.model import visibility  # noqa: E402
from guidegen.site import pages  # noqa: E402
from guidegen.site.components.layout import build_layout  # noqa: E402
from guidegen.site.templating.render import Theme  # noqa: E402
from guidegen.site.templating.template_compiler import FastEnvironment, LanguageEnvironment  # noqa: E402

KINDS = {"specialised": LanguageEnvironment, "quick": FastEnvironment, "plain": Environment}
PAGES, ROUNDS = 600, 3


def main(partners: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, partners)
        guide = visibility.select_public(pipeline.load_checked_guide(root)[0])
        languages = guide_languages(root, guide.settings.languages, guide.settings.region)
        around = {language.tag: build_layout(guide, language) for language in languages}
        planned = list(pages.plan(guide, languages))
        for template in ("partner.html", "service_type.html", "spoken_language.html"):
            some = [(page, page.view(page.inputs, page.language)) for page in planned if page.template == template][:PAGES]
            for kind, made in KINDS.items():
                theme, took = Theme(root, made), []
                for _ in range(ROUNDS + 1):  # the first compiles
                    began = time.perf_counter()
                    for page, view in some:
                        theme.show(page, view, around[page.language.tag])
                    took.append(time.perf_counter() - began)
                best = min(took[1:])
                compiled = (took[0] - best) * 1e3
                print(f"{template:22} {kind:12} compiled in {compiled:4.0f} ms, a page in {best / len(some) * 1e6:4.0f} µs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200)
