"""Orders of a cooperative: each view calls one query or service."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import NotFound, TwizaError
from marketplace.core.versions import last_entry, version_of
from marketplace.orders import queries
from marketplace.orders.models import ParcelState, VendorOrder, VendorOrderState, collection_of
from marketplace.orders.price_offers import offer_of_order
from marketplace.orders.queries.calls import to_call_today
from marketplace.orders.queries.complaints import waiting_for_cooperative
from marketplace.orders.services import confirm, record_return, ship
from marketplace.payments.invoices.queries import invoices_of_vendor_order
from marketplace.payments.proposal_queries import open_proposal_of
from marketplace.saleor.errors import EngineUnavailable
from marketplace.web.documents import buyer_invoice_file
from marketplace.web.meanwhile import save_unless_overtaken
from marketplace.web.outcomes import carry_out
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.offline.copies import kept_on_phones
from marketplace.web.portal.orders.forms import ReturnForm, ShipForm, TrackingForm
from marketplace.web.portal.orders.money_note import money_note

TABS = ("open", "shipped", "delivered", "cancelled")
_TO_SEND = {VendorOrderState.CONFIRMED, VendorOrderState.PART_SHIPPED}


@member_view("order:read")
@require_GET
@kept_on_phones
def list_orders(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Orders to ship first; the rest by tab."""
    wanted = request.GET.get("state", "open")
    state = wanted if wanted in TABS else ""
    page = queries.vendor_orders(
        access.scope,
        state=state,
        text=request.GET.get("q", "")[:80],
        page=request.GET.get("page", 1),
    )
    counts = queries.counts_by_state(access.scope)
    labels = {
        "open": _("To send"),
        "shipped": _("On the way"),
        "delivered": pgettext("orders", "Delivered"),
        "cancelled": pgettext("orders", "Cancelled"),
    }
    tabs = [
        {"state": key, "label": labels[key], "count": counts.get(key, 0), "current": key == state}
        for key in TABS
    ]
    context = {
        "access": access,
        "page": page,
        "tabs": tabs,
        "state": state,
        "complaints_waiting": waiting_for_cooperative(access.scope),
        "calls_waiting": to_call_today(access.scope, access.cooperative.programme.home).count(),
    }
    return render(request, "portal/orders/list.html", context)


@member_view("order:read")
@require_GET
def show_order(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """One order with the next action."""
    return _show(request, access, queries.vendor_order(access.scope, vendor_order_id))


@member_view("order:ship")
@require_POST
def confirm_order(
    request: HttpRequest, access: MemberAccess, vendor_order_id: UUID
) -> HttpResponse:
    """The cooperative confirms the order."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    carry_out(
        request,
        lambda: confirm.confirm_vendor_order(vendor_order=vendor_order, by=access.by),
        _("Confirmed. Now pack the order and print the packing slip."),
    )
    return _to_order(access, vendor_order_id)


@member_view("order:ship")
@require_POST
def ship_order(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """Ship a parcel."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    form = ShipForm(request.POST, vendor_order=vendor_order)
    if not form.is_valid():
        return _show(request, access, vendor_order, form=form)
    try:
        ship.ship_parcel(
            vendor_order=vendor_order,
            lines=form.quantities,
            tracking_number=form.cleaned_data["tracking_number"],
            carrier=form.cleaned_data["carrier"],
            by=access.by,
        )
    except EngineUnavailable:
        messages.warning(request, _("Saved. The shop is updated in a moment."))
    except TwizaError as error:
        form.add_error(None, str(error))
        return _show(request, access, vendor_order, form=form)
    else:
        messages.success(request, _("Recorded. We tell the buyer that the parcel is on its way."))
    return _to_order(access, vendor_order_id)


@member_view("order:ship")
@require_http_methods(["GET", "POST"])
def take_back(request: HttpRequest, access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    """Record returned goods."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    form = ReturnForm(request.POST or None, vendor_order=vendor_order)
    if form.is_valid():
        try:
            record_return.record_returned_goods(
                vendor_order=vendor_order,
                quantities=form.quantities,
                restock=form.cleaned_data["restock"],
                reason=form.cleaned_data["reason"],
                by=access.by,
            )
        except EngineUnavailable:
            messages.warning(request, _("Saved. The shop is updated in a moment."))
            return _to_order(access, vendor_order_id)
        except TwizaError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("Return recorded."))
            return _to_order(access, vendor_order_id)
    context = {"access": access, "vendor_order": vendor_order, "form": form}
    return render(request, "portal/orders/returned.html", context)


@member_view("order:ship")
@require_http_methods(["GET", "POST"])
def correct_tracking(
    request: HttpRequest, access: MemberAccess, vendor_order_id: UUID, parcel_id: UUID
) -> HttpResponse:
    """Add or correct the tracking number of a shipped parcel."""
    parcel = queries.parcel(access.scope, parcel_id)
    if parcel.vendor_order_id != vendor_order_id:
        raise NotFound
    try:
        form, is_saved = save_unless_overtaken(
            lambda: TrackingForm(
                request.POST or None, current=ship.tracking(queries.parcel(access.scope, parcel_id))
            ),
            lambda form: ship.correct_tracking(
                parcel=parcel, **form.values, version=version_of(form.current), by=access.by
            ),
            lambda: last_entry(parcel, "parcel.tracking_corrected"),
        )
    except TwizaError as error:
        messages.error(request, str(error))
        return _to_order(access, vendor_order_id)
    if is_saved:
        messages.success(request, _("Saved."))
        return _to_order(access, vendor_order_id)
    context = {"parcel": parcel, "form": form}
    return render(request, "portal/orders/tracking.html", context, status=form.status)


@member_view("order:read")
@require_GET
def download_document(
    request: HttpRequest, access: MemberAccess, document_id: UUID
) -> HttpResponseBase:
    """The invoice or credit note that the cooperative gave a buyer."""
    return buyer_invoice_file(request, access.scope, document_id)


def _show(
    request: HttpRequest,
    access: MemberAccess,
    vendor_order: VendorOrder,
    form: ShipForm | None = None,
) -> HttpResponse:
    may_ship = access.allows("order:ship")
    context: dict[str, Any] = {
        "access": access,
        "vendor_order": vendor_order,
        "order": vendor_order.order,
        "address": vendor_order.order.address,
        "language": get_language(),
        "lines": [
            {"line": line, "title": line.title_in(get_language() or "ar")}
            for line in vendor_order.lines.all()
        ],
        "parcels": [
            parcel for parcel in vendor_order.parcels.all() if parcel.state != ParcelState.WITHDRAWN
        ],
        "documents": invoices_of_vendor_order(access.scope, vendor_order.pk),
        "money_note": money_note(vendor_order),
        "proposal": open_proposal_of(access.scope, vendor_order.pk),
        "price_offer": offer_of_order(vendor_order.order_id),
        "form": form,
        **_actions(vendor_order, may_ship=may_ship),
    }
    if form is None and may_ship and _is_to_send(vendor_order):
        context["form"] = ShipForm(vendor_order=vendor_order)
    return render(request, "portal/orders/order.html", context)


def _is_to_send(vendor_order: VendorOrder) -> bool:
    return vendor_order.state in _TO_SEND and collection_of(vendor_order) is None


def _actions(vendor_order: VendorOrder, *, may_ship: bool) -> dict[str, bool]:
    """What the member may do with the order now."""
    returnable = any(
        line.quantity_shipped > line.quantity_returned for line in vendor_order.lines.all()
    )
    cancellable = {VendorOrderState.PLACED, VendorOrderState.CONFIRMED}
    return {
        "may_ship": may_ship,
        "may_confirm": may_ship and vendor_order.state == VendorOrderState.PLACED,
        "may_cancel": may_ship and vendor_order.state in cancellable,
        "may_refuse": may_ship and _may_refuse(vendor_order),
        "may_take_back": may_ship and returnable,
    }


def _may_refuse(vendor_order: VendorOrder) -> bool:
    """Whether something is left to send, and nothing is being packed or waited for."""
    is_packing = any(row.state == ParcelState.PREPARING for row in vendor_order.parcels.all())
    is_open = vendor_order.state in {VendorOrderState.PLACED, *_TO_SEND}
    is_waiting = is_packing or vendor_order.order.awaits_transfer
    return is_open and not is_waiting and bool(vendor_order.quantities_left)


def _to_order(access: MemberAccess, vendor_order_id: UUID) -> HttpResponse:
    return redirect(
        "portal:order", cooperative=access.cooperative.slug, vendor_order_id=vendor_order_id
    )
