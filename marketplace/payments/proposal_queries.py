"""What pages read of proposed refunds."""

from uuid import UUID

from django.db.models import QuerySet

from marketplace.core.errors import NotFound
from marketplace.payments.models import ProposalState, RefundProposal
from vendors.scoping import Scope


def refund_proposals(scope: Scope) -> QuerySet[RefundProposal]:
    """Proposed refunds of a scope, for a list."""
    rows: QuerySet[RefundProposal] = RefundProposal.objects.within(scope)
    return rows.select_related("cooperative", "proposed_by")


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
