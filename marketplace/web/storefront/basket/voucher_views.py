"""The voucher in the basket: its code is entered, and taken out again."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from marketplace.core.client_address import address_key
from marketplace.core.errors import TwizaError
from marketplace.core.throttle import TooSoon
from marketplace.orders.services import vouchers
from marketplace.web.refusals import later
from marketplace.web.storefront.basket.views import basket_page
from marketplace.web.storefront.shell import Shop, shop_view

REFUSED = 422
# Longer than any code: what was typed is shown again as it was.
LONGEST_TYPED = 60


@require_POST
@shop_view
def enter_voucher(request: HttpRequest, shop: Shop) -> HttpResponse:
    """Enter a code; one that is not taken is shown again beside the reason."""
    if shop.basket is None or shop.basket.is_empty:
        return redirect(shop.url("basket"))
    if "remove" in request.POST:
        vouchers.remove_voucher(basket=shop.basket)
        messages.success(request, _("Voucher removed."))
        return redirect(shop.url("basket"))
    typed = request.POST.get("code", "")[:LONGEST_TYPED]
    try:
        vouchers.enter_voucher(basket=shop.basket, code=typed, seen_from=address_key(request))
    except TwizaError as refused:
        told = {"voucher_error": str(refused), "typed_code": typed}
        page = basket_page(request, shop, status=REFUSED, **told)
        return later(page, refused.seconds if isinstance(refused, TooSoon) else 0)
    messages.success(request, _("Voucher added."))
    return redirect(shop.url("basket"))
