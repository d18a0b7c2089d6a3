"""A buyer takes an offer, or declines it, behind the link of the conversation."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from marketplace.conversations import services
from marketplace.conversations.models import Conversation
from marketplace.conversations.queries import link_by_token
from marketplace.orders.models import PriceOffer
from marketplace.orders.price_offer_errors import NoSuchPriceOffer
from marketplace.orders.price_offers import offer_in
from marketplace.web.outcomes import carry_out
from marketplace.web.storefront.secret_links import behind_a_link
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.taking_offers import take_offer


# No CSRF token: the address is the whole secret, as on the page of the conversation.
@csrf_exempt
@require_POST
@behind_a_link
@shop_view
def accept(request: HttpRequest, shop: Shop, token: str) -> HttpResponse:
    """On to the checkout with what is offered, in a basket of its own."""
    conversation = link_by_token(token).conversation
    back = shop.url("conversation", token=token)
    return take_offer(request, shop, _offer(request, conversation), back=back)


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
