"""The buyer takes up an offer, asks the mediator, says that it is done, or withdraws."""

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.orders.complaint_deadlines import CARRY_OUT, DECIDE
from marketplace.orders.complaint_errors import ComplaintChanged
from marketplace.orders.models import (
    Complaint,
    ComplaintOutcome,
    ComplaintSide,
    ComplaintState,
    Remedy,
    StepKind,
)
from marketplace.orders.services.complaints.steps import close, locked, take_step

OUTCOMES = {
    Remedy.REFUND: ComplaintOutcome.REFUNDED,
    Remedy.PARTIAL_REFUND: ComplaintOutcome.PARTLY_REFUNDED,
    Remedy.REPAIR: ComplaintOutcome.REPAIRED,
    Remedy.EXCHANGE: ComplaintOutcome.EXCHANGED,
}
_WITHDRAWABLE = {
    ComplaintState.ASKED,
    ComplaintState.OFFERED,
    ComplaintState.REFUSED,
    ComplaintState.ACCEPTED,
    ComplaintState.MEDIATION,
}
_DISPUTABLE = {ComplaintState.OFFERED, ComplaintState.REFUSED, ComplaintState.ACCEPTED}


@transaction.atomic
def accept_offer(*, complaint: Complaint, by: Actor) -> Complaint:
    """Take up what the cooperative offers: a refund of an amount is made at once."""
    row = locked(complaint, {ComplaintState.OFFERED})
    is_refund = row.remedy == Remedy.PARTIAL_REFUND
    return take_step(
        row,
        StepKind.TAKEN_UP,
        side=ComplaintSide.BUYER,
        by=by,
        state=ComplaintState.ACCEPTED,
        time_for="" if is_refund else CARRY_OUT,
        refund_due_at=timezone.now() if is_refund else None,
    )


@transaction.atomic
def ask_mediator(*, complaint: Complaint, by: Actor) -> Complaint:
    """Ask the programme's mediator to decide; not once the refund is being made."""
    row = locked(complaint, _DISPUTABLE)
    if row.is_refunding:
        raise ComplaintChanged
    return take_step(
        row,
        StepKind.MEDIATION_ASKED,
        side=ComplaintSide.BUYER,
        by=by,
        state=ComplaintState.MEDIATION,
        time_for=DECIDE,
    )


@transaction.atomic
def confirm_done(*, complaint: Complaint, by: Actor) -> Complaint:
    """Say that the repaired or exchanged product is here: that ends the complaint."""
    row = locked(complaint, {ComplaintState.ACCEPTED})
    if row.remedy not in {Remedy.REPAIR, Remedy.EXCHANGE}:
        raise ComplaintChanged
    close(row, StepKind.CLOSED, OUTCOMES[Remedy(row.remedy)], side=ComplaintSide.BUYER, by=by)
    return row


@transaction.atomic
def withdraw(*, complaint: Complaint, by: Actor) -> Complaint:
    """Withdraw the request; not once the goods are back or the refund is being made."""
    row = locked(complaint, _WITHDRAWABLE)
    if row.is_refunding or row.returned_at is not None:
        raise ComplaintChanged
    close(row, StepKind.CLOSED, ComplaintOutcome.WITHDRAWN, side=ComplaintSide.BUYER, by=by)
    return row
