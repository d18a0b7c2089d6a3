"""On to the checkout with a price offer, wherever the buyer read it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from catalog.markets import market_of
from marketplace.core.errors import TwizaError
from marketplace.orders.models import PriceOffer
from marketplace.orders.services import price_offers
from marketplace.web.outcomes import pass_on_rights
from marketplace.web.storefront.shell import Shop


def take_offer(request: HttpRequest, shop: Shop, offer: PriceOffer, *, back: str) -> HttpResponse:
    """The checkout of a basket of its own; ``back``, with the reason, where it cannot be had."""
    try:
        basket = price_offers.basket_for(offer=offer, language=shop.language)
    except TwizaError as refused:
        pass_on_rights(refused)
        messages.error(request, str(refused))
        return redirect(back)
    # The offer is in the money of its market, in whichever shop this page was opened.
    own = Shop(request, market_of(offer.market), shop.language)
    return own.remember(redirect(own.url("checkout-offer")), basket)
