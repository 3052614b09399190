"""The site of a package on this machine alone: what `python -m pipeline serve` answers with."""

from __future__ import annotations

import errno
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socketserver import TCPServer
from typing import Any
from urllib.parse import unquote, urlsplit

from pipeline.core.errors import EnvironmentFault, InputError

HOST = "127.0.0.1"
START = "/site/"
TEXT = "text/plain; charset=utf-8"
MEDIA_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".csv": "text/csv; charset=utf-8",
    ".json": "application/json",
    ".parquet": "application/vnd.apache.parquet",
    ".ttl": "text/turtle; charset=utf-8",
    ".md": "text/markdown; charset=utf-8",
    "": TEXT,
}
"""Ending → media type, so that what the machine knows of types changes nothing; anything else is text."""


class Server(ThreadingHTTPServer):
    """Answers on the loopback address alone. Raises EnvironmentFault where the port cannot be had."""

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        self.folder = folder
        try:
            super().__init__((HOST, port), Handler)
        except OSError as error:
            busy = error.errno == errno.EADDRINUSE
            reason = "is in use by another program" if busy else f"cannot be had: {error.strerror}"
            raise EnvironmentFault(f"port {port}", reason, "name another one: --port 8001") from error

    def server_bind(self) -> None:
        """As the base does, but without asking the network for the name of this machine."""
        TCPServer.server_bind(self)
        self.server_name, self.server_port = HOST, self.server_address[1]

    @property
    def address(self) -> str:
        """Where a browser finds the first page."""
        return f"http://{HOST}:{self.server_port}{START}"


class Handler(SimpleHTTPRequestHandler):
    """Files of one folder, read only, with the headers that a careful server sends."""

    server: Server
    extensions_map = MEDIA_TYPES
    server_version, sys_version = "pipeline", ""

    def __init__(self, request: Any, client: Any, server: Server) -> None:
        super().__init__(request, client, server, directory=str(server.folder))

    def send_head(self) -> Any:
        """The answer's head. Another site's name for this address gets nothing, nor does a path that leads out of the folder."""
        port = self.server.server_port
        try:
            path = unquote(urlsplit(self.path).path)
        except ValueError:
            return self.send_error(HTTPStatus.BAD_REQUEST)
        if self.headers.get("Host") not in (f"{HOST}:{port}", f"localhost:{port}"):
            return self.send_error(HTTPStatus.MISDIRECTED_REQUEST)
        if path == "/":
            self.send_response(HTTPStatus.FOUND)
            self.send_header("Location", START)
            self.send_header("Content-Length", "0")
            return self.end_headers()
        if "\0" in path or not Path(self.translate_path(self.path)).resolve().is_relative_to(self.server.folder.resolve()):
            return self.send_error(HTTPStatus.NOT_FOUND)
        return super().send_head()

    def guess_type(self, path: Any) -> str:
        """The media type by the ending alone."""
        return MEDIA_TYPES.get(Path(path).suffix, TEXT)

    def list_directory(self, *_: Any) -> None:
        """A folder without a page is not shown."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def end_headers(self) -> None:
        """What every answer says; pages of the site say once more what they may load."""
        from pipeline.publish.site import CSP

        if getattr(self, "path", "").startswith(START):  # a line that is no request has no path
            self.send_header("Content-Security-Policy", CSP)
        for name, value in (
            ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "no-referrer"),
            ("Cache-Control", "no-store"),
        ):
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, *said: Any) -> None:
        """Nothing: the terminal keeps the one line that matters."""


def open_server(folder: Path, port: int) -> Server:
    """A server for a package's site; port 0 takes any that is free. Raises InputError where the folder has no site, EnvironmentFault."""
    if not (folder / "site" / "index.html").is_file():
        raise InputError(folder, "has no site", "run `make`, or name a release that has one")
    return Server(folder, port)
