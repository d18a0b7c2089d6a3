"""HTTP transports: from us to the engine, and from the embedded engine to us."""

import io
from functools import cache
from typing import Any
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.core.handlers.base import BaseHandler
from django.core.handlers.wsgi import WSGIRequest
from django.http import StreamingHttpResponse
from django.utils.module_loading import import_string

from marketplace.core.patience import counted, patience

CONNECT_SECONDS = 3.0
READ_SECONDS = 30.0


def engine_transport(api_url: str = "") -> httpx.BaseTransport:
    """The transport to an engine: over the network, or the embedded one in process.

    Without an address it is the configured engine.
    """
    if (api_url or settings.SALEOR_API_URL) and not _is_embedded(api_url):
        return _Kept(_pool())
    found: httpx.BaseTransport = import_string(str(settings.EMBEDDED_ENGINE["TRANSPORT"]))()
    return found


def _is_embedded(api_url: str) -> bool:
    return urlsplit(api_url).netloc == settings.EMBEDDED_ENGINE["DOMAIN"]


def engine_http(api_url: str = "", **headers: str) -> httpx.Client:
    """An HTTP client towards an engine (the configured one); the environment's proxies are not
    used.
    """
    return httpx.Client(
        transport=engine_transport(api_url),
        timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
        trust_env=False,
        headers=headers,
    )


@cache
def _pool() -> httpx.HTTPTransport:
    return httpx.HTTPTransport(trust_env=False)


class _Kept(httpx.BaseTransport):
    """A shared connection pool that outlives the client borrowing it."""

    def __init__(self, pool: httpx.BaseTransport) -> None:
        self._shared = pool

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        usual = request.extensions.get("timeout", {})
        request.extensions["timeout"] = {
            name: seconds and patience(seconds) for name, seconds in usual.items()
        }
        with counted():
            return self._shared.handle_request(request)


def app_transport() -> httpx.BaseTransport:
    """The embedded engine's transport to our own pages (webhooks, manifest)."""
    return DjangoTransport()


class DjangoTransport(httpx.BaseTransport):
    """Serves a request by our own Django, in this process.

    The request goes through all middleware. Django's ``request_started`` and ``request_finished``
    are not sent: they would close the caller's database connection.
    """

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        response = _handler().get_response(WSGIRequest(_environ(request)))
        if isinstance(response, StreamingHttpResponse):
            content = b"".join(response)
        else:
            content = response.content  # type: ignore[attr-defined]
        return httpx.Response(
            response.status_code,
            headers=list(response.items()),
            content=content,
            request=request,
        )


@cache
def _handler() -> BaseHandler:
    handler = BaseHandler()
    handler.load_middleware()
    return handler


def _environ(request: httpx.Request) -> dict[str, Any]:
    body = request.read()
    url = request.url
    environ: dict[str, Any] = {
        "REQUEST_METHOD": request.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": url.path.encode().decode("latin-1"),
        "QUERY_STRING": url.query.decode("ascii"),
        "SERVER_NAME": url.host,
        "SERVER_PORT": str(url.port or (443 if url.scheme == "https" else 80)),
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.url_scheme": url.scheme,
        "wsgi.input": io.BytesIO(body),
    }
    for name, value in request.headers.items():
        key = name.upper().replace("-", "_")
        if key == "CONTENT_TYPE":
            environ[key] = value
        elif key not in {"CONTENT_LENGTH", "ACCEPT_ENCODING"}:
            environ[f"HTTP_{key}"] = value
    return environ
