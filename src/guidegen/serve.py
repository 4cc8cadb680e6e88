"""Builds, watches the content, and reloads the browser. ``livereload`` is the server and the socket; the watching is ours."""

import logging
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from pathlib import Path

from guidegen import pipeline, publishing
from guidegen.excerpts import Excerpts
from guidegen.outputs import File
from guidegen.pipeline import Options
from guidegen.problems import ContentError, GuidegenError, as_text
from guidegen.stamps import Stamps, scan

_PAUSE = 0.15  # seconds between two looks at the files


def serve(root: Path, port: int) -> None:
    """Serve the guide with its drafts on this computer alone until interrupted. Raises ``GuidegenError``."""
    try:
        from livereload import Server
        from livereload.handlers import LiveReloadHandler
        from tornado.ioloop import IOLoop
    except ImportError as error:
        raise GuidegenError("serve needs livereload:  pip install 'guidegen[serve]'") from error
    logging.disable(logging.INFO)  # what livereload has to say is for its own developers
    with tempfile.TemporaryDirectory(prefix="guidegen-") as folder:
        out = Path(folder) / "site"
        free = _free_port(port)
        before = scan(str(root))
        _rebuild(root, out, free)

        server = Server()
        server.watch(str(out.with_name("nothing")))  # else it watches this folder, which is ours to do
        loop = IOLoop.current()

        def reload() -> None:
            loop.add_callback(LiveReloadHandler.reload_waiters, path="*")

        threading.Thread(target=_watch, args=(root, out, free, before, reload), daemon=True).start()
        _say(f"serving http://127.0.0.1:{free}/   (stop with Ctrl-C)")
        server.serve(port=free, host="127.0.0.1", root=str(out), open_url_delay=None, debug=False, live_css=False)


def _watch(root: Path, out: Path, port: int, seen: Stamps, reload: Callable[[], None]) -> None:
    """Rebuild whenever a file changed, and tell the browsers once the new site stands.

    No edit is lost: what changes during a build differs from ``seen``, the stamps taken before it.
    """
    while True:
        time.sleep(_PAUSE)
        now = scan(str(root))
        if now != seen:
            seen = now
            if _rebuild(root, out, port):
                reload()


def _with_reload(file: File) -> File:
    """A page that listens for a new build.

    livereload adds an inline script before ``</head>``, which our content security policy refuses; it does not
    find the end tag in capitals, and the same script is loaded from a file.
    """
    if not file.path.endswith(".html"):
        return file
    return File(file.path, file.content.replace(b"</head>", b'<script src="/livereload.js"></script>\n</HEAD>', 1))


def _rebuild(root: Path, out: Path, port: int) -> bool:
    """Build with drafts; on problems say them and keep the site that is there."""
    started = time.perf_counter()
    try:
        built = pipeline.build(root, out, Options(f"http://127.0.0.1:{port}/", select=publishing.preview, finish=_with_reload))
    except ContentError as error:
        excerpts = Excerpts(root)
        for problem in error.problems:
            _say(as_text(problem, excerpts.of(problem)))
        _say(f"{len(error.problems)} problems; the pages you see are those of the last good build")
        return False
    except Exception as error:  # whatever it is, the watching goes on: the next save may mend it
        _say(f"guidegen: {error or type(error).__name__}")
        return False
    _say(f"{built.pages:,} pages, {built.written + built.removed:,} files changed, {time.perf_counter() - started:.2f} s")
    return True


def _free_port(port: int) -> int:
    """The port, or the next one that is not taken."""
    for candidate in range(port, port + 20):
        with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", candidate))
            except OSError:
                _say(f"port {candidate} is taken")
                continue
        return candidate
    raise GuidegenError(f"no free port from {port} to {port + 19}; choose another with --port")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
