"""A buyer's orders: all of addresses that they have proven, as a guest too, and of phones."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.errors import TwizaError
from marketplace.core.text_senders import reaches_phones
from marketplace.orders import queries as orders
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import Order
from marketplace.orders.services import baskets, tracking_links
from marketplace.web.numbers import whole_number
from marketplace.web.storefront.account.buyer import proof_of_visitor
from marketplace.web.storefront.shell import Shop, shop_view

# A link that an account opens is for this visit; the one in the mail is for keeping.
OPENED_FOR = timedelta(hours=12)


@never_cache
@require_safe
@login_required
@shop_view
def show_account(request: HttpRequest, shop: Shop) -> HttpResponse:
    """The orders, newest first."""
    proof = proof_of_visitor(shop)
    page = orders.orders_of_buyer(
        proof, language=shop.language, page=whole_number(request.GET.get("page", "")) or 1
    )
    context = {"page": page, "emails": proof.emails, "reaches_phones": reaches_phones()}
    return render(request, "storefront/account/account.html", context)


@never_cache
@require_safe
@login_required
@shop_view
def open_order(request: HttpRequest, shop: Shop, order_id: UUID) -> HttpResponse:  # noqa: ARG001
    """The page of one of the buyer's own orders."""
    token = tracking_links.issue_link(order=_own_order(shop, order_id), valid_for=OPENED_FOR)
    return redirect(shop.url("tracking", token=token))


@require_POST
@login_required
@shop_view
def buy_again(request: HttpRequest, shop: Shop, order_id: UUID) -> HttpResponse:
    """Put what was bought into the basket, as far as it is sold here."""
    lines = orders.lines_to_buy_again(_own_order(shop, order_id))
    basket = shop.basket_to_fill()
    missing = []
    for line in lines:
        try:
            baskets.add_line(basket=basket, variant_id=line.variant_id, quantity=line.quantity)
        except TwizaError as error:
            missing.append(f"{line.titles.get(shop.language) or line.title}: {error}")
    if added := len(lines) - len(missing):
        text = ngettext(
            "%(count)s product is in your basket.", "%(count)s products are in your basket.", added
        )
        messages.success(request, text % {"count": added})
    for each in missing:
        messages.warning(request, each)
    return shop.remember(redirect(shop.url("basket")), basket)


def _own_order(shop: Shop, order_id: UUID) -> Order:
    try:
        return orders.order_of_buyer(proof_of_visitor(shop), order_id)
    except LinkNotValid as error:
        raise Http404 from error
