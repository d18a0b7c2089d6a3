"""Books settlements that concern no single cooperative: with card provider and carriers."""

from datetime import datetime

from django.db import transaction

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.ledger.movement import About, Leg
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of, booked_on, post
from vendors.models import Programme
from vendors.permissions import StaffPermission


@transaction.atomic
def settle_card_provider(
    *,
    programme: Programme,
    gross: Money,
    fee: Money,
    reference: str,
    occurred_at: datetime,
    by: Actor,
) -> LedgerTransaction:
    """Book the card provider's payment of ``gross`` less its ``fee`` to the programme's bank.

    Once for each ``reference``. Raises Forbidden.
    """
    legs = [
        Leg(AccountCode.BANK, gross - fee),
        Leg(AccountCode.PSP_FEE, fee),
        Leg(AccountCode.PSP_CLEARING, -gross),
    ]
    return _book(programme, Cause.PSP_SETTLED, reference, legs, occurred_at, by)


@transaction.atomic
def pay_carrier(
    *, programme: Programme, amount: Money, reference: str, occurred_at: datetime, by: Actor
) -> LedgerTransaction:
    """Book a payment to a carrier for deliveries, once for its invoice ``reference``.

    Raises Forbidden.
    """
    legs = [Leg(AccountCode.SHIPPING_PAYABLE, amount), Leg(AccountCode.BANK, -amount)]
    return _book(programme, Cause.CARRIER_PAID, reference, legs, occurred_at, by)


def _book(
    programme: Programme,
    cause: Cause,
    reference: str,
    legs: list[Leg],
    occurred_at: datetime,
    by: Actor,
) -> LedgerTransaction:
    require_permission(by, programme, StaffPermission.PAYOUT_PREPARE)
    book = book_of(programme.pk)
    row = post(
        book=book,
        key=f"{cause.value.replace('_', '-')}:{programme.pk}:{reference}",
        cause=cause,
        legs=legs,
        occurred_at=occurred_at,
        booked_on=booked_on(book, occurred_at),
        about=About(memo=reference),
    )
    audit.record(f"ledger.{cause.value}", row, by=by, reference=reference)
    return row
