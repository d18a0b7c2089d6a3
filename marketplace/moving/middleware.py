"""A moving shop is read-only."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from marketplace.moving.closing import is_not_at_home, open_move
from marketplace.moving.models import MoveState

RETRY_AFTER_SECONDS = "600"
READING = frozenset({"GET", "HEAD", "OPTIONS"})
# The engine, probes, sign-in; reading; the basket, which is ours and not the engine's.
ALWAYS = frozenset(
    {"saleor", "health", "static", "media", "api", "dashboard", "accounts", "demo", "basket"}
)
CHECKOUT = "checkout"


class ClosedShopMiddleware:
    """Answers 503 with an explanation where a moving shop must not go on.

    A shop closed beforehand only refuses new checkouts; open ones may be completed.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if _touches_the_engine(request) and _is_refused(request):
            response = render(request, "moving/closed.html", status=503)
            response.headers["Retry-After"] = RETRY_AFTER_SECONDS
            response.shop_is_closed = True  # type: ignore[attr-defined]
            return response
        return self.get_response(request)


def _touches_the_engine(request: HttpRequest) -> bool:
    parts = _parts(request)
    if CHECKOUT in parts:
        return True
    return request.method not in READING and not ALWAYS.intersection(parts)


def _is_refused(request: HttpRequest) -> bool:
    if is_not_at_home():
        return True
    move = open_move()
    if move is None:
        return False
    return move.state != MoveState.CLOSED or _parts(request)[-1] == CHECKOUT


def _parts(request: HttpRequest) -> list[str]:
    return [part for part in request.path_info.split("/") if part] or [""]
