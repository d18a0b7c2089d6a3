"""Refunds and remittances of a programme: each view calls one query or service."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from marketplace.core.errors import TwizaError
from marketplace.core.uploads import takes_files
from marketplace.orders.models import VendorOrder
from marketplace.payments import proposal_queries, queries, services
from marketplace.payments.errors import (
    RefundedMeanwhile,
    RemittanceInvalid,
    RemittanceKnown,
    SecondPersonNeeded,
)
from marketplace.payments.models import RefundState
from marketplace.payments.refund_limits import refund_limit
from marketplace.saleor.errors import EngineUnavailable
from marketplace.web.staff.access import StaffAccess, programme_view, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.refunds.bank_lists import REMITTANCES
from marketplace.web.staff.refunds.forms import MAX_FILE_BYTES, RefundForm, RemittanceForm
from marketplace.web.staff.refunds.refund_lists import REFUNDS


@list_view(REFUNDS)
@require_GET
def list_refunds(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Refunds, newest first."""
    proposed = proposal_queries.open_proposals(access.scope)
    return show_staff_list(
        request, access, REFUNDS, "staff/refunds/list.html", proposed_count=proposed
    )


@staff_view("refund:make")
@require_http_methods(["GET", "HEAD", "POST"])
def refund_order(request: HttpRequest, access: StaffAccess, vendor_order_id: UUID) -> HttpResponse:
    """Refund lines of one cooperative's part of an order."""
    order = queries.refundable_order(access.scope, vendor_order_id)
    earlier = queries.refunds_of(access.scope, vendor_order_id)
    not_failed = [refund for refund in earlier if refund.state != RefundState.FAILED]
    form = RefundForm(
        request.POST or None,
        initial={"seen": len(not_failed)},
        lines=queries.refundable_lines(access.scope, order),
        may_refund_shipping=bool(order.shipping_minor)
        and not any(refund.shipping_minor for refund in not_failed),
    )
    if form.is_valid() and (response := _make_refund(request, access, order, form)):
        return response
    context = {
        "access": access,
        "order": order,
        "form": form,
        "earlier": earlier,
        "proposal": proposal_queries.open_proposal_of(access.scope, vendor_order_id),
        "limit": refund_limit(order.currency, programme=access.programme.slug),
    }
    return render(request, "staff/refunds/order.html", context)


def _make_refund(
    request: HttpRequest, access: StaffAccess, order: VendorOrder, form: RefundForm
) -> HttpResponse | None:
    """Refund or propose what the form says; None when refused, with the reason in the form."""
    later = _("The refund is recorded and will be sent shortly.")
    asked: dict[str, Any] = {
        "vendor_order": order,
        "lines": form.quantities,
        "include_shipping": form.cleaned_data.get("include_shipping", False),
        "reason": form.cleaned_data["reason"],
        "seen": form.cleaned_data["seen"] or 0,
    }
    try:
        try:
            refund = services.make_refund(**asked, by=access.by)
        except SecondPersonNeeded:
            return _propose(request, access, asked)
    except EngineUnavailable:
        messages.warning(request, later)
    except RefundedMeanwhile as refused:
        messages.error(request, str(refused))
        return redirect(request.path)
    except TwizaError as refused:
        form.add_error(None, str(refused))
        return None
    else:
        done = refund.state == RefundState.MADE
        messages.success(request, _("The buyer has been refunded.") if done else later)
    return redirect("staff:refunds", programme=access.programme.slug)


def _propose(request: HttpRequest, access: StaffAccess, asked: dict[str, Any]) -> HttpResponse:
    """Above what one person refunds alone."""
    proposal = services.propose_refund(**asked, by=access.by)
    done = _("Proposed. Nothing is refunded yet: another person must confirm it.")
    messages.success(request, done)
    return redirect(
        "staff:refund-proposal", programme=access.programme.slug, proposal_id=proposal.pk
    )


@list_view(REMITTANCES)
@require_GET
def list_remittances(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Cash that carriers have remitted."""
    return show_staff_list(request, access, REMITTANCES, "staff/refunds/remittances.html")


@programme_view("delivery:record")
@require_http_methods(["GET", "HEAD", "POST"])
@takes_files(MAX_FILE_BYTES)
def add_remittance(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Book a carrier's file, whole or not at all."""
    form = RemittanceForm(request.POST or None, request.FILES or None)
    problems: list[tuple[int, str]] = []
    if form.is_valid():
        try:
            remittance = services.record_remittance(
                programme=access.programme,
                carrier=form.cleaned_data["carrier"],
                reference=form.cleaned_data["reference"],
                received_on=form.cleaned_data["received_on"],
                content=form.cleaned_data["file"],
                scope=access.scope,
                by=access.by,
            )
        except RemittanceInvalid as invalid:
            problems = invalid.problems[:50]
            form.add_error("file", str(invalid))
        except RemittanceKnown as known:
            form.add_error("reference", str(known))
        else:
            messages.success(
                request, _("Recorded: %(reference)s.") % {"reference": remittance.reference}
            )
            return redirect("staff:remittances", programme=access.programme.slug)
    context = {"access": access, "form": form, "problems": problems}
    return render(request, "staff/refunds/remittance_new.html", context)
