"""The daily comparison of every book."""

import logging
from collections.abc import Iterator
from datetime import datetime

from django.utils import timezone

from marketplace.ledger.models import Book
from marketplace.payouts.reconciliation.comparison import (
    Found,
    carrier_differences,
    payment_differences,
)
from marketplace.payouts.reconciliation.engine import engine_differences
from marketplace.payouts.reconciliation.models import Counterpart
from marketplace.payouts.reconciliation.provider import provider_differences
from marketplace.payouts.reconciliation.services import note_differences

logger = logging.getLogger(__name__)


def reconcile_books() -> None:
    """Compare every book with the shop, the provider and the carriers; keep what differs.

    The provider's account is the whole deployment's: its differences stand in the first book.
    """
    now = timezone.now()
    for place, book in enumerate(Book.objects.select_related("programme").order_by("opened_at")):
        found = {
            Counterpart.ENGINE: list(_of_the_shop(book, now)),
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


def _of_the_shop(book: Book, now: datetime) -> Iterator[Found]:
    yield from payment_differences(book, now)
    yield from engine_differences(book, now)
