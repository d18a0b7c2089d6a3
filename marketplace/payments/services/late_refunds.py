"""A refund that failed here, and of which the engine reports a success after all.

The engine may refuse a request, or an answer may be lost, and the provider pay back nevertheless:
its word comes later, by a webhook or a sweep. The money went back, so the refund is made and
cooperatives' balances follow, although its units counted as not refunded in between.
"""

from typing import Any
from uuid import UUID

from marketplace.core.actors import Actor
from marketplace.payments import engine
from marketplace.payments.models import Refund, RefundState
from marketplace.payments.services.refund import confirm_refund
from vendors.scoping import Crossing


def confirm_late_refunds(*, order_id: UUID, transactions: list[Any]) -> list[Refund]:
    """Make the failed refunds of an order that the engine's transactions report; idempotent."""
    rows = Refund.objects.crossing(Crossing.ENGINE_PROJECTION)
    failed = rows.filter(order_id=order_id, state=RefundState.FAILED).order_by("requested_at")
    return [
        confirm_refund(refund_id=refund.pk, by=Actor.saleor())
        for refund in failed
        if engine.is_reported(transactions, refund)
    ]
