"""What each cooperative could be paid, and the sales it comes from."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import connection

from marketplace.core.money import WHOLE_BP
from marketplace.ledger.chart import Cause
from marketplace.ledger.models import Book
from marketplace.payouts.balances.balance_history import SALES
from marketplace.payouts.runs.complained_amounts import complained
from marketplace.payouts.runs.terms import PayoutTerms

PAYMENTS = (Cause.PAYOUT_RESERVED, Cause.PAYOUT_FREED, Cause.PAYOUT_RETURNED)
# What changed each available balance since the last payment that succeeded, movement by movement
# as on the statement: sales, refunds, commission, VAT, conversions, payments undone, corrections.
_BREAKDOWN = """
WITH paid AS (
    SELECT t.cooperative_id, max(t.id) AS id, max(t.booked_on) AS day
    FROM ledger_ledgertransaction t
    JOIN payouts_payoutline l ON l.id = t.payout_line_id
    WHERE t.book_id = %(book)s AND t.cause = 'payout_reserved' AND l.state IN ('ready', 'settled')
    GROUP BY t.cooperative_id),
moved AS (
    SELECT t.cooperative_id, t.sale_id,
        CASE WHEN t.cause = ANY(%(sales)s) THEN 'sale'
             WHEN t.cause = ANY(%(payments)s) THEN 'payment' ELSE t.cause END AS kind,
        COALESCE(-sum(e.amount_minor) FILTER (WHERE a.code = 'released'), 0) AS released,
        COALESCE(-sum(e.amount_minor) FILTER (WHERE a.code = 'commission'), 0) AS commission,
        COALESCE(-sum(e.amount_minor) FILTER (WHERE a.code = 'tax_payable'), 0) AS tax
    FROM ledger_entry e
    JOIN ledger_account a ON a.id = e.account_id
    JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
    LEFT JOIN paid ON paid.cooperative_id = t.cooperative_id
    WHERE t.book_id = %(book)s AND e.currency = %(currency)s AND t.booked_on <= %(until)s
      AND a.code IN ('released', 'commission', 'tax_payable')
      AND (paid.id IS NULL OR t.id > paid.id OR t.booked_on > paid.day)
    GROUP BY t.id)
SELECT cooperative_id, count(DISTINCT sale_id),
    COALESCE(sum(released + commission + tax) FILTER (WHERE kind = 'sale' AND released > 0), 0),
    COALESCE(-sum(released + commission + tax) FILTER (WHERE kind = 'sale' AND released < 0), 0),
    COALESCE(sum(commission) FILTER (WHERE kind = 'sale'), 0),
    COALESCE(sum(tax) FILTER (WHERE kind = 'sale'), 0),
    COALESCE(-sum(released) FILTER (WHERE kind = 'delivery_waived'), 0),
    COALESCE(sum(released) FILTER (WHERE kind = 'conversion'), 0),
    COALESCE(sum(released) FILTER (
        WHERE kind NOT IN ('sale', 'delivery_waived', 'conversion', 'payment')), 0),
    COALESCE(sum(released) FILTER (WHERE kind = 'payment'), 0)
FROM moved WHERE released <> 0 GROUP BY cooperative_id
"""

_RELEASED = """
SELECT a.cooperative_id, -sum(e.amount_minor) FROM ledger_entry e
JOIN ledger_account a ON a.id = e.account_id
JOIN ledger_ledgertransaction t ON t.id = e.transaction_id AND t.booked_on <= %(until)s
WHERE a.book_id = %(book)s AND a.code = 'released' AND a.currency = %(currency)s
GROUP BY a.cooperative_id HAVING sum(e.amount_minor) <> 0
"""

# What each sale released between two days, less refunds of the same days.
_RELEASED_BETWEEN = """
SELECT s.cooperative_id, sum(greatest(s.net, 0)) FROM (
    SELECT a.cooperative_id, t.sale_id, -sum(e.amount_minor) AS net
    FROM ledger_entry e
    JOIN ledger_account a ON a.id = e.account_id
    JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
    WHERE a.book_id = %(book)s AND a.code = 'released' AND a.currency = %(currency)s
      AND a.cooperative_id = ANY(%(cooperatives)s) AND t.sale_id IS NOT NULL
      AND t.booked_on > %(after)s AND t.booked_on <= %(until)s
    GROUP BY a.cooperative_id, t.sale_id) s
GROUP BY s.cooperative_id
"""


@dataclass(frozen=True)
class PayableAmount:
    """A cooperative's available balance in one currency, in minor units; may be below zero.

    The other amounts say what changed it since the last payment: sales delivered (``gross``) and
    refunds, both before commission; commission and the VAT on it; deliveries made free for buyers;
    conversions, corrections, and payments that did not arrive.
    """

    cooperative_id: UUID
    amount_minor: int
    sale_count: int = 0
    gross_minor: int = 0
    refunded_minor: int = 0
    commission_minor: int = 0
    tax_minor: int = 0
    delivery_minor: int = 0
    converted_minor: int = 0
    corrected_minor: int = 0
    returned_minor: int = 0

    @property
    def brought_forward_minor(self) -> int:
        """What the last payment left: the balance less what changed it since."""
        sold = self.gross_minor - self.refunded_minor - self.commission_minor - self.tax_minor
        others = self.converted_minor + self.corrected_minor + self.returned_minor
        return self.amount_minor - sold + self.delivery_minor - others


def payable_amounts(book: Book, currency: str, *, until: date) -> list[PayableAmount]:
    """Every cooperative of the book whose available balance was not zero at the end of a day.

    ``until`` may be a past day, for imports of past payouts.
    """
    named: dict[str, Any] = {
        "book": book.pk,
        "currency": currency,
        "until": until,
        "sales": [cause.value for cause in SALES],
        "payments": [cause.value for cause in PAYMENTS],
    }
    with connection.cursor() as cursor:
        cursor.execute(_BREAKDOWN, named)
        breakdown = {row[0]: [int(value) for value in row[1:]] for row in cursor.fetchall()}
        cursor.execute(_RELEASED, named)
        return [
            PayableAmount(cooperative_id, int(amount), *breakdown.get(cooperative_id, ()))
            for cooperative_id, amount in cursor.fetchall()
        ]


def withheld(
    book: Book, currency: str, *, until: date, terms: Mapping[UUID, PayoutTerms]
) -> dict[UUID, int]:
    """What of each cooperative's balance is withheld for returns, by its terms; in minor units.

    All that sales released in the last ``rest_days``, ``reserve_bp`` of what they released in the
    ``reserve_days`` before those, rounded up, and what open complaints concern.
    """
    found = complained(book, currency, until=until, terms=terms)
    groups: dict[tuple[int, int, int], list[UUID]] = {}
    for cooperative_id, rule in terms.items():
        if rule.withholds:
            key = (rule.rest_days, rule.reserve_bp, rule.reserve_days)
            groups.setdefault(key, []).append(cooperative_id)
    for (rest_days, reserve_bp, reserve_days), cooperatives in groups.items():
        rested = until - timedelta(days=rest_days)
        for owner, amount in _released(book, currency, cooperatives, rested, until):
            found[owner] = found.get(owner, 0) + amount
        since = rested - timedelta(days=reserve_days)
        for owner, amount in _released(book, currency, cooperatives, since, rested):
            found[owner] = found.get(owner, 0) + -(-amount * reserve_bp // WHOLE_BP)
    return found


def _released(
    book: Book, currency: str, cooperatives: list[UUID], after: date, until: date
) -> Iterable[tuple[UUID, int]]:
    if after >= until:
        return []
    named: dict[str, Any] = {
        "book": book.pk,
        "currency": currency,
        "cooperatives": cooperatives,
        "after": after,
        "until": until,
    }
    with connection.cursor() as cursor:
        cursor.execute(_RELEASED_BETWEEN, named)
        return [(owner, int(amount)) for owner, amount in cursor.fetchall()]
