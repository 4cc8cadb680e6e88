"""The commands of guidegen that write, each with a guide prepared for it; ``crash`` interrupts them."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests import make
from tests.crash import run_forked

SPANISH = "summary: Comida gratis para todos.\nservices: [{key: pantry, name: Despensa}]\n"


@dataclass(frozen=True)
class Writer:
    """A command (``HERE`` is the guide's folder), the folder below that into which it writes, and what prepares the guide.

    ``is_one`` means that all files of the folder are old or new together; otherwise each file is separate.
    """

    arguments: tuple[str, ...]
    folder: str
    is_one: bool
    prepare: Callable[[Path], object]

    def at(self, root: Path) -> list[str]:
        """Return the command for the guide in a folder."""
        return _build_command(root, self.arguments)


def _build_command(root: Path, arguments: tuple[str, ...]) -> list[str]:
    return [*(argument.replace("HERE", str(root)) for argument in arguments), "--root", str(root)]


def _prepare_build(root: Path) -> None:
    run_forked(_build_command(root, _BUILD))
    file = root / "content/partners/food-bank.yml"
    file.write_text(file.read_text(encoding="utf-8").replace("everyone", "all who come"), encoding="utf-8")


def _prepare_translations(root: Path) -> None:
    for name in ("food-bank", "library"):
        (root / f"content/partners/{name}.yml").write_text(make.PARTNER_YML, encoding="utf-8")
        (root / f"content/partners/{name}.es.yml").write_text(SPANISH, encoding="utf-8")


def _prepare_sheets(root: Path) -> None:
    _prepare_translations(root)
    rows = ("food-bank,A,a@example.org,Free.", "library,B,b@example.org,Books.", "new-one,C,c@example.org,New.")
    (root / "partners.csv").write_text("\n".join(["partner,name,email,summary", *rows, ""]), encoding="utf-8")


def _prepare_rewrite(*arguments: str) -> Callable[[Path], None]:
    """Return a function that runs the command and then adds content, so that its files are overwritten."""

    def prepare(root: Path) -> None:
        _prepare_translations(root)
        run_forked(_build_command(root, arguments))
        (root / "content/partners/third.yml").write_text(make.PARTNER_YML, encoding="utf-8")

    return prepare


def _prepare_new_guide(root: Path) -> None:
    """Leave a folder that is no guide, with something in the place of guidegen's wheel: its hash is all that is read of it."""
    (root / "guide.yml").unlink()
    (root / "guidegen-1.0-py3-none-any.whl").write_bytes(b"wheel")


_GUIDE = ("new", "guide", "our-town", "--title", "Our Town", "--no-git", "--package", "HERE/guidegen-1.0-py3-none-any.whl")
_BUILD = ("build", "--jobs", "1")
_EXPORT = ("export", "csv", "--out", "HERE/tables")
_REPORT = ("report", "--out", "HERE/staff")
_PARTNER = (
    "new",
    "partner",
    "clinic",
    "--title",
    "Clinic",
    "--summary",
    "Doctors.",
    "--phone",
    "(555) 555-0101",
    "--type",
    "food",
)
WRITERS = {
    "build, first": Writer(_BUILD, "site", True, lambda _: None),
    "build, one profile changed": Writer(_BUILD, "site", True, _prepare_build),
    "build --clean": Writer((*_BUILD, "--clean"), "site", True, _prepare_build),
    "translations accept": Writer(("translations", "accept"), "content", False, _prepare_translations),
    "import csv": Writer(("import", "csv", "HERE/partners.csv"), "content", False, _prepare_sheets),
    "export csv": Writer(_EXPORT, "tables", False, _prepare_rewrite(*_EXPORT)),
    "report": Writer(_REPORT, "staff", False, _prepare_rewrite(*_REPORT)),
    "new partner": Writer(_PARTNER, "content", False, lambda _: None),
    "export csv, new folder": Writer(_EXPORT, "tables", True, _prepare_translations),
    "report, new folder": Writer(_REPORT, "staff", True, _prepare_translations),
    "new guide": Writer(_GUIDE, "our-town", True, _prepare_new_guide),
    "schema": Writer(("schema",), "schemas", False, lambda _: None),
}
