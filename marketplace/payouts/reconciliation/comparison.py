"""Compares the ledger with recorded payments and with the carriers' cash; read-only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection

from marketplace.ledger.models import Book
from marketplace.payouts.reconciliation.models import Counterpart, Likely
from marketplace.payouts.reconciliation.times import time_for


@dataclass(frozen=True)
class FoundDifference:
    """A difference; amounts in minor units of ``currency``."""

    counterpart: Counterpart
    subject: str
    currency: str
    ledger_minor: int
    other_minor: int
    likely: Likely


# Card payments by order: as recorded by the payments room, and as posted in the book.
_PAYMENTS = """
WITH known AS (
    SELECT s.order_id, s.currency, sum(
        COALESCE((SELECT sum(e.amount_minor) FROM ledger_ledgertransaction t
            JOIN ledger_entry e ON e.transaction_id = t.id
            JOIN ledger_account a ON a.id = e.account_id
            WHERE t.sale_id = s.id AND a.code IN ('psp_clearing', 'psp_disputed')), 0)
        -- A lost dispute reduced the provider's balance, but not the recorded charge.
        + COALESCE((SELECT sum(f.goods_minor + f.shipping_minor) FROM payouts_salefact f
            WHERE f.sale_id = s.id AND f.kind = 'dispute_lost'), 0))::bigint AS amount
    FROM payouts_sale s WHERE s.programme_id = %(programme)s GROUP BY s.order_id, s.currency),
paid AS (
    SELECT p.order_id, p.currency, sum(p.charged_minor - p.refunded_minor)::bigint AS amount,
        max(COALESCE(p.captured_at, p.created_at)) AS at
    FROM payments_payment p
    WHERE p.method <> 'cod' AND p.captured_at IS NOT NULL AND p.captured_at < %(before)s
      AND p.order_id IN (SELECT order_id FROM known)
      AND NOT EXISTS (SELECT 1 FROM payouts_sale o
        WHERE o.order_id = p.order_id AND o.programme_id <> %(programme)s)
    GROUP BY p.order_id, p.currency)
SELECT paid.order_id, paid.currency, known.amount, paid.amount FROM paid
JOIN known USING (order_id, currency)
WHERE known.amount <> paid.amount ORDER BY paid.at
"""
_COLLECTED = """
SELECT s.id, s.currency, sum(e.amount_minor)::bigint FROM payouts_sale s
JOIN ledger_ledgertransaction t ON t.sale_id = s.id
JOIN ledger_entry e ON e.transaction_id = t.id
JOIN ledger_account a ON a.id = e.account_id AND a.code = 'carrier_cod'
WHERE a.book_id = %(book)s AND s.delivered_at < %(before)s
GROUP BY s.id, s.currency HAVING sum(e.amount_minor) <> 0
"""


def payment_differences(book: Book, now: datetime) -> Iterator[FoundDifference]:
    """Orders whose card payments differ between the payments room and the ledger."""
    for order_id, currency, booked, charged in _ask(
        _PAYMENTS, book, _before("heard_after", book, now)
    ):
        likely = Likely.NOT_BOOKED if booked == 0 else Likely.AMOUNT
        yield FoundDifference(
            Counterpart.ENGINE, f"order:{order_id}", currency, booked, charged, likely
        )


def carrier_differences(book: Book, now: datetime) -> Iterator[FoundDifference]:
    """Cash collected by couriers that is overdue for remittance."""
    for sale_id, currency, amount in _ask(
        _COLLECTED, book, _before("cash_remitted_after", book, now)
    ):
        subject = f"sale:{sale_id}"
        yield FoundDifference(
            Counterpart.CARRIER, subject, currency, amount, 0, Likely.NOT_REMITTED
        )


def _before(name: str, book: Book, now: datetime) -> datetime:
    return now - time_for(name, on=now.date(), programme=book.programme.slug)


def _ask(query: str, book: Book, before: datetime) -> list[tuple[Any, ...]]:
    named: dict[str, Any] = {"book": book.pk, "programme": book.programme_id, "before": before}
    with connection.cursor() as cursor:
        cursor.execute(query, named)
        return list(cursor.fetchall())
