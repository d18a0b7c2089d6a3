"""Turns the errors that every page may meet into 404, 403 and 429."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from marketplace.core.client_address import address_key
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.throttle import TooSoon, Use, require

View = Callable[..., HttpResponseBase]
TOO_MANY_REQUESTS = 429
# Said by allauth's own limits, which know no better.
A_FEW_MINUTES = "300"


@contextmanager
def refusals_as_http() -> Iterator[None]:
    """``NotFound`` becomes 404, ``Forbidden`` becomes 403; all else passes through."""
    try:
        yield
    except NotFound as error:
        raise Http404(str(error)) from error
    except Forbidden as error:
        raise PermissionDenied(str(error)) from error


class TooSoonMiddleware:
    """A limit that a page lets through becomes 429; each 429 says when to come back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code == TOO_MANY_REQUESTS:
            response.headers.setdefault("Retry-After", A_FEW_MINUTES)
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Django calls this with what a view raised."""
        return too_soon(request, error) if isinstance(error, TooSoon) else None


def too_soon(request: HttpRequest, error: TooSoon) -> HttpResponse:
    """The page that says when to come back."""
    response = render(request, "429.html", {"error": error}, status=TOO_MANY_REQUESTS)
    response.headers["Retry-After"] = str(error.seconds)
    return response


def later(response: HttpResponse, seconds: int) -> HttpResponse:
    """A page that shows a limit beside what was typed; with 0 seconds it is left as it is."""
    if seconds:
        response.status_code = TOO_MANY_REQUESTS
        response.headers["Retry-After"] = str(seconds)
    return response


def limited(name: str) -> Callable[[View], View]:
    """Count requests of a view against a limit of the client's address; beyond it 429."""

    def decorate(view: View) -> View:
        @wraps(view)
        def counted(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            require(Use(name, address_key(request)))
            return view(request, *args, **kwargs)

        return counted

    return decorate
