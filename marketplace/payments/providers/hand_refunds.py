"""Money that staff send back by hand: no programme can do it for them.

The engine is told when they say that it is done (``services.confirm_hand_refund``).
"""

from marketplace.core.money import Money
from marketplace.payments.models import HandRefund, Payment
from marketplace.payments.providers.base import LATER, Answer


def refund_by_hand(payment: Payment, amount: Money, *, key: str) -> Answer:
    """Put a refund on the staff's list, once for each key; done when they say so."""
    wanted, _made = HandRefund.objects.get_or_create(
        key=key,
        defaults={
            "payment": payment,
            "amount_minor": amount.amount_minor,
            "currency": amount.currency,
        },
    )
    result = "REFUND_SUCCESS" if wanted.done_at else LATER
    return Answer(result, amount, actions=("REFUND",))
