"""The view of the API."""

import json
import math
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.rate import RateLimit, address_of
from marketplace.web.api.caller import Caller
from marketplace.web.api.errors import ForgeryGuard, NotJson, OneAtATime, TooLong, TooOften
from marketplace.web.api.execution import ApiRequest, execute_request, refusal_json
from marketplace.web.api.limits import LONGEST_BODY

BAD, FORBIDDEN, TOO_LARGE, NOT_JSON, TOO_OFTEN = 400, 403, 413, 415, 429
WHAT_THIS_IS = (
    "Twiza's GraphQL API. Send requests by POST as JSON: "
    '{"query": "{ sectors { code name } }"}. The schema describes itself.\n'
)


class _CsrfCheck(CsrfViewMiddleware):
    """Django's own check, called explicitly; returns its reason instead of a page."""

    def _reject(self, _request: HttpRequest, reason: str) -> Any:
        return reason


# Anonymous requests need no token: they see what everybody sees. Signed-in users are checked
# below, because a browser sends their cookie along from any page.
@csrf_exempt
@ensure_csrf_cookie
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def graphql(request: HttpRequest) -> HttpResponse:
    """Execute a request; a GET explains what this is."""
    if request.method != "POST":
        return HttpResponse(WHAT_THIS_IS, content_type="text/plain; charset=utf-8")
    if refused := _refusal(request):
        return refused
    try:
        api_request = _api_request(request)
    except TwizaError as error:
        return _refused(error, BAD)
    caller = Caller(request.user, get_language() or settings.BASE_LANGUAGE)
    status, found = execute_request(api_request, caller)
    return JsonResponse(found, status=status)


def _refusal(request: HttpRequest) -> JsonResponse | None:
    """Why a request is refused before it is read; None when it is not."""
    if seconds := _too_soon(request):
        refused = _refused(TooOften(seconds=seconds), TOO_OFTEN)
        refused.headers["Retry-After"] = str(seconds)
        return refused
    if request.content_type != "application/json":
        return _refused(NotJson(), NOT_JSON)
    if len(request.body) > LONGEST_BODY:
        return _refused(TooLong(most=LONGEST_BODY), TOO_LARGE)
    if request.user.is_authenticated and _may_be_forged(request):
        return _refused(ForgeryGuard(), FORBIDDEN)
    return None


def _too_soon(request: HttpRequest) -> int:
    """Whole seconds until the caller's address may send a request; 0 when it may now."""
    a_minute: int = settings.API_A_MINUTE
    if not a_minute:
        return 0
    return math.ceil(_limit(a_minute).take(address_of(request)))


@cache
def _limit(a_minute: int) -> RateLimit:
    return RateLimit(a_minute=a_minute, burst=max(1, a_minute // 4))


def _api_request(request: HttpRequest) -> ApiRequest:
    try:
        body = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise NotJson from error
    if isinstance(body, list):
        raise OneAtATime
    return ApiRequest.read(body)


def _may_be_forged(request: HttpRequest) -> bool:
    check = _CsrfCheck(lambda _request: HttpResponse())
    check.process_request(request)
    return check.process_view(request, HttpResponse, (), {}) is not None


def _refused(error: TwizaError, status: int) -> JsonResponse:
    return JsonResponse({"errors": [refusal_json(error)]}, status=status)
