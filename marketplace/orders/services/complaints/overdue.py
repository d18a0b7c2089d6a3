"""What becomes of a complaint when a date has passed: the daily job."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.orders.complaint_deadlines import DECIDE
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
from marketplace.orders.services.complaints.steps import close, locked, take_step
from vendors.scoping import Crossing

_WAITING = {
    ComplaintState.ASKED,
    ComplaintState.OFFERED,
    ComplaintState.REFUSED,
    ComplaintState.ACCEPTED,
    ComplaintState.DECIDED,
}
BY = Actor.system("complaint deadlines")


def close_or_pass_on_overdue(*, now: datetime | None = None) -> int:
    """Move complaints on whose date has passed; returns how many.

    What the cooperative owes (a reply, a repair, an exchange, the receipt of a return) goes to the
    mediator; an offer or a refusal to which the buyer says nothing ends the complaint, and so does
    a repair or an exchange to which the buyer does not object. A mediator's own date passes nothing
    on: the list of staff shows it as late.
    """
    now = now or timezone.now()
    rows = Complaint.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        state__in=_WAITING, due_on__lt=now.date(), refund_due_at__isnull=True
    )
    found = rows.select_related("vendor_order__order").order_by("due_on")[:500]
    return sum(_move_on(row, now) for row in found)


@transaction.atomic
def _move_on(complaint: Complaint, now: datetime) -> bool:
    try:
        row = locked(complaint, _WAITING)
    except ComplaintChanged:
        return False
    is_over = row.due_on is not None and row.due_on < day_of(now, row.vendor_order.order.zone)
    if not is_over or row.refund_due_at is not None:
        return False
    if row.state == ComplaintState.OFFERED:
        _close(row, ComplaintOutcome.LAPSED)
    elif row.state == ComplaintState.REFUSED:
        _close(row, ComplaintOutcome.REFUSED)
    elif row.carried_out_at is not None:
        _close(row, OUTCOMES[Remedy(row.remedy)])
    else:
        take_step(
            row,
            StepKind.PASSED_ON,
            side=ComplaintSide.SYSTEM,
            by=BY,
            state=ComplaintState.MEDIATION,
            time_for=DECIDE,
        )
    return True


def _close(row: Complaint, outcome: str) -> None:
    close(row, StepKind.CLOSED, outcome, side=ComplaintSide.SYSTEM, by=BY)
