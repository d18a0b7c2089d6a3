"""Refunds that staff make themselves, because no provider can be asked for them.

The engine is told when they confirm one (``services.confirm_manual_refund``).
"""

from marketplace.core.money import Money
from marketplace.payments.models import ManualRefund, Payment
from marketplace.payments.providers.base import LATER, Answer


def record_manual_refund(payment: Payment, amount: Money, *, key: str) -> Answer:
    """Put a refund on the staff's list, once for each key; it is made when they confirm it."""
    wanted, _made = ManualRefund.objects.get_or_create(
        key=key,
        defaults={
            "payment": payment,
            "amount_minor": amount.amount_minor,
            "currency": amount.currency,
        },
    )
    result = "REFUND_SUCCESS" if wanted.done_at else LATER
    return Answer(result, amount, actions=("REFUND",))
