"""Write a message to a buyer's phone, in the transaction of what it tells; a loop sends it."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from marketplace.core.formats import Format
from marketplace.core.page_digits import in_text_digits
from marketplace.orders.models import CheckoutAttempt, Order, TextMessage, TextState

CASH_CODE = "cash-code"


def text_buyer(order: Order, *, key: str, text: str, link: str = "") -> bool:
    """A message of one thing of an order, once; the order's language is active.

    False where the buyer has no number any more, or was told it before.
    """
    if not order.phone:
        return False
    written = in_text_digits(f"{_('Twiza')}: {text}", Format(order.language, order.market))
    _row, is_new = TextMessage.objects.get_or_create(
        order=order,
        key=key,
        is_code=False,
        defaults={
            "recipient": order.phone,
            "language": order.language,
            "text": f"{written} {link}".strip(),
        },
    )
    return is_new


def text_attempt(attempt: CheckoutAttempt, *, key: str, text: str) -> None:
    """A message of a checkout that came to no order; its language is active."""
    TextMessage.objects.get_or_create(
        attempt=attempt,
        key=key,
        is_code=False,
        defaults={
            "recipient": attempt.phone,
            "language": attempt.language,
            "text": f"{_('Twiza')}: {text}",
        },
    )


def text_phone(*, to: str, language: str, key: str, text: str) -> None:
    """A message that belongs to no order and no checkout; its language is active."""
    TextMessage.objects.create(
        key=key, language=language, recipient=to, text=f"{_('Twiza')}: {text}"
    )


def text_code(
    *,
    to: str,
    language: str,
    text: str,
    code: str,
    until: datetime,
    attempt: CheckoutAttempt | None = None,
    order: Order | None = None,
    key: str = CASH_CODE,
) -> None:
    """A code for a checkout or an order; one that still waits to be sent is dropped."""
    with transaction.atomic():
        earlier = TextMessage.objects.filter(attempt=attempt, order=order, key=key)
        earlier.filter(state=TextState.WAITING).delete()
        TextMessage.objects.create(
            attempt=attempt,
            order=order,
            key=key,
            language=language,
            recipient=to,
            text=f"{_('Twiza')}: {text}",
            is_code=True,
            code=code,
            useful_until=until,
        )
