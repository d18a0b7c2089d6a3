"""Complaints of a programme: each view calls one query or service."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format
from marketplace.orders.models import Complaint, ComplaintState
from marketplace.orders.queries.complaints import complaint, complaint_photo
from marketplace.payments import services
from marketplace.payments.models import RefundProposal, RefundState
from marketplace.payments.refund_limits import refund_limit
from marketplace.web.complaints import facts_of
from marketplace.web.outcomes import carry_out, pass_on_rights
from marketplace.web.photographs import private_photograph
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.complaints.complaint_list import COMPLAINTS
from marketplace.web.staff.complaints.forms import DecisionForm
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from vendors.permissions import StaffPermission


@list_view(COMPLAINTS)
@require_safe
def list_complaints(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Complaints, those for the mediator first."""
    return show_staff_list(request, access, COMPLAINTS, "staff/complaints/list.html")


@staff_view("order:read")
@require_safe
def show_complaint(request: HttpRequest, access: StaffAccess, complaint_id: UUID) -> HttpResponse:
    """Both sides, what has happened, and the decision to take."""
    return _show(request, access, complaint(access.scope, complaint_id))


@staff_view("order:read")
@require_safe
def show_photo(
    _request: HttpRequest, access: StaffAccess, complaint_id: UUID, position: int
) -> HttpResponseBase:
    """A photograph that the buyer sent."""
    return private_photograph(complaint_photo(access.scope, complaint_id, position))


@staff_view("refund:make")
@require_POST
def decide(request: HttpRequest, access: StaffAccess, complaint_id: UUID) -> HttpResponse:
    """Decide; what is above one person's limit waits for another person."""
    row = complaint(access.scope, complaint_id)
    form = _form(row, request)
    if not form.is_valid():
        return _show(request, access, row, form)
    try:
        made = services.decide_complaint(complaint=row, decision=form.decided, by=access.by)
    except TwizaError as refused:
        pass_on_rights(refused)
        form.add_error(None, str(refused))
        return _show(request, access, complaint(access.scope, complaint_id), form)
    if isinstance(made, RefundProposal):
        done = _("Decided. Nothing is refunded yet: another person must confirm the refund.")
    else:
        done = _("Decided. The buyer and the cooperative are told.")
    messages.success(request, done)
    return _to(access, complaint_id)


@staff_view("refund:make")
@require_POST
def reopen(request: HttpRequest, access: StaffAccess, complaint_id: UUID) -> HttpResponse:
    """Take a complaint back to the mediator whose refund cannot be made."""
    row = complaint(access.scope, complaint_id)
    carry_out(
        request,
        lambda: services.reopen_stuck(complaint=row, by=access.by),
        _("The mediator decides anew."),
    )
    return _to(access, complaint_id)


def _form(row: Complaint, request: HttpRequest | None = None) -> DecisionForm:
    order = row.vendor_order
    return DecisionForm(
        request.POST if request else None,
        currency=order.currency,
        may_ship=bool(order.shipping_minor),
    )


def _show(
    request: HttpRequest, access: StaffAccess, row: Complaint, form: DecisionForm | None = None
) -> HttpResponse:
    may_decide = access.allows(StaffPermission.REFUND_MAKE)
    refund, proposal = services.refund_of(row), services.proposal_of(row)
    is_stuck = row.is_refunding and not proposal
    is_stuck = is_stuck and (refund is None or refund.state == RefundState.FAILED)
    if form is None and may_decide and row.state == ComplaintState.MEDIATION:
        form = _form(row)
    context = {
        "access": access,
        "vendor_order": row.vendor_order,
        **facts_of(row, Format(get_language() or "ar", access.programme.home)),
        "form": form,
        "refund": refund,
        "proposal": proposal,
        "may_reopen": is_stuck and may_decide,
        "limit": refund_limit(row.vendor_order.currency, programme=access.programme.slug),
    }
    status = 422 if form is not None and form.is_bound else 200
    return render(request, "staff/complaints/complaint.html", context, status=status)


def _to(access: StaffAccess, complaint_id: UUID) -> HttpResponse:
    return redirect("staff:complaint", programme=access.programme.slug, complaint_id=complaint_id)
