"""Paying at a provider elsewhere: in its fields on our page, or on a page of its own.

One page for every such provider. The form works without JavaScript and leads to the provider's
page; with it, a provider that has fields shows them here. What the buyer's browser brings back
counts for nothing: the checkout asks the provider.
"""

from typing import Any, cast
from uuid import UUID

from csp.decorators import csp_update
from django.conf import settings
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseNotAllowed,
    HttpResponseRedirect,
    JsonResponse,
)
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.money import Money
from marketplace.orders.models import CheckoutAttempt
from marketplace.orders.services import checkout
from marketplace.orders.services.checkout import PayOutcome
from marketplace.payments.providers import RemoteProvider
from marketplace.payments.queries import offered_elsewhere, refusal_words
from marketplace.web.storefront.payment.parts import DONE, PAID, own_attempt, place, show
from marketplace.web.storefront.shell import Shop, shop_view

LOOKING = ("GET", "HEAD")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def pay(request: HttpRequest, shop: Shop, attempt_id: UUID, provider: str) -> HttpResponse:
    """The payment's page, and its beginning."""
    attempt = own_attempt(shop, attempt_id)
    there = offered_elsewhere(attempt, provider)
    if there is None:
        raise Http404
    if attempt.state in DONE | PAID:
        return _placed(request, shop, attempt, there)
    if request.method != "POST":
        return _page(request, shop, attempt, there)
    way = "fields" if request.POST.get("way") == "fields" else "hosted"
    try:
        outcome = checkout.pay(
            attempt=attempt, method="card", data=_data(shop, attempt, there, way)
        )
    except TwizaError as problem:
        return _problem(request, shop, attempt, there, str(problem))
    if outcome.is_settled:
        answer = _placed(request, shop, attempt, there)
        location = answer.headers.get("Location", request.path)
        return JsonResponse({"goto": location}) if _wants_json(request) else answer
    return _lead_on(request, shop, attempt, there, outcome)


@never_cache
@shop_view
def come_back(request: HttpRequest, shop: Shop, attempt_id: UUID, provider: str) -> HttpResponse:
    """The buyer is back from the bank: what does the provider say?"""
    attempt = own_attempt(shop, attempt_id)
    there = offered_elsewhere(attempt, provider)
    if there is None:
        raise Http404
    if request.method not in LOOKING:
        return HttpResponseNotAllowed(LOOKING)
    if attempt.state not in DONE | PAID:
        try:
            outcome = checkout.process_payment(attempt=attempt, data={})
        except TwizaError as problem:
            return _problem(request, shop, attempt, there, str(problem))
        if outcome.state == "refused":
            return _problem(request, shop, attempt, there, refusal_words(outcome.message))
        if not outcome.is_settled:
            return _page(request, shop, attempt, there, is_waiting=True)
    return _placed(request, shop, attempt, there)


def _lead_on(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    there: RemoteProvider,
    outcome: PayOutcome,
) -> HttpResponse:
    if outcome.state != "second_step":
        return _problem(request, shop, attempt, there, refusal_words(outcome.message))
    if _wants_json(request) and (secret := outcome.data.get("client_secret")):
        return JsonResponse({"client_secret": secret})
    way_on = outcome.data.get("redirect")
    if not way_on:
        words = refusal_words(outcome.message or "provider_silent")
        return _problem(request, shop, attempt, there, words)
    if way_on["method"] == "GET":
        return _with_policy(request, there, HttpResponseRedirect(way_on["url"]))
    page = show(request, shop, attempt, "leave", way_on=way_on)
    return _with_policy(request, there, page)


def _page(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    there: RemoteProvider,
    **context: Any,
) -> HttpResponse:
    back = _address(shop, attempt, there)
    page = show(
        request, shop, attempt, "elsewhere",
        pay_url=shop.url("payment-provider", attempt_id=attempt.pk, provider=there.name),
        language=shop.language,
        fields=there.shown.page == "fields",
        data=there.page_data(Money(attempt.total_minor, attempt.currency)),
        return_url=back,
        **context,
    )  # fmt: skip
    return _with_policy(request, there, page)


def _problem(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    there: RemoteProvider,
    words: str,
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"problem": words})
    return _page(request, shop, attempt, there, problem=words)


def _placed(
    request: HttpRequest, shop: Shop, attempt: CheckoutAttempt, there: RemoteProvider
) -> HttpResponse:
    try:
        return place(shop, attempt)
    except TwizaError as problem:
        return _problem(request, shop, attempt, there, str(problem))


def _data(shop: Shop, attempt: CheckoutAttempt, there: RemoteProvider, way: str) -> dict[str, Any]:
    return {
        "provider": there.name,
        "way": way,
        "return_url": _address(shop, attempt, there),
        "language": shop.language,
        "title": _("Twiza"),
    }


def _address(shop: Shop, attempt: CheckoutAttempt, there: RemoteProvider) -> str:
    path = shop.url("payment-back", attempt_id=attempt.pk, provider=there.name)
    return f"{settings.PUBLIC_URL}{path}"


def _with_policy(request: HttpRequest, there: RemoteProvider, answer: HttpResponse) -> HttpResponse:
    """The page's Content-Security-Policy lets in what this provider needs, and this page only."""
    return cast("HttpResponse", csp_update(there.page_policy())(lambda _request: answer)(request))


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
