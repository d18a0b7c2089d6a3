"""Refunds that settle complaints of buyers: each exactly once, by the services of refunds.

What a cooperative agrees to is refunded by the shop: it gives up its own sale. What a mediator
decides is refunded in the mediator's name and within the limits of refunds; above them it is
proposed, and another person confirms it. Where the money is not with the programme yet (cash that
the carrier still has), a job asks again until it is.
"""

import logging
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.orders.complaint_errors import ComplaintChanged
from marketplace.orders.models import Complaint, ComplaintState, Remedy
from marketplace.orders.queries.complaints import claimed_minor
from marketplace.orders.reasons import MEDIATOR, RETURN_ACCEPTED
from marketplace.orders.services import complaints
from marketplace.orders.services.amounts import worth
from marketplace.payments.errors import NotPaidYet, RefundRefused, SecondPersonNeeded
from marketplace.payments.models import ProposalState, Refund, RefundProposal, RefundState
from marketplace.payments.services.refund_proposals import all_proposals, propose_refund
from marketplace.payments.services.request_refund import (
    Settles,
    all_refunds,
    locked_order,
    request_refund,
)
from vendors.accounts import User
from vendors.scoping import Crossing, ScopedQuerySet

logger = logging.getLogger(__name__)
AT_ONCE = 200


@transaction.atomic
def decide_complaint(
    *, complaint: Complaint, decision: complaints.Decision, by: Actor
) -> Refund | RefundProposal | None:
    """Write a mediator's decision down with its refund, or its proposal above the limits.

    None where nothing is refunded, or not yet: the goods are to come back first, or the carrier
    has the money. Raises as ``complaints.decide``, and RefundRefused; then nothing was decided.
    """
    decided = complaints.decide(complaint=complaint, decision=decision, by=by)
    if not decided.is_refunding:
        return None
    try:
        with transaction.atomic():
            return _write_down(decided, replaces_failed=True)
    except NotPaidYet:
        return None


@transaction.atomic
def request_due_refund(*, complaint_id: UUID) -> bool:
    """Write down the refund of a complaint if it is due and not there; returns whether it was.

    Raises RefundRefused.
    """
    found = _complaints().select_related("vendor_order").get(pk=complaint_id)
    locked_order(found.vendor_order_id)
    found.refresh_from_db()
    return found.is_refunding and _write_down(found) is not None


def request_due_refunds() -> int:
    """Write down the refunds that are due and could not be before; returns how many."""
    rows = _complaints().filter(refund_due_at__isnull=False)
    waiting = rows.exclude(state=ComplaintState.CLOSED)
    asked = all_refunds().filter(complaint_id__isnull=False).values("complaint_id")
    waiting = waiting.exclude(pk__in=asked).order_by("refund_due_at")
    written = 0
    for complaint_id in waiting.values_list("pk", flat=True)[:AT_ONCE]:
        try:
            written += request_due_refund(complaint_id=complaint_id)
        except RefundRefused as refused:
            logger.info("The refund of complaint %s waits: %s", complaint_id, refused.code)
    return written


def refund_of(complaint: Complaint) -> Refund | None:
    """The refund that settles a complaint."""
    found: Refund | None = all_refunds().filter(complaint_id=complaint.pk).first()
    return found


def proposal_of(complaint: Complaint) -> RefundProposal | None:
    """The proposed refund of a complaint that waits for its second person."""
    rows = all_proposals().filter(complaint_id=complaint.pk, state=ProposalState.OPEN)
    found: RefundProposal | None = rows.first()
    return found


@transaction.atomic
def reopen_stuck(*, complaint: Complaint, by: Actor) -> Complaint:
    """Give a complaint to the mediator whose refund cannot be made: refused, or made otherwise.

    Raises ComplaintChanged while a refund or a proposal of it is under way.
    """
    locked_order(complaint.vendor_order_id)
    refund = refund_of(complaint)
    if proposal_of(complaint) or (refund and refund.state != RefundState.FAILED):
        raise ComplaintChanged
    return complaints.reopen(complaint=complaint, by=by)


def reopen_undone(*, proposal_id: UUID, by: Actor) -> None:
    """The proposed refund of a decision was withdrawn or expired: the mediator decides anew."""
    proposal = all_proposals().get(pk=proposal_id)
    if proposal.complaint_id is None or proposal.state == ProposalState.CONFIRMED:
        return
    complaint = _complaints().select_related("vendor_order").get(pk=proposal.complaint_id)
    if complaint.state != ComplaintState.DECIDED or proposal_of(complaint) or refund_of(complaint):
        return
    complaints.reopen(complaint=complaint, by=by)


def _write_down(row: Complaint, *, replaces_failed: bool = False) -> Refund | RefundProposal | None:
    """The vendor order is locked by now. One that the provider refused takes a new decision."""
    if (earlier := refund_of(row)) is not None:
        if earlier.state != RefundState.FAILED or not replaces_failed:
            return None
        all_refunds().filter(pk=earlier.pk).update(complaint_id=None)
    # Proposed for this decision, it is not proposed again: withdrawn, the mediator decides anew.
    proposed = all_proposals().filter(complaint_id=row.pk, proposed_at__gte=row.refund_due_at)
    if proposed.exists():
        return None
    partial = row.remedy == Remedy.PARTIAL_REFUND
    wanted: dict[str, Any] = {
        "vendor_order": row.vendor_order,
        "lines": {} if partial else {x.line_id: x.quantity for x in row.lines.all()},
        "include_shipping": row.include_shipping,
        "settles": Settles(row.pk, row.borne_by, _amounts(row) if partial else {}),
    }
    if row.decided_by_id is None:
        return request_refund(**wanted, reason=RETURN_ACCEPTED, by=Actor.system("agreed return"))
    mediator = User.objects.get(pk=row.decided_by_id).actor
    try:
        with transaction.atomic():
            return request_refund(**wanted, reason=MEDIATOR, by=mediator)
    except SecondPersonNeeded:
        return propose_refund(**wanted, reason=MEDIATOR, by=mediator)


def _amounts(row: Complaint) -> Mapping[UUID, int]:
    """A partial refund, divided among the lines by the price of their units."""
    claimed = list(row.lines.select_related("line"))
    prices = [worth(x.line, already=0, more=x.quantity) for x in claimed]
    whole = Money(min(row.amount_minor or 0, claimed_minor(row)), row.vendor_order.currency)
    parts = whole.allocate(prices)
    return {x.line_id: part.amount_minor for x, part in zip(claimed, parts, strict=True)}


def _complaints() -> ScopedQuerySet:
    return Complaint.objects.crossing(Crossing.BUYER_ORDER)
