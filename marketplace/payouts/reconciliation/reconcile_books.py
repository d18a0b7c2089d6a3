"""Reconciles every book daily."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from marketplace.ledger.models import Book
from marketplace.payouts.reconciliation.comparison import (
    FoundDifference,
    carrier_differences,
    payment_differences,
)
from marketplace.payouts.reconciliation.engine import engine_differences
from marketplace.payouts.reconciliation.models import Counterpart
from marketplace.payouts.reconciliation.note_differences import note_differences
from marketplace.payouts.reconciliation.provider import provider_differences

logger = logging.getLogger(__name__)


def reconcile_books() -> None:
    """Compare every book with the engine, the card provider and the carriers; store differences.

    The provider's account belongs to the whole deployment: its differences go to the first book.
    """
    now = timezone.now()
    for place, book in enumerate(Book.objects.select_related("programme").order_by("opened_at")):
        found = {
            Counterpart.ENGINE: list(_engine_side(book, now)),
            Counterpart.CARRIER: list(carrier_differences(book, now)),
        }
        if place == 0:
            found[Counterpart.PROVIDER] = list(provider_differences(now))
        for counterpart, differences in found.items():
            count = note_differences(book, counterpart, differences, now)
            if count:
                logger.warning(
                    "%s: %d differences with the %s", book.programme.slug, count, counterpart.value
                )


def _engine_side(book: Book, now: datetime) -> Iterator[FoundDifference]:
    yield from payment_differences(book, now)
    yield from engine_differences(book, now)
