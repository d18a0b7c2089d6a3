"""A refund above what one person refunds alone: proposed by one, confirmed by another.

Nothing moves, is booked or counts as refunded until it is confirmed. A proposal is bound to its
amount and to the refunds that the order had: if either changes, it cannot be confirmed any more.
A proposed cancellation is one of these: confirmed, the order is cancelled and refunded.
"""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.audit import record
from marketplace.core.events import publish
from marketplace.orders.errors import WrongState
from marketplace.orders.models import VendorOrder
from marketplace.orders.services.cancel import cancel_vendor_order
from marketplace.payments.errors import (
    ProposalDecided,
    ProposalExpired,
    RefundedMeanwhile,
    RefundProposed,
)
from marketplace.payments.events import RefundProposalClosed, RefundProposalMade
from marketplace.payments.models import ProposalState, Refund, RefundProposal, RefundState
from marketplace.payments.refund_limits import refund_limit
from marketplace.payments.services.refund import send_refund
from marketplace.payments.services.request_refund import (
    Settles,
    all_refunds,
    decide_refund,
    locked_order,
    payment_with,
    request_refund,
)
from vendors.accounts import User
from vendors.scoping import Crossing, ScopedQuerySet
from vendors.two_persons import require_second_person


# long: the columns of a proposal, written under one lock
@transaction.atomic
def propose_refund(
    *,
    vendor_order: VendorOrder,
    lines: Mapping[UUID, int],
    include_shipping: bool,
    reason: str,
    by: Actor,
    seen: int | None = None,
    cancels: bool = False,
    restock: bool = True,
    settles: Settles | None = None,
) -> RefundProposal:
    """Propose a refund, with its amounts as of now; raises as ``make_refund``.

    And RefundProposed while another one of the order waits. ``settles`` is the complaint behind it.
    """
    settles = settles or Settles()
    locked = locked_order(vendor_order.pk)
    if all_proposals().filter(vendor_order_id=locked.pk, state=ProposalState.OPEN).exists():
        raise RefundProposed
    wanted, shipping_minor = decide_refund(
        locked, lines, include_shipping=include_shipping, seen=seen, amounts=settles.amounts
    )
    total_minor = sum(line.amount_minor for line in wanted) + shipping_minor
    payment_with(locked.order_id, total_minor)
    limit = refund_limit(locked.currency, programme=locked.programme.slug)
    proposal: RefundProposal = RefundProposal.objects.create(
        order_id=locked.order_id,
        vendor_order_id=locked.pk,
        cooperative_id=locked.cooperative_id,
        currency=locked.currency,
        lines={str(line.line_id): line.quantity for line in wanted if line.quantity},
        amounts={str(line.line_id): line.amount_minor for line in wanted if not line.quantity},
        complaint_id=settles.complaint_id,
        borne_by=settles.borne_by,
        include_shipping=include_shipping,
        total_minor=total_minor,
        reason=reason[:300],
        cancels=cancels,
        restock=restock,
        seen=_refunds_of(locked.pk),
        proposed_by=User.objects.get(pk=by.id),
        expires_at=timezone.now() + limit.open_for,
    )
    publish(
        RefundProposalMade(
            aggregate_id=proposal.pk, occurred_at=proposal.proposed_at, proposal_id=proposal.pk
        )
    )
    told = {"total_minor": total_minor, "reason": reason, "cancels": cancels}
    record("refund.proposed", proposal, by=by, **told)
    return proposal


def confirm_refund_proposal(*, proposal: RefundProposal, by: Actor) -> Refund:
    """Refund what another person has proposed: it is written down, then sent.

    Two who confirm at once, or one twice, make one refund; after a crash the worker sends it.
    Raises SamePersonTwice or NotIndependent, ProposalDecided, ProposalExpired, RefundedMeanwhile
    when the order's refunds are not those that the proposal knew, and as ``make_refund``. One that
    cancels raises WrongState once the order was shipped, is being packed or was cancelled.
    """
    if proposal.cancels:
        refund = _cancel_and_write_down(proposal, by)
    else:
        with transaction.atomic():
            refund = _write_down(proposal, by)
    return send_refund(refund_id=refund.pk, by=by)


def _cancel_and_write_down(proposal: RefundProposal, by: Actor) -> Refund:
    """Both in one transaction; the engine is told to cancel after it."""
    written: list[Refund] = []
    cancel_vendor_order(
        vendor_order=VendorOrder.objects.crossing(Crossing.BUYER_ORDER).get(
            pk=proposal.vendor_order_id
        ),
        reason=proposal.reason,
        restock=proposal.restock,
        by=proposal.proposed_by.actor,
        also=lambda _locked: written.append(_write_down(proposal, by)),
    )
    if not written:
        raise WrongState
    return written[0]


def _write_down(proposal: RefundProposal, by: Actor) -> Refund:
    """The refund that another person has proposed, and the end of the proposal."""
    vendor_order = locked_order(proposal.vendor_order_id)
    row = _open(proposal)
    if not row.may_be_confirmed(timezone.now()):
        raise ProposalExpired
    second = require_second_person(first=row.proposed_by_id, by=by)
    refund = request_refund(
        vendor_order=vendor_order,
        lines=row.quantities,
        include_shipping=row.include_shipping,
        reason=row.reason,
        seen=row.seen,
        by=row.proposed_by.actor,
        confirmed_by=by,
        sent_here=True,
        settles=Settles(row.complaint_id, row.borne_by, row.amounts_by_line),
    )
    if refund.total_minor != row.total_minor:
        raise RefundedMeanwhile
    _close(row, ProposalState.CONFIRMED, decided_by=second, refund=refund, by=by)
    return refund


@transaction.atomic
def withdraw_refund_proposal(*, proposal: RefundProposal, by: Actor) -> RefundProposal:
    """End an open proposal, by whoever made it or might confirm it; raises ProposalDecided."""
    locked_order(proposal.vendor_order_id)
    row = _open(proposal)
    _close(row, ProposalState.WITHDRAWN, decided_by=User.objects.get(pk=by.id).pk, by=by)
    return row


def expire_refund_proposals(*, by: Actor) -> int:
    """End proposals that nobody confirmed in time; whoever is concerned is mailed."""
    due = all_proposals().filter(state=ProposalState.OPEN, expires_at__lte=timezone.now())
    return sum(_expire(proposal, by) for proposal in due.order_by("expires_at")[:200])


def all_proposals() -> ScopedQuerySet:
    """Proposals of all cooperatives: a buyer's order may have several."""
    return RefundProposal.objects.crossing(Crossing.BUYER_ORDER)


@transaction.atomic
def _expire(proposal: RefundProposal, by: Actor) -> bool:
    locked_order(proposal.vendor_order_id)
    try:
        row = _open(proposal)
    except ProposalDecided:
        return False
    _close(row, ProposalState.EXPIRED, by=by)
    return True


def _open(proposal: RefundProposal) -> RefundProposal:
    """The proposal, locked after its order; raises ProposalDecided."""
    rows = all_proposals().select_for_update(of=("self",)).select_related("proposed_by")
    row: RefundProposal = rows.get(pk=proposal.pk)
    if row.state != ProposalState.OPEN:
        raise ProposalDecided
    return row


def _close(
    row: RefundProposal,
    state: ProposalState,
    *,
    by: Actor,
    decided_by: int | None = None,
    refund: Refund | None = None,
) -> None:
    row.state, row.decided_at = state, timezone.now()
    row.decided_by_id, row.refund = decided_by, refund
    row.save(update_fields=["state", "decided_at", "decided_by", "refund"])
    publish(
        RefundProposalClosed(
            aggregate_id=row.pk, occurred_at=row.decided_at, proposal_id=row.pk, state=state
        )
    )
    record(f"refund.proposal_{state}", row, by=by, total_minor=row.total_minor)


def _refunds_of(vendor_order_id: UUID) -> int:
    rows = all_refunds().filter(vendor_order_id=vendor_order_id)
    return int(rows.exclude(state=RefundState.FAILED).count())
