"""A cache of compiled templates: in memory for the environments of all languages, and on disk for the next process.

The files are below ``__pycache__`` and follow Python's rules for it: errors on writing are ignored, and nothing is written if
``sys.dont_write_bytecode`` is set. Jinja2 compiles a changed template again; each version of guidegen and Jinja2 has its own
folder.
"""

import contextlib
import hashlib
import os
import sys
from importlib.util import cache_from_source
from pathlib import Path

import jinja2
from jinja2 import BytecodeCache, Environment, FileSystemBytecodeCache
from jinja2.bccache import Bucket

from guidegen import resources


class TemplateCache(BytecodeCache):
    """The bytecode of templates as one class of environments compiles them, which is the same for all languages.

    The bytecode of the built-in templates is also written to ``folder``; that of a guide's own templates stays in memory.
    """

    def __init__(self, environment_name: str, built_in: Path | None = None, folder: Path | None = None) -> None:
        self._bytecode: dict[str, bytes] = {}
        self._built_in_prefix = str(built_in or resources.find_built_in_folder() / "templates") + os.sep
        self._persistent_keys: set[str] = set()
        self._folder = folder or _find_cache_folder()
        self._disk_cache = FileSystemBytecodeCache(str(self._folder), f"{environment_name}-%s")

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Return the bucket of a template, with its bytecode if that is cached."""
        if filename and filename.startswith(self._built_in_prefix):
            self._persistent_keys.add(self.get_cache_key(name, filename))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Load cached bytecode into a bucket, from memory or else from disk."""
        bytecode = self._bytecode.get(bucket.key)
        if bytecode is not None:
            bucket.bytecode_from_string(bytecode)
            return
        if bucket.key not in self._persistent_keys:
            return
        with contextlib.suppress(Exception):  # a damaged file can raise anything, and counts as missing
            self._disk_cache.load_bytecode(bucket)
        if bucket.code is not None:
            self._bytecode[bucket.key] = bucket.bytecode_to_string()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Store the bytecode of a bucket in memory, and on disk if the template is built in."""
        self._bytecode[bucket.key] = bucket.bytecode_to_string()
        if bucket.key in self._persistent_keys and not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                self._disk_cache.dump_bytecode(bucket)


def _find_cache_folder() -> Path:
    """Return the cache folder of this Jinja2 and this template compiler: others may compile a template differently."""
    digest = hashlib.blake2b(jinja2.__version__.encode(), digest_size=8)
    for module in ("template_compiler", "render"):
        digest.update(Path(__file__).with_name(f"{module}.py").read_bytes())
    return Path(cache_from_source(__file__)).with_name(f"templates-{digest.hexdigest()}")
