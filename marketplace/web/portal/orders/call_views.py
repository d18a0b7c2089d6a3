"""Whom the cooperative calls today: orders to be paid on delivery."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from catalog.markets import market_of
from marketplace.orders import queries
from marketplace.orders.cash_to_collect import collected_with
from marketplace.orders.models import CallOutcome, ParcelState, VendorOrder, VendorOrderState
from marketplace.orders.queries.calls import to_call_today
from marketplace.orders.services.note_call import note_call
from marketplace.web.outcomes import carry_out
from marketplace.web.portal.access import MemberAccess, member_view

PAGE_SIZE = 25
_BEFORE_SENDING = {VendorOrderState.PLACED, VendorOrderState.CONFIRMED}


@member_view("order:read")
@require_GET
def list_calls(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Each with the buyer's number, what to say, and what came of earlier calls."""
    rows = to_call_today(access.scope, access.cooperative.programme.home)
    page = Paginator(rows, PAGE_SIZE).get_page(request.GET.get("page", 1))
    context = {
        "access": access,
        "page": page,
        "items": [_item(vendor_order) for vendor_order in page.object_list],
        "outcomes": CallOutcome.choices,
        "may_ship": access.allows("order:ship"),
    }
    return render(request, "portal/orders/calls.html", context)


@member_view("order:ship")
@require_POST
def note(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """What came of a call."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    carry_out(
        request,
        lambda: note_call(
            scope=access.scope,
            vendor_order_id=vendor_order.pk,
            outcome=request.POST.get("outcome", ""),
            by=access.user,
        ),
        _("Noted."),
    )
    return redirect("portal:calls", cooperative=access.cooperative.slug)


def _item(vendor_order: VendorOrder) -> dict[str, Any]:
    order = vendor_order.order
    calls = list(vendor_order.calls.all())
    is_before = vendor_order.state in _BEFORE_SENDING
    refused = bool(calls) and calls[0].outcome == CallOutcome.REFUSED
    return {
        "vendor_order": vendor_order,
        "name": order.name,
        "town": order.address.city if order.address else "",
        "phone": order.phone,
        "whatsapp": order.phone.removeprefix("+"),
        "home": market_of(order.market).default_country,
        "about": _("To confirm, before you send it:") if is_before else _("To be paid on arrival:"),
        "collect_minor": vendor_order.kept_total_minor
        if is_before
        else _yet_to_collect(vendor_order),
        "calls": calls[:5],
        "may_cancel": refused and is_before,
    }


def _yet_to_collect(vendor_order: VendorOrder) -> int:
    """What the couriers collect with the parcels that have left; minor units."""
    left = [p for p in vendor_order.parcels.all() if p.state == ParcelState.SHIPPED]
    return sum(collected_with(parcel) for parcel in left)
