"""What of payments keeps a buyer's data from being erased; the payments themselves name nobody."""

from collections.abc import Collection, Iterator
from uuid import UUID

from marketplace.payments.models import (
    DisputeState,
    ManualRefund,
    PaymentDispute,
    Refund,
    RefundState,
)
from vendors.scoping import Crossing


def open_refunds(order_ids: Collection[UUID]) -> Iterator[UUID]:
    """The orders of which money is on its way back."""
    rows = Refund.objects.crossing(Crossing.BUYER_ORDER).filter(order_id__in=order_ids)
    waiting = rows.filter(state__in=(RefundState.REQUESTED, RefundState.SENT))
    yield from waiting.values_list("order_id", flat=True)
    by_hand = ManualRefund.objects.filter(payment__order_id__in=order_ids, done_at__isnull=True)
    yield from by_hand.values_list("payment__order_id", flat=True)


def open_disputes(order_ids: Collection[UUID]) -> list[UUID]:
    """The orders of which a bank has taken the payment back, and has not decided yet."""
    rows = PaymentDispute.objects.filter(payment__order_id__in=order_ids, state=DisputeState.OPEN)
    return list(rows.values_list("payment__order_id", flat=True))
