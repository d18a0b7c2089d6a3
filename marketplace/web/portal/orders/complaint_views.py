"""Complaints of a cooperative's buyers: see them, and reply."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.errors import TwizaError
from marketplace.core.formats import Format
from marketplace.orders.models import Complaint, ComplaintState
from marketplace.orders.queries.complaints import complaint, complaint_photo
from marketplace.orders.services import complaints
from marketplace.saleor.errors import EngineUnavailable
from marketplace.web.complaints import facts_of
from marketplace.web.lists.pages import show_list
from marketplace.web.outcomes import pass_on_rights
from marketplace.web.photographs import private_photograph
from marketplace.web.portal.access import MemberAccess, member_view
from marketplace.web.portal.orders.complaint_forms import (
    AcceptForm,
    DoneForm,
    OfferForm,
    RefuseForm,
    ReturnedForm,
)
from marketplace.web.portal.orders.complaint_list import COMPLAINTS

_ACCEPTABLE = {ComplaintState.ASKED, ComplaintState.REFUSED, ComplaintState.MEDIATION}


@member_view("order:read")
@require_safe
def list_complaints(request: HttpRequest, access: MemberAccess) -> HttpResponse:
    """Complaints, those with a date first."""
    return show_list(request, access, COMPLAINTS, "portal/orders/complaints.html")


@member_view("order:read")
@require_safe
def show_complaint(request: HttpRequest, access: MemberAccess, complaint_id: UUID) -> HttpResponse:
    """One complaint with what can be done about it."""
    return _show(request, access, complaint(access.scope, complaint_id))


@member_view("order:read")
@require_safe
def show_photo(
    _request: HttpRequest, access: MemberAccess, complaint_id: UUID, position: int
) -> HttpResponseBase:
    """A photograph that the buyer sent."""
    return private_photograph(complaint_photo(access.scope, complaint_id, position))


@member_view("refund:agree")
@require_POST
def accept_complaint(
    request: HttpRequest, access: MemberAccess, complaint_id: UUID
) -> HttpResponse:
    """Agree to the refund, with or without the products."""
    row, form = complaint(access.scope, complaint_id), AcceptForm(request.POST, prefix="accept")
    return _act(
        request, access, row, ("accept_form", form),
        lambda: complaints.accept(
            complaint=row, needs_return=form.cleaned_data["needs_return"] == "yes",
            text=form.cleaned_data["text"], by=access.by,
        ),
        _("Accepted. We tell the buyer."),
    )  # fmt: skip


@member_view("refund:agree")
@require_POST
def make_offer(request: HttpRequest, access: MemberAccess, complaint_id: UUID) -> HttpResponse:
    """Offer a repair, an exchange or a refund of an amount."""
    row = complaint(access.scope, complaint_id)
    form = OfferForm(request.POST, prefix="offer", currency=row.vendor_order.currency)
    return _act(
        request, access, row, ("offer_form", form),
        lambda: complaints.offer(
            complaint=row, remedy=form.cleaned_data["remedy"], amount_minor=form.amount_minor,
            text=form.cleaned_data["text"], by=access.by,
        ),
        _("Your offer is sent to the buyer."),
    )  # fmt: skip


@member_view("order:ship")
@require_POST
def refuse_complaint(
    request: HttpRequest, access: MemberAccess, complaint_id: UUID
) -> HttpResponse:
    """Refuse, with a reason that the buyer reads."""
    row, form = complaint(access.scope, complaint_id), RefuseForm(request.POST, prefix="refuse")
    return _act(
        request, access, row, ("refuse_form", form),
        lambda: complaints.refuse(complaint=row, text=form.cleaned_data["text"], by=access.by),
        _("Refused. The buyer can ask the programme's mediator."),
    )  # fmt: skip


@member_view("order:ship")
@require_POST
def take_back(request: HttpRequest, access: MemberAccess, complaint_id: UUID) -> HttpResponse:
    """Record that the products are back: the buyer is refunded."""
    row, form = complaint(access.scope, complaint_id), ReturnedForm(request.POST, prefix="returned")
    return _act(
        request, access, row, ("returned_form", form),
        lambda: complaints.confirm_returned(
            complaint=row, restock=form.cleaned_data["restock"], by=access.by
        ),
        _("Return recorded. The buyer is refunded."),
    )  # fmt: skip


@member_view("order:ship")
@require_POST
def say_done(request: HttpRequest, access: MemberAccess, complaint_id: UUID) -> HttpResponse:
    """Say that the repaired or exchanged product is sent."""
    row, form = complaint(access.scope, complaint_id), DoneForm(request.POST, prefix="done")
    return _act(
        request, access, row, ("done_form", form),
        lambda: complaints.carried_out(
            complaint=row, text=form.cleaned_data["text"], by=access.by
        ),
        _("Recorded. We tell the buyer."),
    )  # fmt: skip


def _act(
    request: HttpRequest,
    access: MemberAccess,
    row: Complaint,
    named_form: tuple[str, forms.Form],
    act: Callable[[], object],
    done: str | Promise,
) -> HttpResponse:
    """Do it if the form is right; otherwise show the page with the form as it was filled."""
    name, form = named_form
    if not form.is_valid():
        return _show(request, access, row, **{name: form})
    try:
        act()
    except EngineUnavailable:
        messages.warning(request, _("Saved. The shop is updated in a moment."))
    except TwizaError as refused:
        pass_on_rights(refused)
        form.add_error(None, str(refused))
        return _show(request, access, complaint(access.scope, row.pk), **{name: form})
    else:
        messages.success(request, str(done))
    return redirect("portal:complaint", cooperative=access.cooperative.slug, complaint_id=row.pk)


def _show(
    request: HttpRequest, access: MemberAccess, row: Complaint, **filled: forms.Form
) -> HttpResponse:
    market = access.cooperative.country_code.lower()
    context: dict[str, Any] = {
        "access": access,
        "vendor_order": row.vendor_order,
        **facts_of(row, Format(get_language() or "ar", market)),
        **(_forms(row, access) if access.allows("order:ship") else {}),
        **filled,
        "failed": next(iter(filled.values()), None),
    }
    status = 422 if filled else 200
    return render(request, "portal/orders/complaint.html", context, status=status)


def _forms(row: Complaint, access: MemberAccess) -> dict[str, forms.Form]:
    """What the person may do with a complaint of the cooperative's now."""
    found: dict[str, forms.Form] = {}
    may_refund = access.allows("refund:agree")
    if row.state in _ACCEPTABLE and may_refund:
        found["accept_form"] = AcceptForm(prefix="accept")
    if row.state == ComplaintState.ASKED and may_refund:
        found["offer_form"] = OfferForm(prefix="offer", currency=row.vendor_order.currency)
    if row.state == ComplaintState.ASKED:
        found["refuse_form"] = RefuseForm(prefix="refuse")
    if row.awaits_return:
        found["returned_form"] = ReturnedForm(prefix="returned")
    if row.awaits_work:
        found["done_form"] = DoneForm(prefix="done")
    return found
