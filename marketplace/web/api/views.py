"""The view of the API."""

import json
import math
from datetime import timedelta
from functools import cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt, ensure_csrf_cookie
from django.views.decorators.http import require_http_methods

from marketplace.core import throttle
from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.rate import RateLimit
from marketplace.web.accounts.second_factor import session_has_factor
from marketplace.web.api.caller import Caller
from marketplace.web.api.errors import ForgeryGuard, NotJson, OneAtATime, TooLong, TooOften
from marketplace.web.api.execution import ApiRequest, execute_request, refusal_json
from marketplace.web.api.limits import COST_OF_ONE, LONGEST_BODY
from marketplace.web.body_sizes import is_larger

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
    language = get_language() or settings.BASE_LANGUAGE
    is_signed_in = request.user.is_authenticated
    caller = Caller(request.user, language, is_signed_in and session_has_factor(request))

    def charge(cost: int) -> None:
        if (more := cost // COST_OF_ONE) and (seconds := _too_soon(request, more)):
            raise TooOften(seconds=seconds)

    try:
        status, found = execute_request(api_request, caller, charge)
    except TooOften as error:
        return _too_often(error)
    return JsonResponse(found, status=status)


def _refusal(request: HttpRequest) -> JsonResponse | None:
    """Why a request is refused before it is read; None when it is not."""
    if seconds := _too_soon(request, 1):
        return _too_often(TooOften(seconds=seconds))
    if request.content_type != "application/json":
        return _refused(NotJson(), NOT_JSON)
    if is_larger(request, LONGEST_BODY):
        return _refused(TooLong(most=LONGEST_BODY), TOO_LARGE)
    if request.user.is_authenticated and _may_be_forged(request):
        return _refused(ForgeryGuard(), FORBIDDEN)
    return None


def _too_soon(request: HttpRequest, count: int) -> int:
    """Whole seconds until the caller may send a request that counts so much; 0: it may now."""
    a_minute: int = settings.API_A_MINUTE
    if not a_minute:
        return 0
    user = request.user
    key = f"user {user.pk}" if user.is_authenticated else address_key(request)
    burst = max(1, a_minute // 4)
    # This process's own count first: a flood then asks the database nothing.
    if seconds := math.ceil(_own(a_minute, burst).take(key, count)):
        return seconds
    shared = throttle.Limit("api", burst, timedelta(minutes=burst / a_minute))
    return throttle.take(shared, key, count=count)


@cache
def _own(a_minute: int, burst: int) -> RateLimit:
    return RateLimit(a_minute=a_minute, burst=burst)


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


def _too_often(error: TooOften) -> JsonResponse:
    refused = _refused(error, TOO_OFTEN)
    refused.headers["Retry-After"] = str(error.params["seconds"])
    return refused


def _refused(error: TwizaError, status: int) -> JsonResponse:
    return JsonResponse({"errors": [refusal_json(error)]}, status=status)
