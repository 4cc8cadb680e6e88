"""The server: pages as they were built, with what is wrong laid over them, to this computer alone.

``livereload`` brings the socket over which browsers are told to load a page again, and their side of it.
"""

import contextlib
import errno
import logging
import mimetypes
import signal
import socket
import sys
import tempfile
import threading
from pathlib import Path
from urllib.parse import unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from guidegen.cache.file_stats import scan_files
from guidegen.editing.report import rendering
from guidegen.model.problems import GuidegenError
from guidegen.serve.preview import Preview

_OURS = r"(127\.0\.0\.1|localhost)"
"""Names of this computer. A page of another host that leads its own name here, to read drafts, is refused."""
_STYLE = "/_staff/staff.css"
_PORTS = 20
"""How many ports are tried."""
_TIMEOUT_S = 10  # seconds for a build to notice that it is to stop
_LISTENING = b'<script src="/livereload.js"></script>\n'


def serve(root: Path, port: int) -> None:
    """Serve the guide with its drafts until interrupted: it ends with ``KeyboardInterrupt``. Raises ``GuidegenError``."""
    logging.disable(logging.CRITICAL)  # what livereload and tornado have to say is for their own developers
    with tempfile.TemporaryDirectory(prefix="guidegen-", ignore_cleanup_errors=True) as folder:
        sockets = _bind(port)  # before the first build: whoever comes second finds the port taken
        free = sockets[0].getsockname()[1]
        preview = Preview(root, Path(folder), f"http://127.0.0.1:{free}/")
        stamps = scan_files(str(root))
        seen = stamps if preview.rebuild(lambda: None, stamps) else None
        loop = IOLoop.current()
        HTTPServer(_application(preview)).add_sockets(sockets)

        def changed() -> None:
            loop.add_callback(_Socket.reload_all)

        watching = threading.Thread(target=preview.watch, args=(seen, changed), daemon=True)
        watching.start()
        _say(f"what needs doing today: http://127.0.0.1:{free}/_staff/")
        _say(f"serving http://127.0.0.1:{free}/   (stop with Ctrl-C)")
        _stop_when_told(loop)
        try:
            loop.start()
        finally:
            preview.close()
            watching.join(_TIMEOUT_S)
            preview.close()  # what it may have begun in between
    raise KeyboardInterrupt


def _stop_when_told(loop: IOLoop) -> None:
    """Signals stop the loop itself: an exception, raised wherever the program is, may be lost in what ignores it."""
    with contextlib.suppress(NotImplementedError, AttributeError):  # not on this system: there they raise
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.asyncio_loop.add_signal_handler(number, loop.stop)  # type: ignore[attr-defined]  # tornado's own loops have it


def _application(preview: Preview) -> Application:
    for ending in ("avif", "webp"):
        mimetypes.add_type(f"image/{ending}", f".{ending}")  # not every Python and not every computer knows them
    application = Application(default_handler_class=_Refused)
    known = {"preview": preview}
    application.add_handlers(
        _OURS,
        [
            (r"/livereload", _Socket),
            (r"/livereload\.js", _Script),
            (r"/_staff/", _Report, known),
            (_STYLE, _Style),
            (r"/admin/(.*)", _Admin, {"path": str(preview.root / "admin"), "default_filename": "index.html"}),
            (r"/(.*)", _Site, {**known, "path": str(preview.out), "default_filename": "index.html"}),
        ],
    )
    return application


class _Socket(LiveReloadHandler):  # type: ignore[misc]  # livereload ships no types
    """Tells browsers to load their page again: those that show a page of this server."""

    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).netloc == str(self.request.host)

    @classmethod
    def reload_all(cls) -> None:
        """Have every page loaded again. https://livereload.com/api/protocol/"""
        for waiter in tuple(cls.waiters):
            waiter.send_message({"command": "reload", "path": "*", "liveCSS": False})


class _Guarded(RequestHandler):
    """Any answer of this server: no other website may frame it, load it, or have it taken for another kind of file."""

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "no-referrer")

    def prepare(self) -> None:
        if "\0" in unquote(self.request.path):  # no file has such a name
            raise HTTPError(404)


class _Refused(_Guarded):
    """The answer to a name that is not this computer's."""

    def prepare(self) -> None:
        self.set_status(403)
        self.finish("guidegen serve answers only on this computer. Open the address that it said when it started.\n")


class _Script(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # as above
    """The script of livereload, by which pages listen."""


class _Style(_Guarded):
    """The style sheet of what staff see."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(rendering.style())


class _Report(_Guarded):
    """What needs doing today, of the files as they are now."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    async def get(self) -> None:
        content = await IOLoop.current().run_in_executor(None, self._preview.report)
        self.finish(_before(content.encode(), b"</head>", _LISTENING))


class _Admin(_Guarded, StaticFileHandler):  # type: ignore[misc]  # as above
    """The editor that ``guidegen cms`` wrote, to try it on this computer."""

    def compute_etag(self) -> None:
        """None, as for the site."""


class _Site(_Guarded, StaticFileHandler):  # type: ignore[misc]  # as above
    """The files as they were built. Pages listen for a new build, and say what is wrong with the content."""

    def initialize(self, preview: Preview, path: str, default_filename: str) -> None:
        super().initialize(path, default_filename)
        self._preview = preview

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002  # tornado gives it
        self.set_header("Cache-Control", "no-cache")

    async def get(self, path: str, include_body: bool = True) -> None:
        if path and not path.endswith(("/", ".html")):
            await StaticFileHandler.get(self, path, include_body)
            return
        self.path = self.parse_url_path(path)
        file = self.validate_absolute_path(self.root, self.get_absolute_path(self.root, self.path))
        if file is None:  # led on, to the folder's address
            return
        self._preview.note_request(path)
        self._page(Path(file).read_bytes())

    def compute_etag(self) -> None:
        """None: from this computer to itself, sending a file again is quicker than reading it to compare."""

    def write_error(self, status_code: int, **_: object) -> None:  # noqa: ARG002  # as above
        not_found = self._preview.out / "404.html"
        self._page(not_found.read_bytes() if not_found.exists() else rendering.empty("").encode())

    def _page(self, content: bytes) -> None:
        """The page with the script that listens and, where something is wrong, the notice over it.

        Both come from files: the content security policy of pages refuses anything inline.
        """
        preview = self._preview
        head = _LISTENING
        if preview.errors or preview.fault:
            head += f'<link rel="stylesheet" href="{_STYLE}">\n'.encode()
            content = _before(content, b"</body>", preview.notice().encode())
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(_before(content, b"</head>", head))


def _before(content: bytes, mark: bytes, more: bytes) -> bytes:
    """The page with more in front of the last such mark."""
    start, found, end = content.rpartition(mark)
    return start + more + found + end


def _bind(port: int) -> list[socket.socket]:
    """Listen at the port, or at the next one that is not taken. Raises ``GuidegenError``."""
    for candidate in range(port, min(port + _PORTS, 65_536)):
        try:
            return bind_sockets(candidate, "127.0.0.1", socket.AF_INET)
        except OSError as error:
            _say(f"port {candidate} {'is taken' if error.errno == errno.EADDRINUSE else f'cannot be used: {error.strerror}'}")
    raise GuidegenError(f"no free port from {port} to {min(port + _PORTS, 65_536) - 1}; choose another with --port")


def _say(text: str) -> None:
    sys.stderr.write(text + "\n")
