"""The core, module by module, each with its own tests: what those notice alone, the whole suite notices as well."""

from dataclasses import dataclass

_SCHEMAS = "test_the_schemas_of_the_sample_guide_are_those_of_the_field_table"


@dataclass(frozen=True)
class Subject:
    """A module below ``src/guidegen``, and of it the functions that are meant, where it is not the whole."""

    module: str
    tests: tuple[str, ...]
    functions: tuple[str, ...] = ()


SUBJECTS = (
    Subject("content/yamlfile", ("tests/content/test_yamlfile.py",)),
    Subject("content/yamlmessages", ("tests/content/test_yamlmessages.py",)),
    Subject("content/readers", ("tests/content/test_readers.py",)),
    Subject("content/reading", ("tests/content/test_readers.py", "tests/content/test_shapes.py")),
    Subject("content/shapes", ("tests/content/test_shapes.py",)),
    Subject("content/translated", ("tests/content/test_translated.py",)),
    Subject("content/accept", ("tests/content/test_accept.py",)),
    Subject("content/bylanguage", ("tests/content/test_bylanguage.py",)),
    Subject("content/times", ("tests/content/test_readers.py",)),
    Subject("content/schema", (f"tests/test_schema.py::{_SCHEMAS}",)),
    Subject("content/load", ("tests/content/test_settings.py", "tests/content/test_mistakes.py")),
    Subject("content/files", ("tests/content/test_files.py",)),
    Subject("content/textfile", ("tests/content/test_files.py",)),
    Subject("model", ("tests/test_model.py",)),
    Subject("urls", ("tests/test_urls.py",)),
    Subject("isolation", ("tests/test_isolation.py",)),
    Subject("characters", ("tests/test_characters.py",)),
    Subject("fingerprints", ("tests/test_fingerprints.py",)),
    Subject("write", ("tests/test_write.py",)),
    Subject("publishing", ("tests/test_publishing.py",)),
    Subject("prose", ("tests/test_prose.py",)),
    Subject("sitecheck", ("tests/test_sitecheck.py",)),
    Subject(
        "render",
        ("tests/test_render.py",),
        ("_isolating", "_run", "_contents", "_told", "_marking", "_attributes", "_safe_html"),
    ),
)
