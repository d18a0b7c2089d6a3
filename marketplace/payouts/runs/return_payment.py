"""Books a payment that the bank or the provider returned.

After commit, the cooperative is told by mail (``PayoutReturned``).
"""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import WrongState
from marketplace.payouts.events import PayoutReturned
from marketplace.payouts.models import (
    LineState,
    PayoutLine,
    PayoutRun,
)
from marketplace.payouts.runs.book_lines import move, paying_account
from marketplace.payouts.runs.states import AT_THE_BANK, close_when_answered, locked
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope


@transaction.atomic
def mark_returned(
    *, line: PayoutLine, reason: str, by: Actor, at: datetime | None = None
) -> PayoutLine:
    """Record that the bank returned a payment: the cooperative's money is available again.

    It is paid again only after its account has been confirmed anew. Raises WrongState, Forbidden.
    """
    require_permission(by, line.run.programme, StaffPermission.PAYOUT_PREPARE)
    run, at = locked(line.run), at or timezone.now()
    if run.state not in AT_THE_BANK:
        raise WrongState
    return return_payment(run, line, reason=reason, by=by, at=at)


def return_payment(
    run: PayoutRun, line: PayoutLine, *, reason: str, by: Actor, at: datetime
) -> PayoutLine:
    """Book a returned payment. The run must be locked. Raises WrongState."""
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    locked_line: PayoutLine = rows.select_for_update(of=("self",)).get(pk=line.pk)
    if locked_line.state not in {LineState.READY, LineState.SETTLED}:
        raise WrongState
    was_ready = locked_line.state == LineState.READY
    source = AccountCode.IN_RUN if was_ready else paying_account(run.provider)
    move(locked_line, run, Cause.PAYOUT_RETURNED, source, AccountCode.RELEASED, at=at)
    locked_line.state, locked_line.returned_at = LineState.RETURNED, at
    locked_line.return_reason = reason[:200]
    locked_line.save(update_fields=["state", "returned_at", "return_reason"])
    close_when_answered(run, at)
    audit.record(
        "payout.return", run, by=by, line=line.end_to_end_id, reason=locked_line.return_reason
    )
    publish(
        PayoutReturned(
            aggregate_id=line.cooperative_id,
            cooperative_id=line.cooperative_id,
            programme_id=run.programme_id,
            payout_line_id=line.pk,
            occurred_at=at,
        )
    )
    return locked_line
