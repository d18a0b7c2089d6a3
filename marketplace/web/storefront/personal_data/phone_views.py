"""The data of a buyer without an e-mail address, by the phone and number of an order."""

from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.client_address import address_key
from marketplace.orders.models import LookupPurpose
from marketplace.personal_data.services.links import link_by_code
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.tracking.proving import Proving, ask_code, ask_number

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PROVING = Proving(
    purpose=LookupPurpose.DATA,
    ask_page="data-phone",
    code_page="data-phone-code",
    title=_("My data, by phone"),
    lead=_(
        "You ordered with a phone number and without an e-mail address? Enter the number of one "
        "of your orders and your phone number: you see what the shop holds, take it away, or "
        "have it erased."
    ),
    after=_(
        "If number and phone are those of an order without an e-mail address, a code is on its "
        "way to this phone; it is valid for a quarter of an hour. The data of an order with an "
        "address are shown by that address."
    ),
    button=_("Show my data"),
)


@never_cache
@read_or_post
@shop_view
def ask(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ask for number and phone of one of the orders."""
    return ask_number(request, shop, PROVING)


@never_cache
@read_or_post
@shop_view
def confirm(request: HttpRequest, shop: Shop, lookup_id: UUID) -> HttpResponse:
    """Ask for the code; the right one opens the data."""

    def open_data(code: str) -> HttpResponse:
        token = link_by_code(
            lookup_id=lookup_id,
            code=code,
            seen_from=address_key(request),
            market=shop.market.code,
            language=shop.language,
        )
        return redirect(shop.url("data", token=token))

    return ask_code(request, shop, PROVING, open_data)
