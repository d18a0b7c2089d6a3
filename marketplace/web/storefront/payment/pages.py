"""What the pages of a payment share: the buyer's attempt, the steps, the order at the end."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from marketplace.legal.services import accept_texts
from marketplace.orders import queries as orders
from marketplace.orders.models import CheckoutAttempt, CheckoutState
from marketplace.orders.services import checkout, tracking_links
from marketplace.web.storefront.account.buyer import keep_new_order
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import Step

DONE = {CheckoutState.COMPLETED}
PAID = {CheckoutState.PAID, CheckoutState.COMPLETING}


def own_attempt(shop: Shop, attempt_id: UUID) -> CheckoutAttempt:
    """The buyer's own attempt; anybody else's is not there."""
    attempt = shop.own_attempt(attempt_id)
    if attempt is None:
        raise Http404
    return attempt


def accept_legal_texts(shop: Shop, attempt: CheckoutAttempt) -> None:
    """Keep the texts that the buyer accepts by going on; those accepted first stay."""
    accept_texts(
        order_id=attempt.order_id,
        cooperative_ids={UUID(line["cooperative_id"]) for line in attempt.lines},
        market=shop.market,
        language=shop.language,
    )


def place(shop: Shop, attempt: CheckoutAttempt) -> HttpResponse:
    """Make the paid checkout an order and show the buyer its page; raises as ``complete``."""
    accept_legal_texts(shop, attempt)
    order = checkout.complete(attempt=attempt)
    keep_new_order(shop, order)
    token = tracking_links.issue_link(order=order)
    return HttpResponseRedirect(f"{shop.url('tracking', token=token)}?new=1")


def show(
    request: HttpRequest, shop: Shop, attempt: CheckoutAttempt, page: str, **context: Any
) -> HttpResponse:
    """A page of the payment, with what all of them show."""
    view = orders.checkout_view(attempt, language=shop.language)
    shared = {
        "attempt": attempt,
        "total_minor": view.total_minor,
        "currency": view.currency,
        "steps": _steps(shop, attempt),
        "back_url": shop.url("checkout-payment", attempt_id=attempt.pk),
    }
    return render(request, f"storefront/payment/{page}.html", {**shared, **context})


def _steps(shop: Shop, attempt: CheckoutAttempt) -> list[Step]:
    return [
        Step(_("Basket"), "done", shop.url("basket")),
        Step(_("Delivery"), "done", shop.url("checkout-delivery", attempt_id=attempt.pk)),
        Step(pgettext("step of buying", "Payment"), "now"),
        Step(_("Confirmation"), "next"),
    ]
