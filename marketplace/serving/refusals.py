"""What is answered when a request does not come as far as a page."""

import io
from http import HTTPStatus

from django.conf import settings
from django.core.handlers.wsgi import WSGIRequest

from marketplace.core.middleware import language_of
from marketplace.serving.answers import Answer, Scope, environment
from marketplace.web.failures import BUSY, RETRY_AFTER_SECONDS, failure_page

BAD = HTTPStatus.BAD_REQUEST
TOO_SLOW = HTTPStatus.REQUEST_TIMEOUT
TOO_LARGE = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def refuse(scope: Scope, status: HTTPStatus, *, close: bool = True) -> Answer:
    """A page that says why and what to do, in the visitor's language; plain text for programs."""
    headers = [
        (b"cache-control", b"no-store"),
        (b"x-content-type-options", b"nosniff"),
        (b"x-frame-options", b"DENY"),
    ]
    if close:
        headers.append((b"connection", b"close"))
    if status == BUSY:
        headers.append((b"retry-after", str(RETRY_AFTER_SECONDS).encode()))
    if any(name == b"accept" and b"text/html" in value for name, value in scope["headers"]):
        language = _language(scope)
        headers.append((b"content-type", b"text/html; charset=utf-8"))
        headers.append((b"content-language", language.encode()))
        body = failure_page(status, language)
    else:
        headers.append((b"content-type", b"text/plain; charset=utf-8"))
        body = f"{status.phrase}\n".encode()
    headers.append((b"content-length", str(len(body)).encode()))
    return Answer(status, headers, body)


def _language(scope: Scope) -> str:
    try:
        return language_of(WSGIRequest(environment(scope, io.BytesIO())))
    except ValueError:
        return str(settings.BASE_LANGUAGE)
