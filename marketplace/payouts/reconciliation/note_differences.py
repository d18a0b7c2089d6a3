"""Stores the differences that a comparison found."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from marketplace.ledger.models import Book
from marketplace.payouts.reconciliation.comparison import FoundDifference
from marketplace.payouts.reconciliation.models import Counterpart, Difference


@transaction.atomic
def note_differences(
    book: Book, counterpart: Counterpart, found: Iterable[FoundDifference], now: datetime
) -> int:
    """Store what a comparison found; returns how many differences are open.

    Differences no longer found are gone, except those with the bank. Explanations stay.
    """
    seen = []
    for each in found:
        values = {
            "ledger_minor": each.ledger_minor,
            "other_minor": each.other_minor,
            "likely": each.likely,
            "last_seen_at": now,
        }
        row, _made = Difference.objects.update_or_create(
            book=book,
            counterpart=counterpart,
            subject=each.subject,
            currency=each.currency,
            defaults={**values, "gone_at": None},
            create_defaults={**values, "first_seen_at": now},
        )
        seen.append(row.pk)
    rows = Difference.objects.filter(book=book, counterpart=counterpart, gone_at__isnull=True)
    if counterpart != Counterpart.BANK:
        rows.exclude(pk__in=seen).update(gone_at=now)
    return rows.filter(pk__in=seen, explained_at__isnull=True).count()
