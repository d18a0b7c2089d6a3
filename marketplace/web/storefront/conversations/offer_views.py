"""A buyer takes an offer, or declines it, behind the link of the conversation."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from catalog.markets import market_of
from marketplace.conversations import services
from marketplace.conversations.models import Conversation
from marketplace.conversations.queries import link_by_token
from marketplace.core.errors import TwizaError
from marketplace.orders.models import PriceOffer
from marketplace.orders.price_offer_errors import NoSuchPriceOffer
from marketplace.orders.price_offers import offer_in
from marketplace.orders.services import price_offers
from marketplace.web.outcomes import carry_out, pass_on_rights
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view


# No CSRF token: the address is the whole secret, as on the page of the conversation.
@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def accept(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """On to the checkout with what is offered, in a basket of its own."""
    conversation = link_by_token(token).conversation
    offer = _offer(request, conversation)
    try:
        basket = price_offers.basket_for(offer=offer, language=shop.language)
    except TwizaError as refused:
        pass_on_rights(refused)
        messages.error(request, str(refused))
        return redirect(shop.url("conversation", token=token))
    # The offer is in the money of its market, in whichever shop this page was opened.
    own = Shop(request, market_of(offer.market), shop.language)
    return own.remember(redirect(own.url("checkout-offer")), basket)


@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def decline(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """The buyer does not want it; the cooperative is told."""
    conversation = link_by_token(token).conversation
    offer = _offer(request, conversation)
    carry_out(
        request,
        lambda: services.decline_offer(conversation=conversation, offer=offer),
        _("Declined. The cooperative is told."),
    )
    return redirect(shop.url("conversation", token=token))


def _offer(request: HttpRequest, conversation: Conversation) -> PriceOffer:
    """The version that the buyer read; 404 for any other."""
    version = request.POST.get("version", "")
    if conversation.cooperative_id is None or not version.isdecimal():
        raise Http404
    try:
        return offer_in(conversation.cooperative_id, conversation.pk, int(version))
    except NoSuchPriceOffer:
        raise Http404 from None
