"""The buyer takes what a cooperative offers instead, or leaves it, behind the order's link."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.core.actors import Actor
from marketplace.orders import queries
from marketplace.orders.models import PriceOffer
from marketplace.orders.price_offer_errors import NoSuchPriceOffer
from marketplace.orders.price_offers import substitute_in
from marketplace.orders.services import price_offers
from marketplace.web.outcomes import carry_out
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.taking_offers import take_offer


# No CSRF token: the address is the whole secret, as on the page of the order.
@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def accept(request: HttpRequest, shop: Shop, token: str, offer_id: UUID) -> HttpResponse:
    """On to the checkout with what is offered, in a basket of its own."""
    back = shop.url("tracking", token=token)
    return take_offer(request, shop, _offer(token, offer_id), back=back)


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def decline(request: HttpRequest, shop: Shop, token: str, offer_id: UUID) -> HttpResponse:
    """The buyer leaves it; the money goes back, as it does without a word."""
    offer = _offer(token, offer_id)
    carry_out(
        request,
        lambda: price_offers.decline(offer=offer, by=Actor.buyer(queries.order_of_link(token).pk)),
        _("Noted: you do not want it. Nothing more is ordered."),
    )
    return redirect(shop.url("tracking", token=token))


def _offer(token: str, offer_id: UUID) -> PriceOffer:
    """An offer in place of something of the link's own order; 404 for any other."""
    try:
        return substitute_in(queries.order_of_link(token).pk, offer_id)
    except NoSuchPriceOffer:
        raise Http404 from None
