"""A buyer asks for a return or complains about what has arrived."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.formats import Format
from marketplace.core.plain_text import plain_text
from marketplace.core.private_files import delete_private, save_private
from marketplace.orders.complaint_deadlines import REPLY, last_day_to_ask
from marketplace.orders.complaint_errors import ConfirmedByBuyer, TooLateToComplain, TooManyClaimed
from marketplace.orders.locks import locked_row
from marketplace.orders.models import (
    Complaint,
    ComplaintLine,
    ComplaintPhoto,
    ComplaintReason,
    ComplaintSide,
    ComplaintState,
    StepKind,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.orders.queries.complaints import claimable_lines, delivered_at, is_confirmed
from marketplace.orders.services.complaints.steps import take_step

MOST_PHOTOS = 4
LONGEST_TEXT = 2000


# long: says all that a request needs, under one lock
def ask(
    *,
    vendor_order: VendorOrder,
    quantities: Mapping[UUID, int],
    reason: str,
    text: str,
    photos: Sequence[bytes] = (),
    key: UUID,
    by: Actor,
) -> Complaint:
    """Complain about units (our line id → quantity) that arrived; the same ``key`` is asked once.

    ``photos`` are JPEG as ``catalog.photo_files`` makes them. Raises TooManyClaimed for more than
    arrived and is unsettled, TooLateToComplain, and ConfirmedByBuyer where the buyer said before
    that it all arrived.
    """
    stored: list[str] = []
    try:
        with transaction.atomic():
            locked = locked_row(vendor_order)
            known: Complaint | None = locked.complaints.filter(request_key=key).first()
            if known is not None:
                return known
            lines = _wanted(locked, quantities)
            require_in_time(locked, reason, timezone.now())
            row = Complaint(vendor_order=locked, request_key=key, reason=reason)
            row.text, row.asked_at = plain_text(text)[:LONGEST_TEXT], timezone.now()
            row.save(force_insert=True)
            _claim(row, lines)
            _store(row, photos, stored)
            side, state = ComplaintSide.BUYER, ComplaintState.ASKED
            return take_step(row, StepKind.ASKED, side=side, by=by, state=state, time_for=REPLY)
    except BaseException:
        for name in stored:
            delete_private(name)
        raise


def _store(row: Complaint, photos: Sequence[bytes], stored: list[str]) -> None:
    """Write the photographs; their names are noted before, so that a failure leaves none behind."""
    for position, content in enumerate(photos[:MOST_PHOTOS]):
        photo = ComplaintPhoto.objects.create(complaint=row, position=position)
        stored.append(photo.stored_at)
        save_private(photo.stored_at, [content])


def require_in_time(vendor_order: VendorOrder, reason: str, now: datetime) -> None:
    """Raise TooLateToComplain or ConfirmedByBuyer if a reason no longer serves."""
    arrived = delivered_at(vendor_order)
    if arrived is None:
        raise TooManyClaimed
    if reason == ComplaintReason.NOT_COME and is_confirmed(vendor_order):
        raise ConfirmedByBuyer
    order = vendor_order.order
    last = last_day_to_ask(reason, order, arrived)
    if day_of(now, order.zone) > last:
        written = Format(get_language() or order.language, order.market)
        raise TooLateToComplain(day=written.day(last))


def _wanted(
    locked: VendorOrder, quantities: Mapping[UUID, int]
) -> list[tuple[VendorOrderLine, int]]:
    left = {line.pk: (line, most) for line, most in claimable_lines(locked)}
    wanted = {key: quantity for key, quantity in quantities.items() if quantity}
    if not wanted or any(key not in left for key in wanted):
        raise TooManyClaimed
    if any(not 0 < quantity <= left[key][1] for key, quantity in wanted.items()):
        raise TooManyClaimed
    return [(left[key][0], quantity) for key, quantity in wanted.items()]


def _claim(row: Complaint, lines: Sequence[tuple[VendorOrderLine, int]]) -> None:
    for line, quantity in lines:
        ComplaintLine.objects.create(complaint=row, line=line, quantity=quantity)
        line.quantity_claimed += quantity
        line.save(update_fields=["quantity_claimed"])
