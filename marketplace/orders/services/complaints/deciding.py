"""The mediator's decision, and the end of a complaint by its refund."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.orders.complaint_deadlines import DECIDE, SEND_BACK
from marketplace.orders.complaint_errors import ComplaintChanged
from marketplace.orders.models import (
    Complaint,
    ComplaintOutcome,
    ComplaintSide,
    ComplaintState,
    Remedy,
    StepKind,
)
from marketplace.orders.services.complaints.choosing import OUTCOMES
from marketplace.orders.services.complaints.replying import require_partial
from marketplace.orders.services.complaints.steps import close, locked, take_step
from vendors.scoping import Crossing


@dataclass(frozen=True)
class Decision:
    """What a mediator decides: a remedy of ``REFUND`` or ``PARTIAL_REFUND``, or none (refused)."""

    text: str
    remedy: str = ""
    amount_minor: int | None = None
    needs_return: bool = False
    include_shipping: bool = False
    borne_by: str = ""


@transaction.atomic
def decide(*, complaint: Complaint, decision: Decision, by: Actor) -> Complaint:
    """Write a mediator's decision down; the refund is a use case of payments.

    Goods that are back already need not come back. Raises ComplaintChanged, OfferNotPossible.
    """
    row = locked(complaint, {ComplaintState.MEDIATION})
    if not decision.remedy:
        side = ComplaintSide.PROGRAMME
        more = {"remedy": "", "amount_minor": None, "decided_by_id": int(by.id)}
        close(
            row, StepKind.DECIDED, ComplaintOutcome.REFUSED, side=side, by=by,
            text=decision.text, **more,
        )  # fmt: skip
        return row
    if decision.remedy == Remedy.PARTIAL_REFUND:
        require_partial(row, decision.amount_minor)
    must_wait = decision.needs_return and row.returned_at is None
    is_partial = decision.remedy == Remedy.PARTIAL_REFUND
    return take_step(
        row,
        StepKind.DECIDED,
        side=ComplaintSide.PROGRAMME,
        by=by,
        state=ComplaintState.DECIDED,
        time_for=SEND_BACK if must_wait else "",
        text=decision.text,
        remedy=Remedy(decision.remedy),
        amount_minor=decision.amount_minor if is_partial else None,
        needs_return=must_wait,
        include_shipping=decision.include_shipping and not is_partial,
        borne_by=decision.borne_by,
        decided_by_id=int(by.id),
        refund_due_at=None if must_wait else timezone.now(),
    )


@transaction.atomic
def reopen(*, complaint: Complaint, by: Actor) -> Complaint:
    """Give a complaint whose refund is due, and was not made, (back) to the mediator."""
    row = locked(complaint, {ComplaintState.ACCEPTED, ComplaintState.DECIDED})
    if row.refund_due_at is None:
        raise ComplaintChanged
    side = ComplaintSide.PROGRAMME if by.kind == "user" else ComplaintSide.SYSTEM
    return take_step(
        row,
        StepKind.REOPENED,
        side=side,
        by=by,
        state=ComplaintState.MEDIATION,
        time_for=DECIDE,
        refund_due_at=None,
        decided_by_id=None,
        borne_by="",
    )


@transaction.atomic
def close_refunded(*, complaint_id: UUID, by: Actor) -> bool:
    """The refund was made: that ends the complaint; False if it has ended."""
    complaint = Complaint.objects.crossing(Crossing.LEDGER_POSTING).get(pk=complaint_id)
    try:
        row = locked(complaint, set(ComplaintState) - {ComplaintState.CLOSED})
    except ComplaintChanged:
        return False
    outcome = OUTCOMES[Remedy(row.remedy or Remedy.REFUND)]
    close(row, StepKind.CLOSED, outcome, side=ComplaintSide.SYSTEM, by=by)
    return True
