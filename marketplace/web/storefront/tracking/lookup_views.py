"""Look up an order whose link was lost: by number and phone, with a code."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.client_address import address_key
from marketplace.orders.models import LookupPurpose
from marketplace.orders.services.look_up import open_found
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.tracking.proving import Proving, ask_code, ask_number

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PROVING = Proving(
    purpose=LookupPurpose.OPEN,
    ask_page="order-lookup",
    code_page="order-lookup-code",
    title=_("Find your order"),
    lead=_("You have lost the link to its page? Enter the order's number and your phone number."),
    after=_(
        "If number and phone are those of an order, a code is on its way to this phone; it is "
        "valid for a quarter of an hour. An order that was placed with an e-mail address has no "
        "code: its link is on its way to that address."
    ),
    button=_("Open the order"),
)


@never_cache
@read_or_post
@shop_view
def ask(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ask for number and phone."""
    return ask_number(request, shop, PROVING)


@never_cache
@read_or_post
@shop_view
def confirm(request: HttpRequest, shop: Shop, lookup_id: UUID) -> HttpResponse:
    """Ask for the code; the right one opens the order."""

    def open_order(code: str) -> HttpResponse:
        token = open_found(lookup_id=lookup_id, code=code, seen_from=address_key(request))
        return redirect(shop.url("tracking", token=token))

    return ask_code(request, shop, PROVING, open_order)
