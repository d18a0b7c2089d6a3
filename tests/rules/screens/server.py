"""Shows pages that were made before to a browser, with the style sheet and scripts they name."""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings

from tests.rules.screens.pages import Screen

HTML = "text/html; charset=utf-8"
# Stands in for every picture: its place and size are the style sheet's.
PICTURE = b"""<svg xmlns="http://www.w3.org/2000/svg" width="400" height="400" viewBox="0 0 4 4">
<rect width="4" height="4" fill="#c9a06a"/></svg>"""


@contextmanager
def shown(screens: list[Screen]) -> Iterator[str]:
    """The address under which the pages are found, each by its number."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(screens))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(screens: list[Screen]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            kind, content = _found(urlsplit(self.path).path, screens)
            self.send_response(200 if content else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(content)))
            if kind != HTML:
                self.send_header("Cache-Control", "max-age=3600, immutable")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Tests have nothing to read here."""

    return Handler


def _found(path: str, screens: list[Screen]) -> tuple[str, bytes]:
    name = path.removeprefix("/")
    if name.isdecimal():
        return HTML, screens[int(name)].html.encode()
    if path.startswith(settings.STATIC_URL):
        file = Path(settings.STATIC_ROOT) / path.removeprefix(settings.STATIC_URL)
        kind = mimetypes.guess_type(file.name)[0] or "font/woff2"
        return kind, file.read_bytes() if file.is_file() else b""
    return "image/svg+xml", PICTURE
