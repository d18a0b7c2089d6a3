"""Free delivery from a sum: set by a manager, who sees before what buyers will read."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from catalog.markets import MARKETS, Market, home_market
from marketplace.orders.free_delivery import free_from_by_market
from marketplace.orders.queries.free_delivery import waived_sums
from marketplace.orders.services.set_free_delivery import set_free_delivery
from marketplace.orders.shipping_rates import STANDARD, ParcelPrice, Place, parcel_price
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.delivery.forms import FreeDeliveryForm
from vendors.models import Cooperative
from vendors.permissions import MemberPermission

REFUSED = 422
LIGHT, HEAVY = 1_000, 5_000


@dataclass(frozen=True)
class Costs:
    """What a carrier takes for a light and for a heavy parcel to a market's country."""

    market: Market
    light: ParcelPrice
    heavy: ParcelPrice


@member_view("money:read")
@require_safe
def free_delivery(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """What buyers read now, what a parcel costs, and what it has cost so far."""
    return _page(request, access, _form(access))


@member_view("delivery:set")
@require_POST
def set_sums(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Show what buyers will read; saved is only what has been seen."""
    form = _form(access, request.POST)
    if form.is_valid() and "save" in request.POST:
        set_free_delivery(cooperative=access.cooperative, wanted=form.wanted, by=access.by)
        messages.success(request, _("Saved. Checkouts that have begun keep what they were shown."))
        return redirect("portal:free-delivery", cooperative=access.cooperative.slug)
    return _page(request, access, form)


def _form(access: MemberAccess, data: QueryDict | None = None) -> FreeDeliveryForm:
    home = home_market(access.cooperative.country_code)
    return FreeDeliveryForm(data, known=free_from_by_market(access.scope), home=home.code)


def _page(request: HttpRequest, access: MemberAccess, form: FreeDeliveryForm) -> HttpResponse:
    is_preview = form.is_bound and form.is_valid()
    context = {
        "form": form,
        "may_set": access.allows(MemberPermission.DELIVERY_SET),
        "is_preview": is_preview,
        "costs": _costs(access.cooperative),
        "waived": waived_sums(access.scope),
    }
    status = REFUSED if form.is_bound and not is_preview else 200
    return render(request, "portal/delivery/free.html", context, status=status)


def _costs(own: Cooperative) -> list[Costs]:
    """What the carrier takes today for a parcel to each market."""
    found = []
    for market in MARKETS:
        light, heavy = (_price(own, market, grams) for grams in (LIGHT, HEAVY))
        if light and heavy:
            found.append(Costs(market, light, heavy))
    return found


def _price(own: Cooperative, market: Market, grams: int) -> ParcelPrice | None:
    return parcel_price(
        origin=Place(own.country_code, own.region_code),
        destination=Place(market.default_country),
        grams=grams,
        service=STANDARD,
        currency=market.currency,
        on=timezone.localdate(),
    )
