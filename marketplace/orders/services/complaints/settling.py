"""The cooperative has the goods back, or has repaired or exchanged them."""

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.orders.complaint_deadlines import CHOOSE
from marketplace.orders.complaint_errors import ComplaintChanged
from marketplace.orders.models import (
    Complaint,
    ComplaintSide,
    ComplaintState,
    StepKind,
)
from marketplace.orders.services.complaints.steps import locked, take_step
from marketplace.orders.services.record_return import record_returned_goods

_AGREED = {ComplaintState.ACCEPTED, ComplaintState.DECIDED}


def confirm_returned(*, complaint: Complaint, restock: bool, by: Actor) -> Complaint:
    """Record that the goods are back, once; with it the refund is due.

    Both are written in one transaction, before the engine is told; after a crash a job finishes
    what the engine does not know. Raises ComplaintChanged, TooManyReturned, EngineUnavailable.
    """

    def mark() -> None:
        row = locked(complaint, _AGREED)
        if not row.awaits_return:
            raise ComplaintChanged
        take_step(
            row,
            StepKind.RETURNED,
            side=ComplaintSide.COOPERATIVE,
            by=by,
            state=row.state,
            returned_at=timezone.now(),
            refund_due_at=timezone.now(),
        )

    record_returned_goods(
        vendor_order=complaint.vendor_order,
        quantities={row.line_id: row.quantity for row in complaint.lines.all()},
        restock=restock,
        reason=complaint.get_reason_display(),
        by=by,
        complaint_id=complaint.pk,
        also=mark,
    )
    complaint.refresh_from_db()
    return complaint


@transaction.atomic
def carried_out(*, complaint: Complaint, text: str, by: Actor) -> Complaint:
    """Say that the repair or exchange is on its way; the buyer confirms it, or asks the mediator.

    Unless the buyer objects until the date, that ends the complaint.
    """
    row = locked(complaint, {ComplaintState.ACCEPTED})
    if not row.awaits_work:
        raise ComplaintChanged
    return take_step(
        row,
        StepKind.CARRIED_OUT,
        side=ComplaintSide.COOPERATIVE,
        by=by,
        state=ComplaintState.ACCEPTED,
        time_for=CHOOSE,
        text=text,
        carried_out_at=timezone.now(),
    )
