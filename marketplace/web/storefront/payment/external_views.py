"""Paying at an external provider: in its fields on our page, or on a page of its own.

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
from marketplace.payments.providers import ExternalProvider
from marketplace.payments.queries import external_provider, refusal_text
from marketplace.web.storefront.checkout.short_lines import short_lines
from marketplace.web.storefront.payment.pages import DONE, PAID, own_attempt, place, show
from marketplace.web.storefront.shell import Shop, shop_view

LOOKING = ("GET", "HEAD")


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@shop_view
def pay(request: HttpRequest, shop: Shop, attempt_id: UUID, provider: str) -> HttpResponse:
    """Show the payment page; a POST starts the payment."""
    attempt = own_attempt(shop, attempt_id)
    gateway = external_provider(attempt, provider)
    if gateway is None:
        raise Http404
    if attempt.state in DONE | PAID:
        return _placed(request, shop, attempt, gateway)
    if request.method != "POST":
        return _page(request, shop, attempt, gateway)
    page_kind = "fields" if request.POST.get("way") == "fields" else "hosted"
    try:
        outcome = checkout.pay(
            attempt=attempt, method="card", data=_data(shop, attempt, gateway, page_kind)
        )
    except TwizaError as problem:
        short = short_lines(problem)
        return _problem(request, shop, attempt, gateway, str(problem), short=short)
    if outcome.is_settled:
        response = _placed(request, shop, attempt, gateway)
        location = response.headers.get("Location", request.path)
        return JsonResponse({"goto": location}) if _wants_json(request) else response
    return _continue(request, shop, attempt, gateway, outcome)


@never_cache
@shop_view
def come_back(request: HttpRequest, shop: Shop, attempt_id: UUID, provider: str) -> HttpResponse:
    """Ask the provider for the outcome, now that the buyer is back from it."""
    attempt = own_attempt(shop, attempt_id)
    gateway = external_provider(attempt, provider)
    if gateway is None:
        raise Http404
    if request.method not in LOOKING:
        return HttpResponseNotAllowed(LOOKING)
    if attempt.state not in DONE | PAID:
        try:
            outcome = checkout.process_payment(attempt=attempt, data={})
        except TwizaError as problem:
            return _problem(request, shop, attempt, gateway, str(problem))
        if outcome.state == "refused":
            return _problem(request, shop, attempt, gateway, refusal_text(outcome.message, attempt))
        if not outcome.is_settled:
            return _page(request, shop, attempt, gateway, is_waiting=True)
    return _placed(request, shop, attempt, gateway)


def _continue(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    gateway: ExternalProvider,
    outcome: PayOutcome,
) -> HttpResponse:
    if outcome.state != "second_step":
        return _problem(request, shop, attempt, gateway, refusal_text(outcome.message, attempt))
    if _wants_json(request) and (secret := outcome.data.get("client_secret")):
        return JsonResponse({"client_secret": secret})
    redirection = outcome.data.get("redirect")
    if not redirection:
        text = refusal_text(outcome.message or "provider_silent", attempt)
        return _problem(request, shop, attempt, gateway, text)
    if redirection["method"] == "GET":
        return _with_policy(request, gateway, HttpResponseRedirect(redirection["url"]))
    page = show(request, shop, attempt, "external_redirect", way_on=redirection)
    return _with_policy(request, gateway, page)


def _page(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    gateway: ExternalProvider,
    **context: Any,
) -> HttpResponse:
    back = _address(shop, attempt, gateway)
    page = show(
        request, shop, attempt, "external",
        pay_url=shop.url("payment-provider", attempt_id=attempt.pk, provider=gateway.name),
        language=shop.language,
        fields=gateway.shown.page == "fields",
        data=gateway.page_data(Money(attempt.total_minor, attempt.currency)),
        return_url=back,
        **context,
    )  # fmt: skip
    return _with_policy(request, gateway, page)


def _problem(
    request: HttpRequest,
    shop: Shop,
    attempt: CheckoutAttempt,
    gateway: ExternalProvider,
    text: str,
    **context: Any,
) -> HttpResponse:
    if _wants_json(request):
        return JsonResponse({"problem": text})
    return _page(request, shop, attempt, gateway, problem=text, **context)


def _placed(
    request: HttpRequest, shop: Shop, attempt: CheckoutAttempt, gateway: ExternalProvider
) -> HttpResponse:
    try:
        return place(shop, attempt)
    except TwizaError as problem:
        return _problem(request, shop, attempt, gateway, str(problem))


def _data(
    shop: Shop, attempt: CheckoutAttempt, gateway: ExternalProvider, page_kind: str
) -> dict[str, Any]:
    return {
        "provider": gateway.name,
        "way": page_kind,
        "return_url": _address(shop, attempt, gateway),
        "language": shop.language,
        "title": _("Twiza"),
    }


def _address(shop: Shop, attempt: CheckoutAttempt, gateway: ExternalProvider) -> str:
    path = shop.url("payment-back", attempt_id=attempt.pk, provider=gateway.name)
    return f"{settings.PUBLIC_URL}{path}"


def _with_policy(
    request: HttpRequest, gateway: ExternalProvider, response: HttpResponse
) -> HttpResponse:
    """Extend the Content-Security-Policy of this page by what the provider needs."""
    return cast(
        "HttpResponse", csp_update(gateway.page_policy())(lambda _request: response)(request)
    )


def _wants_json(request: HttpRequest) -> bool:
    return request.headers.get("Accept") == "application/json"
