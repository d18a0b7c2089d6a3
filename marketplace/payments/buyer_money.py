"""What a buyer paid for an order, and got back: for the order's page and for mails."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Sum

from marketplace.orders.models import Order
from marketplace.payments.models import Payment, Refund, RefundState
from vendors.scoping import Crossing

_COUNTED = (RefundState.REQUESTED, RefundState.SENT, RefundState.MADE)


@dataclass(frozen=True)
class BuyerRefund:
    """A refund as the buyer reads of it; minor units of the order's currency.

    ``moment`` is when the money went back, or when that was decided. ``why`` is empty for one that
    was made in the engine alone.
    """

    amount_minor: int
    is_made: bool
    why: str = ""
    moment: datetime | None = None


@dataclass(frozen=True)
class BuyerMoney:
    """The money of an order; minor units of ``currency``. One that failed is no refund."""

    currency: str
    paid_minor: int
    refunds: list[BuyerRefund]

    @property
    def refunded_minor(self) -> int:
        """What went back."""
        return sum(refund.amount_minor for refund in self.refunds if refund.is_made)

    @property
    def pending_minor(self) -> int:
        """What is on its way back."""
        return sum(refund.amount_minor for refund in self.refunds if not refund.is_made)

    @property
    def rest_minor(self) -> int:
        """What the order costs the buyer after all refunds."""
        return max(self.paid_minor - self.refunded_minor - self.pending_minor, 0)


def buyer_money(order: Order) -> BuyerMoney:
    """What was charged for an order and refunded of it, oldest first."""
    sums = Payment.objects.filter(order_id=order.pk).aggregate(
        paid=Sum("charged_minor"), back=Sum("refunded_minor")
    )
    rows = Refund.objects.crossing(Crossing.BUYER_ORDER).filter(order_id=order.pk)
    found = [
        BuyerRefund(
            amount_minor=row.total_minor,
            is_made=row.state == RefundState.MADE,
            why=row.why,
            moment=row.made_at or row.requested_at,
        )
        for row in rows.filter(state__in=_COUNTED).order_by("requested_at", "pk")
    ]
    # Refunded in the engine's Dashboard, in part, and not booked to a cooperative yet.
    others = (sums["back"] or 0) - sum(refund.amount_minor for refund in found)
    if others > 0:
        found.append(BuyerRefund(amount_minor=others, is_made=True))
    return BuyerMoney(order.currency, sums["paid"] or 0, found)
