"""Templates as they were compiled: in one process for the environments of all languages, and on the disk for the next one.

They lie where Python keeps its own compiled code, below ``__pycache__``, under the same rules: what cannot be written is not
kept, and nothing is written where Python was told not to. A template that changed is compiled anew, and so are all by another
guidegen.
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
    """The code of templates, as one ``kind`` of environment compiles them: it is the same for all languages.

    Those of guidegen itself are kept in ``folder``; those of a guide come and go.
    """

    def __init__(self, kind: str, own: Path | None = None, folder: Path | None = None) -> None:
        self._code: dict[str, bytes] = {}
        self._own = str(own or resources.built_in_folder() / "templates") + os.sep
        self._lasting: set[str] = set()
        self._folder = folder or _cache_folder()
        self._kept = FileSystemBytecodeCache(str(self._folder), f"{kind}-%s")

    def get_bucket(self, environment: Environment, name: str, filename: str | None, source: str) -> Bucket:
        """Where the code of a template goes, with the code if it was compiled before."""
        if filename and filename.startswith(self._own):
            self._lasting.add(self.get_cache_key(name, filename))
        return super().get_bucket(environment, name, filename, source)

    def load_bytecode(self, bucket: Bucket) -> None:
        """The code, if it was compiled before."""
        known = self._code.get(bucket.key)
        if known is not None:
            bucket.bytecode_from_string(known)
            return
        if bucket.key not in self._lasting:
            return
        with contextlib.suppress(Exception):  # a damaged file raises anything, and is as good as not there
            self._kept.load_bytecode(bucket)
        if bucket.code is not None:
            self._code[bucket.key] = bucket.bytecode_to_string()

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code."""
        self._code[bucket.key] = bucket.bytecode_to_string()
        if bucket.key in self._lasting and not sys.dont_write_bytecode:
            with contextlib.suppress(OSError):
                self._folder.mkdir(parents=True, exist_ok=True)
                self._kept.dump_bytecode(bucket)


def _cache_folder() -> Path:
    """Of this guidegen and this Jinja2: others may compile a template otherwise."""
    made = hashlib.blake2b(jinja2.__version__.encode(), digest_size=8)
    for module in ("template_compiler", "render"):
        made.update(Path(__file__).with_name(f"{module}.py").read_bytes())
    return Path(cache_from_source(__file__)).with_name(f"templates-{made.hexdigest()}")
