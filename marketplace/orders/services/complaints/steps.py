"""A step of a complaint: its state, its row in the history, the audit row and the event, at once.

Every step locks the vendor order first, as refunds and proposals do, and then the complaint: of two
at once the second finds what the first did.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.plain_text import plain_text
from marketplace.orders.complaint_deadlines import last_day
from marketplace.orders.complaint_errors import ComplaintChanged
from marketplace.orders.events import ComplaintMoved
from marketplace.orders.locks import locked_row
from marketplace.orders.models import (
    Complaint,
    ComplaintOutcome,
    ComplaintState,
    ComplaintStep,
    VendorOrderLine,
)
from vendors.scoping import CooperativeScope


def locked(complaint: Complaint, states: Collection[str]) -> Complaint:
    """The complaint as it is now, locked; raises ComplaintChanged in another state than these."""
    vendor_order = locked_row(complaint.vendor_order)
    rows = Complaint.objects.within(CooperativeScope(vendor_order.cooperative_id))
    row: Complaint = rows.select_for_update(of=("self",)).get(pk=complaint.pk)
    row.vendor_order = vendor_order
    if row.state not in states:
        raise ComplaintChanged
    return row


# long: the columns of a step, written with its audit row and event
def take_step(
    row: Complaint,
    kind: str,
    *,
    side: str,
    by: Actor,
    state: str,
    time_for: str = "",
    text: str = "",
    **changes: Any,
) -> Complaint:
    """Move a locked complaint on; ``time_for`` is the step that has a deadline from now."""
    now = timezone.now()
    order = row.vendor_order.order
    row.state = state
    row.due_on = last_day(time_for, order, now) if time_for else None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save()
    step = ComplaintStep.objects.create(
        complaint=row,
        kind=kind,
        side=side,
        by_name=by.name,
        text=plain_text(text),
        remedy=row.remedy,
        amount_minor=row.amount_minor,
        due_on=row.due_on,
        occurred_at=now,
    )
    audit.record(f"complaint.{kind}", row, by=by, state=state)
    publish(_moved(row, step, now))
    return row


def _moved(row: Complaint, step: ComplaintStep, now: datetime) -> ComplaintMoved:
    return ComplaintMoved(
        aggregate_id=row.vendor_order_id,
        occurred_at=now,
        complaint_id=row.pk,
        step_id=step.pk,
        kind=step.kind,
        state=row.state,
        vendor_order_id=row.vendor_order_id,
        order_id=row.vendor_order.order_id,
    )


def close(row: Complaint, kind: str, outcome: str, *, side: str, by: Actor, **more: Any) -> None:
    """End a locked complaint. The units of a withdrawn one may be complained about again."""
    if outcome == ComplaintOutcome.WITHDRAWN:
        for claimed in row.lines.all():
            lines = VendorOrderLine.objects.within(row.vendor_order.cooperative.scope)
            lines.filter(pk=claimed.line_id).update(
                quantity_claimed=F("quantity_claimed") - claimed.quantity
            )
    closed: dict[str, Any] = {"outcome": outcome, "closed_at": timezone.now(), **more}
    take_step(row, kind, side=side, by=by, state=ComplaintState.CLOSED, **closed)
