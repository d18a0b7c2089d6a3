"""Explains a difference by a correcting posting."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.ledger.accounting.numbering import take_numbers
from marketplace.ledger.chart import ASSETS, COOPERATIVE_ACCOUNTS, AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.ledger.movement import About, Leg
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of, booked_on, post
from marketplace.payouts.errors import AlreadyExplained, ExplanationMissing
from marketplace.payouts.reconciliation.models import Counterpart, Difference
from vendors.models import Programme
from vendors.permissions import StaffPermission

# The account that each counterpart is compared with.
ACCOUNT_OF = {
    Counterpart.ENGINE: AccountCode.PSP_CLEARING,
    Counterpart.PROVIDER: AccountCode.PSP_CLEARING,
    Counterpart.CARRIER: AccountCode.CARRIER_COD,
    Counterpart.BANK: AccountCode.BANK,
}


# Accounts that may explain a difference: neither a cooperative's nor another asset's.
EXPLAINING = tuple(
    code for code in AccountCode if code not in ASSETS and code not in COOPERATIVE_ACCOUNTS
)


# long: one transaction: checks, posting and audit entry in their order
@transaction.atomic
def explain_difference(
    *,
    difference: Difference,
    programme: Programme,
    against: AccountCode,
    explanation: str,
    by: Actor,
) -> Difference:
    """Post a difference's gap on the counterpart's account against another, with an explanation.

    ``against`` is one of ``EXPLAINING``. The posting has a number of the series ``correction``.
    Raises AlreadyExplained, ExplanationMissing, Forbidden.
    """
    user = require_permission(by, programme, StaffPermission.BOOKS_KEEP)
    row = Difference.objects.select_for_update().get(pk=difference.pk, book__programme=programme)
    if row.explained_at is not None or row.gone_at is not None or not row.gap_minor:
        raise AlreadyExplained
    if not explanation.strip() or against not in EXPLAINING:
        raise ExplanationMissing
    now = timezone.now()
    row.posting = _post_gap(row, programme, against, explanation, now)
    row.explained_by, row.explained_at, row.explanation = user, now, explanation.strip()[:300]
    row.save(update_fields=["posting", "explained_by", "explained_at", "explanation"])
    audit.record(
        "books.explain",
        row,
        by=by,
        about=row.subject,
        gap_minor=row.gap_minor,
        currency=row.currency,
        against=against.value,
        explanation=row.explanation,
    )
    return row


def _post_gap(
    row: Difference, programme: Programme, against: AccountCode, explanation: str, now: datetime
) -> LedgerTransaction:
    book = book_of(programme.pk)
    day, gap = booked_on(book, now), Money(row.gap_minor, row.currency)
    (number,) = take_numbers(book, "correction", day.year)
    return post(
        book=book,
        key=f"difference:{row.pk}",
        cause=Cause.CORRECTION,
        legs=[Leg(ACCOUNT_OF[Counterpart(row.counterpart)], gap), Leg(against, -gap)],
        occurred_at=now,
        booked_on=day,
        about=About(memo=f"EC{day.year}-{number:05d} {explanation}"[:200]),
    )
