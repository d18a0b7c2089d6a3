"""Orders of a programme: each view calls one query or service."""

from functools import partial
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from marketplace.core.errors import Forbidden, TwizaError
from marketplace.orders import queries
from marketplace.orders.models import Order, ParcelState, VendorOrder, VendorOrderState
from marketplace.orders.queries.texts import unsent_texts
from marketplace.orders.services import tracking_links
from marketplace.payments import proposal_queries, services
from marketplace.payments.errors import SecondPersonNeeded
from marketplace.payments.invoices.queries import invoices_of_vendor_order
from marketplace.payments.models import PREPAID
from marketplace.payments.refund_limits import refund_limit
from marketplace.web.order_cancellation import cancel_by_form
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.orders.forms import CancelForm
from marketplace.web.staff.orders.order_list import ORDERS

_CANCELLABLE = {VendorOrderState.PLACED, VendorOrderState.CONFIRMED}


@list_view(ORDERS)
@require_GET
def list_orders(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Orders, the latest first, as the address asks."""
    short = queries.counts_by_state(access.scope)["short"]
    return show_staff_list(request, access, ORDERS, "staff/orders/list.html", short=short)


@staff_view("order:read")
@require_GET
def show_order(request: HttpRequest, access: StaffAccess, vendor_order_id: UUID) -> HttpResponse:
    """A vendor order, its parcels and the evidence of their delivery."""
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    context = {
        "access": access,
        "vendor_order": vendor_order,
        "order": vendor_order.order,
        "address": vendor_order.order.address,
        "lines": [
            (line, line.title_in(get_language() or "ar")) for line in vendor_order.lines.all()
        ],
        "parcels": [p for p in vendor_order.parcels.all() if p.state != ParcelState.WITHDRAWN],
        "is_unseen": queries.is_unseen(vendor_order),
        "unsent_texts": unsent_texts(vendor_order.order),
        "documents": invoices_of_vendor_order(access.scope, vendor_order.pk),
        "may_record": access.allows("delivery:record"),
        "may_withdraw_links": _may_withdraw_links(access, vendor_order.order),
        "may_refund": access.allows("refund:make"),
        "may_cancel": access.allows("refund:make") and vendor_order.state in _CANCELLABLE,
    }
    return render(request, "staff/orders/order.html", context)


@staff_view("refund:make")
@require_http_methods(["GET", "POST"])
def cancel_order(request: HttpRequest, access: StaffAccess, vendor_order_id: UUID) -> HttpResponse:
    """Cancel a vendor order; asks for the reason and a confirmation.

    Above what one person refunds alone it is proposed.
    """
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    form = CancelForm(request.POST or None)
    act = partial(services.cancel_as_staff, vendor_order=vendor_order, by=access.by)
    try:
        if cancel_by_form(request, form, act, done=_("Cancelled.")):
            return _to_order(access, vendor_order_id)
    except SecondPersonNeeded:
        if response := _propose(request, access, vendor_order, form):
            return response
    context = {
        "access": access,
        "vendor_order": vendor_order,
        "form": form,
        "is_prepaid": vendor_order.order.payment_method in PREPAID,
        "limit": refund_limit(vendor_order.currency, programme=access.programme.slug),
        "proposal": proposal_queries.open_proposal_of(access.scope, vendor_order_id),
    }
    return render(request, "staff/orders/cancel.html", context)


def _propose(
    request: HttpRequest, access: StaffAccess, vendor_order: VendorOrder, form: CancelForm
) -> HttpResponse | None:
    """Propose the cancellation; None when refused, with the reason in the form."""
    try:
        proposal = services.propose_cancellation(
            vendor_order=vendor_order,
            reason=form.cleaned_data["reason"],
            restock=form.cleaned_data["restock"],
            by=access.by,
        )
    except TwizaError as refused:
        form.add_error(None, str(refused))
        return None
    done = _("Proposed. Nothing is cancelled or refunded yet: another person must confirm it.")
    messages.success(request, done)
    return redirect(
        "staff:refund-proposal", programme=access.programme.slug, proposal_id=proposal.pk
    )


@staff_view("delivery:record")
@require_POST
def withdraw_links(
    request: HttpRequest, access: StaffAccess, vendor_order_id: UUID
) -> HttpResponse:
    """Revoke the buyer's tracking links, for example when one was leaked.

    A link opens the whole order: a role in some regions revokes it where all parts are theirs.
    """
    vendor_order = queries.vendor_order(access.scope, vendor_order_id)
    if not _may_withdraw_links(access, vendor_order.order):
        raise Forbidden
    count = tracking_links.revoke_links(order=vendor_order.order, by=access.by)
    message = ngettext("%(n)s link disabled.", "%(n)s links disabled.", count)
    messages.success(request, message % {"n": count})
    return _to_order(access, vendor_order_id)


def _may_withdraw_links(access: StaffAccess, order: Order) -> bool:
    return access.allows("delivery:record") and (
        access.scope.is_whole or queries.holds_all_parts(access.scope, order)
    )


def _to_order(access: StaffAccess, vendor_order_id: UUID) -> HttpResponse:
    return redirect("staff:order", programme=access.programme.slug, vendor_order_id=vendor_order_id)
