"""Refunds that staff made in the engine's own Dashboard become refunds of ours.

The money went back, so the cooperatives' balances have to follow. A whole
refund says whose money it was. A part of an order of several cooperatives does not: such money is
told by the doctor (``unbooked``).
"""

import logging
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from marketplace.core.actors import Actor
from marketplace.orders.models import VendorOrder
from marketplace.orders.reasons import IN_THE_ENGINE
from marketplace.payments.errors import RefundRefused
from marketplace.payments.models import Payment, Refund, RefundState
from marketplace.payments.services.refund import confirm_refund
from marketplace.payments.services.request_refund import request_refund, rest_of
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

BY = Actor.saleor()


def book_whole_refunds(*, order_id: UUID) -> list[Refund]:
    """Book the rest of each vendor order when the engine refunded the whole payment.

    Idempotent; publishes RefundMade for each. Does nothing if refunds of ours account for all
    of it, or if a part of the payment is not refunded.
    """
    booked: list[Refund] = []
    with transaction.atomic():
        # Lock before summing: a refund of ours is written down before it is sent.
        parts = VendorOrder.objects.crossing(Crossing.ENGINE_PROJECTION)
        mine = list(parts.select_for_update(of=("self",)).filter(order_id=order_id).order_by("pk"))
        for payment, _left in unbooked(Payment.objects.filter(order_id=order_id)):
            if payment.refunded_minor >= payment.charged_minor:
                booked += [refund for part in mine for refund in _book(part)]
    return booked


def unbooked(payments: QuerySet[Payment]) -> list[tuple[Payment, int]]:
    """Payments of which more was refunded than refunds of ours account for, and how much.

    Amounts are minor units of the payment's currency.
    """
    found = list(
        payments.filter(captured_at__isnull=False, returned_at__isnull=True, refunded_minor__gt=0)
    )
    refunds = Refund.objects.crossing(Crossing.ENGINE_PROJECTION).filter(payment__in=found)
    known: dict[UUID, int] = {}
    for refund in refunds.exclude(state=RefundState.FAILED):
        known[refund.payment_id] = known.get(refund.payment_id, 0) + refund.total_minor
    return [
        (payment, left)
        for payment in found
        if (left := payment.refunded_minor - known.get(payment.pk, 0)) > 0
    ]


def _book(part: VendorOrder) -> list[Refund]:
    """The rest of a vendor order as a made refund; none if all was refunded before."""
    left, with_shipping = rest_of(part)
    if not with_shipping and not any(left.values()):
        return []
    try:
        refund = request_refund(
            vendor_order=part,
            lines=left,
            include_shipping=with_shipping,
            reason=IN_THE_ENGINE,
            by=BY,
        )
    except RefundRefused as refused:
        logger.warning("What went back of %s is not booked: %s", part.number, refused.code)
        return []
    return [confirm_refund(refund_id=refund.pk, by=BY)]
