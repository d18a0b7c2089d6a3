"""What pages read of proposed refunds."""

from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import F

from marketplace.core.errors import NotFound
from marketplace.payments.models import ProposalState, RefundProposal
from vendors.scoping import Scope

PAGE_SIZE = 25


def refund_proposals(scope: Scope, *, page: int | str = 1) -> Page[RefundProposal]:
    """Proposed refunds of a scope: open ones first, then the latest."""
    found = RefundProposal.objects.within(scope).select_related("cooperative", "proposed_by")
    ordered = found.order_by(F("decided_at").desc(nulls_first=True), "expires_at")
    return Paginator(ordered, PAGE_SIZE).get_page(page)


def refund_proposal(scope: Scope, proposal_id: UUID) -> RefundProposal:
    """One of them; raises NotFound."""
    found = RefundProposal.objects.within(scope).filter(pk=proposal_id)
    row: RefundProposal | None = found.select_related(
        "cooperative", "proposed_by", "decided_by"
    ).first()
    if row is None:
        raise NotFound
    return row


def open_proposal_of(scope: Scope, vendor_order_id: UUID) -> RefundProposal | None:
    """The proposed refund of an order that waits for its second person."""
    found = RefundProposal.objects.within(scope).filter(state=ProposalState.OPEN)
    row: RefundProposal | None = found.filter(vendor_order_id=vendor_order_id).first()
    return row


def open_proposals(scope: Scope) -> int:
    """How many proposed refunds of a scope wait."""
    return RefundProposal.objects.within(scope).filter(state=ProposalState.OPEN).count()
