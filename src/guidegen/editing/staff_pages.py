"""Render the pages that only staff see, from the templates in ``templates/staff``. They are never part of a site."""

from functools import cache

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from guidegen import resources


@cache
def _create_environment() -> Environment:
    templates = resources.find_built_in_folder() / "templates"
    return Environment(
        loader=FileSystemLoader([templates / "staff", templates]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render_staff_page(name: str, **values: object) -> str:
    """Return a template with its values and ``style``, the style sheet of the staff pages."""
    return _create_environment().get_template(name).render(values, style=read_style())


def read_style() -> str:
    """Return the style sheet of the staff pages."""
    return (resources.find_built_in_folder() / "templates" / "staff" / "staff.css").read_text(encoding="utf-8")
