"""Refunds above what one person refunds alone: proposed, then confirmed or withdrawn."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from marketplace.core.errors import TwizaError
from marketplace.payments import proposal_queries, queries, services
from marketplace.payments.models import ProposalState, RefundState
from marketplace.saleor.errors import EngineUnavailable
from marketplace.web.outcomes import carry_out
from marketplace.web.staff.access import StaffAccess, staff_view
from marketplace.web.staff.lists.access import list_view
from marketplace.web.staff.lists.pages import show_staff_list
from marketplace.web.staff.refunds.refund_lists import PROPOSALS
from vendors.permissions import StaffPermission


@list_view(PROPOSALS)
@require_safe
def list_proposals(request: HttpRequest, access: StaffAccess) -> HttpResponse:
    """Proposed refunds, those that wait first."""
    return show_staff_list(request, access, PROPOSALS, "staff/refunds/proposals.html")


@staff_view("order:read")
@require_safe
def show_proposal(request: HttpRequest, access: StaffAccess, proposal_id: UUID) -> HttpResponse:
    """A proposed refund with its lines, and what can be done with it."""
    proposal = proposal_queries.refund_proposal(access.scope, proposal_id)
    order = queries.refundable_order(access.scope, proposal.vendor_order_id)
    wanted = proposal.quantities
    is_open = proposal.state == ProposalState.OPEN
    may_decide = access.allows(StaffPermission.REFUND_CONFIRM)
    context = {
        "access": access,
        "proposal": proposal,
        "order": order,
        "lines": [
            (line.title_in(get_language() or "ar"), wanted[line.pk])
            for line in order.lines.all()
            if line.pk in wanted
        ],
        "partial": [
            (line.title_in(get_language() or "ar"), proposal.amounts_by_line[line.pk])
            for line in order.lines.all()
            if line.pk in proposal.amounts_by_line
        ],
        "may_confirm": proposal.may_be_confirmed(timezone.now())
        and may_decide
        and proposal.proposed_by_id != access.user.pk,
        "may_withdraw": is_open and may_decide,
    }
    return render(request, "staff/refunds/proposal.html", context)


@staff_view("refund:confirm")
@require_POST
def confirm_proposal(request: HttpRequest, access: StaffAccess, proposal_id: UUID) -> HttpResponse:
    """Refund what another person has proposed."""
    proposal = proposal_queries.refund_proposal(access.scope, proposal_id)
    later = _("The refund is recorded and will be sent shortly.")
    try:
        refund = services.confirm_refund_proposal(proposal=proposal, by=access.by)
    except EngineUnavailable:
        messages.warning(request, later)
    except TwizaError as refused:
        messages.error(request, str(refused))
    else:
        done = refund.state == RefundState.MADE
        messages.success(request, _("The buyer has been refunded.") if done else later)
    return _to(access, proposal_id)


@staff_view("refund:confirm")
@require_POST
def withdraw_proposal(request: HttpRequest, access: StaffAccess, proposal_id: UUID) -> HttpResponse:
    """End a proposed refund; nothing is refunded."""
    proposal = proposal_queries.refund_proposal(access.scope, proposal_id)
    carry_out(
        request,
        lambda: services.withdraw_refund_proposal(proposal=proposal, by=access.by),
        _("Withdrawn. Nothing was refunded."),
    )
    return _to(access, proposal_id)


def _to(access: StaffAccess, proposal_id: UUID) -> HttpResponse:
    return redirect(
        "staff:refund-proposal", programme=access.programme.slug, proposal_id=proposal_id
    )
