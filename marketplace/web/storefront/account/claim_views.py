"""Orders placed with a phone alone, brought into the account of who proves it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from marketplace.core.client_address import address_key
from marketplace.orders.models import LookupPurpose
from marketplace.orders.services.claim import Claimed, claim_orders
from marketplace.web.storefront.account.signed_in import user_of
from marketplace.web.storefront.shell import Shop, shop_view
from marketplace.web.storefront.tracking.proving import Proving, ask_code, ask_number

read_or_post = require_http_methods(["GET", "HEAD", "POST"])
PROVING = Proving(
    purpose=LookupPurpose.CLAIM,
    ask_page="account-claim",
    code_page="account-claim-code",
    title=gettext_lazy("Bring in orders by phone"),
    lead=gettext_lazy(
        "You ordered with a phone number and without an e-mail address? Enter the number of one "
        "of these orders and your phone number. The others of the same phone and name come along."
    ),
    after=gettext_lazy(
        "If number and phone are those of an order without an e-mail address, a code is on its "
        "way to this phone; it is valid for a quarter of an hour. Orders with an address come "
        "into your account once you have confirmed the address."
    ),
    button=gettext_lazy("Bring in my orders"),
)


@never_cache
@read_or_post
@login_required
@shop_view
def ask(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Ask for number and phone of one of the orders."""
    return ask_number(request, shop, PROVING, user_of(request))


@never_cache
@read_or_post
@login_required
@shop_view
def confirm(request: HttpRequest, shop: Shop, lookup_id: UUID) -> HttpResponse:
    """Ask for the code; the right one brings the orders into the account."""

    def claim(code: str) -> HttpResponse:
        claimed = claim_orders(
            lookup_id=lookup_id, code=code, seen_from=address_key(request), user=user_of(request)
        )
        _tell(request, claimed)
        return redirect(shop.url("account"))

    return ask_code(request, shop, PROVING, claim)


def _tell(request: HttpRequest, claimed: Claimed) -> None:
    text = ngettext(
        "%(count)s order by this phone is in your account.",
        "%(count)s orders by this phone are in your account.",
        claimed.own,
    )
    messages.success(request, text % {"count": claimed.own})
    if claimed.of_others:
        text = ngettext(
            "%(count)s other order by this phone is in another account.",
            "%(count)s other orders by this phone are in another account.",
            claimed.of_others,
        )
        messages.warning(request, text % {"count": claimed.of_others})
