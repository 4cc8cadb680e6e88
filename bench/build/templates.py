"""Measure what the template compiler saves: ``python -m bench.build.templates [PARTNERS]``.

For pages of a generated guide: the time to compile their templates for all languages, and then to render a page from its view,
with templates compiled by guidegen (fast) and by Jinja2.
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
from guidegen.content.catalogs import load_languages  # noqa: E402
from guidegen.model import visibility  # noqa: E402
from guidegen.site import pages  # noqa: E402
from guidegen.site.components.layout import build_layout  # noqa: E402
from guidegen.site.templating.render import Theme  # noqa: E402
from guidegen.site.templating.template_compiler import FastEnvironment  # noqa: E402

ENVIRONMENTS = {"fast": FastEnvironment, "Jinja2": Environment}
MAX_PAGES, ROUNDS = 600, 3


def main(partners: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        write(root, partners)
        guide = visibility.select_public(pipeline.load_checked_guide(root)[0])
        languages = load_languages(root, guide.settings.languages, guide.settings.region)
        layouts = {language.tag: build_layout(guide, language) for language in languages}
        planned = list(pages.plan(guide, languages))
        for template in ("partner.html", "service_type.html", "spoken_language.html"):
            views = [(page, page.view(page.inputs, page.language)) for page in planned if page.template == template][:MAX_PAGES]
            for kind, environment in ENVIRONMENTS.items():
                theme, durations = Theme(root, environment), []
                for _ in range(ROUNDS + 1):  # the first round compiles
                    started = time.perf_counter()
                    for page, view in views:
                        theme.show(page, view, layouts[page.language.tag])
                    durations.append(time.perf_counter() - started)
                best = min(durations[1:])
                compile_ms = (durations[0] - best) * 1e3
                print(f"{template:22} {kind:12} compiled in {compile_ms:4.0f} ms, a page in {best / len(views) * 1e6:4.0f} µs")


if __name__ == "__main__":
    main(int(sys.argv[1]) if sys.argv[1:] else 200)
