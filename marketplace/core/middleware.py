"""Request ids, and the language of a page from its address or its user."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from marketplace.core.logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "twiza_language"


class RequestIdMiddleware:
    """Gives every request an id, which its logs and its error page show."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = request_id.set(uuid.uuid4().hex[:12])
        try:
            response = self.get_response(request)
            response["X-Request-Id"] = request_id.get()
            return response
        finally:
            request_id.reset(token)


class LanguageMiddleware:
    """``/{market}/{language}/…`` sets the language; other pages use cookie or browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = _language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def _language_of(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    parts = request.path_info.split("/", 3)
    if len(parts) > 2 and len(parts[1]) == 2 and parts[2] in known:  # noqa: PLR2004 -- /ma/ar/
        return parts[2]
    if (chosen := request.COOKIES.get(LANGUAGE_COOKIE, "")) in known:
        return chosen
    return translation.get_language_from_request(request)
