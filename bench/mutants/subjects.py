"""The core, module by module, each with the tests that look at it: quick ones first, for they notice most changes."""

from dataclasses import dataclass

_CONTENT = ("tests/content/test_mistakes.py", "tests/content/test_load.py")
_SITE = ("tests/test_trust.py", "tests/test_pipeline.py")


@dataclass(frozen=True)
class Subject:
    """A module below ``src/guidegen``, and of it the functions that are meant, where it is not the whole."""

    module: str
    tests: tuple[str, ...]
    functions: tuple[str, ...] = ()


SUBJECTS = (
    Subject("content/yamlfile", ("tests/content/test_yamlfile.py", *_CONTENT)),
    Subject("content/yamlmessages", ("tests/content/test_yamlmessages.py", *_CONTENT, "tests/content/test_mutations.py")),
    Subject("content/readers", ("tests/content/test_readers.py", *_CONTENT)),
    Subject("content/reading", ("tests/content/test_readers.py", "tests/content/test_shapes.py", *_CONTENT)),
    Subject("content/shapes", ("tests/content/test_shapes.py", *_CONTENT, "tests/content/test_mutations.py")),
    Subject("content/translated", ("tests/content/test_translated.py", *_CONTENT)),
    Subject("content/accept", ("tests/content/test_accept.py", "tests/content/test_load.py")),
    Subject("content/bylanguage", ("tests/content/test_bylanguage.py", *_CONTENT)),
    Subject("content/times", ("tests/content/test_readers.py", *_CONTENT)),
    Subject("content/schema", ("tests/test_schema.py",)),
    Subject("content/load", (*_CONTENT, "tests/test_incremental.py")),
    Subject("content/files", ("tests/content/test_files.py", *_CONTENT)),
    Subject("content/textfile", ("tests/content/test_files.py", *_CONTENT)),
    Subject("model", ("tests/test_model.py", *_CONTENT)),
    Subject("urls", ("tests/test_urls.py", *_SITE)),
    Subject("isolation", ("tests/test_isolation.py",)),
    Subject("characters", ("tests/test_characters.py", *_CONTENT)),
    Subject("fingerprints", ("tests/test_fingerprints.py", "tests/test_incremental.py")),
    Subject("write", ("tests/test_write.py", "tests/test_incremental.py")),
    Subject("publishing", ("tests/test_publishing.py",)),
    Subject("prose", ("tests/test_prose.py", *_CONTENT)),
    Subject("sitecheck", ("tests/test_sitecheck.py", *_SITE)),
    Subject(
        "render",
        ("tests/test_render.py", "tests/test_specialise.py"),
        ("_isolating", "_run", "_contents", "_told", "_marking", "_attributes", "_safe_html"),
    ),
)
