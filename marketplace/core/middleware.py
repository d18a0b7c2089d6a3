"""Request ids, and the language of a page from its address or its user."""

import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation

from marketplace.core.logs import request_id

GetResponse = Callable[[HttpRequest], HttpResponse]
LANGUAGE_COOKIE = "twiza_language"
_A_YEAR = 365 * 24 * 3600
_NULL, _NULL_ENCODED = "\x00", "%00"


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


def remember_language(response: HttpResponse, language: str) -> None:
    """Keep a chosen language in the browser for a year."""
    response.set_cookie(
        LANGUAGE_COOKIE,
        language,
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class NullBytesMiddleware:
    """No null byte reaches a page by its address: PostgreSQL has no place for one in a text.

    In a path it stands for nothing that exists; in the parameters it is left out. Forms refuse it
    themselves, with an error at the field.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _NULL in request.path_info:
            raise Http404
        query = request.META.get("QUERY_STRING", "")
        while _NULL_ENCODED in query:
            query = request.META["QUERY_STRING"] = query.replace(_NULL_ENCODED, "")
        return self.get_response(request)


class LanguageMiddleware:
    """``/{market}/{language}/…`` sets the language; other pages use cookie or browser."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = language_of(request)
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response


def language_of(request: HttpRequest) -> str:
    known = dict(settings.LANGUAGES)
    parts = request.path_info.split("/", 3)
    if len(parts) > 2 and len(parts[1]) == 2 and parts[2] in known:  # noqa: PLR2004 -- /ma/ar/
        return parts[2]
    if (chosen := request.COOKIES.get(LANGUAGE_COOKIE, "")) in known:
        return chosen
    return translation.get_language_from_request(request)
