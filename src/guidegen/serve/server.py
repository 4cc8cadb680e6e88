"""The HTTP server of the preview: it serves the built pages, with a notice about problems, to this computer only.

``livereload`` provides the WebSocket that makes browsers reload a page, and the script for it.
"""

import contextlib
import errno
import logging
import mimetypes
import signal
import socket
import sys
import threading
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from livereload.handlers import LiveReloadHandler, LiveReloadJSHandler, StaticFileHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError, RequestHandler

from guidegen.editing.report import rendering
from guidegen.editing.staff_pages import read_style
from guidegen.model.problems import GuidegenError
from guidegen.model.urls import build_file_path
from guidegen.serve.preview import Preview

_LOCAL_HOSTS = r"(127\.0\.0\.1|localhost)"
"""Host names of this computer. Others are refused: by DNS rebinding, another website could read drafts under its own name."""
_STYLE_PATH = "/_staff/staff.css"
_MAX_PORTS = 20
"""The number of ports to try."""
_RELOAD_SCRIPT = b'<script src="/livereload.js"></script>\n'


def serve(root: Path, port: int, part: str = "") -> None:
    """Serve the guide with its drafts until interrupted, then raise ``KeyboardInterrupt``.

    Raises ``GuidegenError`` if no port is free.
    """
    logging.disable(logging.CRITICAL)  # the log messages of livereload and tornado are for their developers
    sockets = _bind(port)  # before the guide is read, so that a second server finds the port taken
    address = f"http://127.0.0.1:{sockets[0].getsockname()[1]}/"
    preview = Preview(root, address, part)
    preview.refresh()
    loop = IOLoop.current()
    HTTPServer(_build_application(preview)).add_sockets(sockets)

    def reload_pages() -> None:
        loop.add_callback(_ReloadSocket.reload_all)

    threading.Thread(target=preview.watch, args=(reload_pages,), daemon=True).start()
    _print(f"what needs doing today: {address}_staff/")
    _print(f"serving {address}   (stop with Ctrl-C)")
    _stop_on_signals(loop)
    try:
        loop.start()
    finally:
        preview.close()
    raise KeyboardInterrupt


def _stop_on_signals(loop: IOLoop) -> None:
    """Make SIGINT, SIGTERM and SIGHUP stop the loop.

    An exception raised by a signal handler could be swallowed by whatever code is running at that moment.
    """
    with contextlib.suppress(NotImplementedError, AttributeError):  # Windows has no such handlers: there signals raise
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.asyncio_loop.add_signal_handler(number, loop.stop)  # type: ignore[attr-defined]  # all of tornado's loops have it


def _build_application(preview: Preview) -> Application:
    for extension in ("avif", "webp"):
        mimetypes.add_type(f"image/{extension}", f".{extension}")  # not every Python and operating system knows them
    application = Application(default_handler_class=_RefusedHost)
    shared = {"preview": preview}
    application.add_handlers(
        _LOCAL_HOSTS,
        [
            (r"/livereload", _ReloadSocket),
            (r"/livereload\.js", _ReloadScript),
            (r"/_staff/", _Report, shared),
            (r"/_staff/referrals\.html", _Sheets, shared),
            (_STYLE_PATH, _Style),
            (r"/admin/(.*)", _Admin, {"path": str(preview.root / "admin"), "default_filename": "index.html"}),
            (r"/(.*)", _Site, shared),
        ],
    )
    return application


class _ReloadSocket(LiveReloadHandler):  # type: ignore[misc]  # livereload ships no types
    """The WebSocket that makes browsers reload. Only pages of this server may open it."""

    def check_origin(self, origin: str) -> bool:
        return urlsplit(origin).netloc == str(self.request.host)

    @classmethod
    def reload_all(cls) -> None:
        """Make every browser reload its page.

        https://livereload.com/api/protocol/
        """
        for waiter in tuple(cls.waiters):
            waiter.send_message({"command": "reload", "path": "*", "liveCSS": False})


class _Guarded(RequestHandler):
    """A response that no other website may frame or load, and whose content type browsers must not guess."""

    def set_default_headers(self) -> None:
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("X-Frame-Options", "DENY")
        self.set_header("Content-Security-Policy", "frame-ancestors 'none'")
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        self.set_header("Referrer-Policy", "no-referrer")

    def prepare(self) -> None:
        if "\0" in unquote(self.request.path):  # no file name has a null character
            raise HTTPError(404)


class _RefusedHost(_Guarded):
    """The response to a request for a host name that is not this computer's."""

    def prepare(self) -> None:
        self.set_status(403)
        self.finish("guidegen serve answers only on this computer. Open the address that it printed when it started.\n")


class _ReloadScript(_Guarded, LiveReloadJSHandler):  # type: ignore[misc]  # as above
    """The script of livereload, with which pages wait for a reload."""


class _Style(_Guarded):
    """The style sheet of the report and the notice."""

    def get(self) -> None:
        self.set_header("Content-Type", "text/css; charset=utf-8")
        self.finish(read_style())


class _Report(_Guarded):
    """The staff report on the current files."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    async def get(self) -> None:
        content = await IOLoop.current().run_in_executor(None, self._render)
        self.finish(_insert_before(content.encode(), b"</head>", _RELOAD_SCRIPT))

    def _render(self) -> str:
        return self._preview.render_report()


class _Sheets(_Report):
    """The referral sheets on the current files."""

    def _render(self) -> str:
        return self._preview.render_sheets()


class _Admin(_Guarded, StaticFileHandler):  # type: ignore[misc]  # as above
    """The web editor that ``guidegen cms`` wrote, to try it on this computer."""

    def compute_etag(self) -> None:
        """Send no ETag, as for the site."""


class _Site(_Guarded):
    """The files of the site, made on request. Pages reload after a save, and show the problems of the content."""

    def initialize(self, preview: Preview) -> None:
        self._preview = preview

    async def get(self, path: str) -> None:
        file = build_file_path(path)
        try:
            content = await self._read(file)
        except KeyError:
            await self._send_not_found(path)
        except Exception as error:  # a template with a mistake, or a folder that cannot be written: shown, and watching goes on
            self.set_status(500)
            self._send_page(rendering.render_empty_page("").encode(), f"{path}: {error}")
        else:
            if file.endswith(".html"):
                self._send_page(content)
            else:
                self.set_header("Content-Type", mimetypes.guess_type(file)[0] or "application/octet-stream")
                self.set_header("Cache-Control", "no-cache")
                self.finish(content)

    async def head(self, path: str) -> None:
        """Answer as for GET; tornado leaves out the content."""
        await self.get(path)

    async def _read(self, file: str) -> bytes:
        return await IOLoop.current().run_in_executor(None, self._preview.read, file)

    async def _send_not_found(self, path: str) -> None:
        """Send the page that the guide shows in place of a missing one; lead from a folder without a slash to its page."""
        try:
            await self._read(f"{path}/index.html")
        except KeyError:
            self.set_status(404)
            try:
                content = await self._read("404.html")
            except KeyError:  # the guide had errors from the start
                content = rendering.render_empty_page("").encode()
            self._send_page(content)
        else:
            self.redirect(f"/{quote(path)}/")

    def _send_page(self, content: bytes, fault: str = "") -> None:
        """Send a page with the reload script and, if there are problems, the notice and its style sheet.

        Script and style sheet are linked files, because the content security policy of pages forbids inline ones.
        """
        preview = self._preview
        head = _RELOAD_SCRIPT
        if fault or preview.errors or preview.fault:
            head += f'<link rel="stylesheet" href="{_STYLE_PATH}">\n'.encode()
            content = _insert_before(content, b"</body>", preview.render_notice(fault).encode())
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Cache-Control", "no-store")
        self.finish(_insert_before(content, b"</head>", head))


def _insert_before(content: bytes, mark: bytes, insertion: bytes) -> bytes:
    """Return the page with an insertion before the last occurrence of a mark."""
    start, separator, end = content.rpartition(mark)
    return start + insertion + separator + end


def _bind(port: int) -> list[socket.socket]:
    """Return sockets that listen on the first free port from ``port`` on. Raises ``GuidegenError`` if there is none."""
    for candidate in range(port, min(port + _MAX_PORTS, 65_536)):
        try:
            return bind_sockets(candidate, "127.0.0.1", socket.AF_INET)
        except OSError as error:
            _print(f"port {candidate} {'is taken' if error.errno == errno.EADDRINUSE else f'cannot be used: {error.strerror}'}")
    raise GuidegenError(f"no free port from {port} to {min(port + _MAX_PORTS, 65_536) - 1}; choose another with --port")


def _print(text: str) -> None:
    sys.stderr.write(text + "\n")
