"""The core, module by module, each with its own tests, which must notice changes without the rest of the suite."""

from dataclasses import dataclass

_SCHEMAS = "test_the_schemas_of_the_sample_guide_are_those_of_the_field_table"


@dataclass(frozen=True)
class Subject:
    """A module below ``src/guidegen`` with its tests, limited to some of its functions if any are named."""

    module: str
    tests: tuple[str, ...]
    functions: tuple[str, ...] = ()


SUBJECTS = (
    Subject("content/yaml/parser", ("tests/content/yaml/test_parser.py",)),
    Subject("content/yaml/syntax_errors", ("tests/content/yaml/test_syntax_errors.py",)),
    Subject("content/fields/scalar", ("tests/content/fields/test_scalar.py",)),
    Subject("content/fields/context", ("tests/content/fields/test_scalar.py", "tests/content/fields/test_compound.py")),
    Subject("content/fields/compound", ("tests/content/fields/test_compound.py",)),
    Subject("content/translations", ("tests/content/test_translations.py",)),
    Subject("editing/translations/accepting", ("tests/editing/translations/test_accepting.py",)),
    Subject("content/fields/by_language", ("tests/content/fields/test_by_language.py",)),
    Subject("content/fields/times", ("tests/content/fields/test_scalar.py",)),
    Subject("content/fields/json_schema", (f"tests/content/fields/test_json_schema.py::{_SCHEMAS}",)),
    Subject("content/load", ("tests/content/test_settings.py", "tests/content/test_mistakes.py")),
    Subject("content/source_files", ("tests/content/test_source_files.py",)),
    Subject("content/text_file", ("tests/content/test_source_files.py",)),
    Subject("model/guide", ("tests/model/test_guide.py",)),
    Subject("model/urls", ("tests/model/test_urls.py",)),
    Subject("text/bidi", ("tests/text/test_bidi.py",)),
    Subject("text/characters", ("tests/text/test_characters.py",)),
    Subject("cache/keys", ("tests/cache/test_keys.py",)),
    Subject("build/publish", ("tests/build/test_publish.py",)),
    Subject("model/visibility", ("tests/model/test_visibility.py",)),
    Subject("text/markdown", ("tests/text/test_markdown.py",)),
    Subject("build/link_graph", ("tests/build/test_link_graph.py",)),
    Subject(
        "site/templating/render",
        ("tests/site/templating/test_render.py",),
        (
            "_create_isolate_filter",
            "_render_run",
            "_render_contents",
            "_escape_text",
            "_create_marked_filter",
            "_render_attributes",
            "_mark_safe",
        ),
    ),
)
