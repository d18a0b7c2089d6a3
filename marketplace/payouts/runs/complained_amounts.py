"""What of each available balance open complaints concern: it is held back from payouts.

Only what is there: of a sale in cash, once the carrier has handed the cash over; of a sale that was
paid out before the buyer complained, nothing. If that one is refunded, the balance goes below zero
and later sales make up for it. What rests after a sale anyway is not held back twice.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from marketplace.ledger.models import Book
from marketplace.orders.queries.complaints import Claim, claims_of
from marketplace.payouts.runs.terms import PayoutTerms

# What each transaction of a sale moved in the available balance, and the sale less its refunds.
_MOVED = """
SELECT t.sale_id, a.cooperative_id, t.id, t.booked_on, -sum(e.amount_minor), s.net_goods_minor
FROM ledger_entry e
JOIN ledger_account a ON a.id = e.account_id
JOIN ledger_ledgertransaction t ON t.id = e.transaction_id
JOIN payouts_sale s ON s.id = t.sale_id
WHERE a.book_id = %(book)s AND a.code = 'released' AND a.currency = %(currency)s
  AND t.sale_id = ANY(%(sales)s) AND t.booked_on <= %(until)s
GROUP BY t.sale_id, a.cooperative_id, t.id, t.booked_on, s.net_goods_minor
"""
_PAID = """
SELECT t.cooperative_id, t.id, t.booked_on, t.recorded_at
FROM ledger_ledgertransaction t
JOIN payouts_payoutline l ON l.id = t.payout_line_id
JOIN payouts_payoutrun r ON r.id = l.run_id
WHERE t.book_id = %(book)s AND t.cause = 'payout_reserved' AND l.state IN ('ready', 'settled')
  AND t.cooperative_id = ANY(%(owners)s) AND r.currency = %(currency)s
"""


class _Move(NamedTuple):
    sale_id: UUID
    owner: UUID
    id: int
    booked_on: date
    minor: int
    net_minor: int


class _Paid(NamedTuple):
    owner: UUID
    id: int
    booked_on: date
    recorded_at: datetime


def complained(
    book: Book, currency: str, *, until: date, terms: Mapping[UUID, PayoutTerms]
) -> dict[UUID, int]:
    """What of each cooperative's balance open complaints concern, in minor units, rounded up."""
    by_sale: dict[UUID, list[Claim]] = defaultdict(list)
    for claim in claims_of(list(terms)):
        by_sale[claim.vendor_order_id].append(claim)
    if not by_sale:
        return {}
    moves, paid = _read(book, currency, until, list(by_sale), list(terms))
    found: dict[UUID, int] = defaultdict(int)
    for sale_id, claims in by_sale.items():
        own = [move for move in moves if move.sale_id == sale_id]
        if own:
            owner = own[0].owner
            rest = timedelta(days=terms[owner].rest_days)
            theirs = [payment for payment in paid if payment.owner == owner]
            found[owner] += _held(claims, own, theirs, until - rest, rest)
    return {owner: minor for owner, minor in found.items() if minor}


def _held(
    claims: Iterable[Claim], moves: list[_Move], paid: list[_Paid], rested: date, rest: timedelta
) -> int:
    """Of one sale: the claims' part of what it released, as far as that is still in the balance."""
    released, net = sum(move.minor for move in moves), moves[0].net_minor
    resting = sum(move.minor for move in moves if move.booked_on > rested)
    held = 0
    for claim in claims:
        left = sum(m.minor for m in moves if not _is_paid(m, paid, claim.asked_at, rest))
        part = -(-released * claim.amount_minor // max(net, claim.amount_minor, 1))
        held = min(held + max(part, 0), max(left, held, 0))
    return max(0, held - max(resting, 0))


def _is_paid(move: _Move, paid: list[_Paid], asked_at: datetime, rest: timedelta) -> bool:
    """Whether a payment before the complaint took it along: one after it had rested."""
    return any(
        payment.id > move.id
        and payment.booked_on >= move.booked_on + rest
        and payment.recorded_at < asked_at
        for payment in paid
    )


def _read(
    book: Book, currency: str, until: date, sales: list[UUID], owners: list[UUID]
) -> tuple[list[_Move], list[_Paid]]:
    named: dict[str, Any] = {
        "book": book.pk,
        "currency": currency,
        "until": until,
        "sales": sales,
        "owners": owners,
    }
    with connection.cursor() as cursor:
        cursor.execute(_MOVED, named)
        moves = [_Move(*row)._replace(minor=int(row[4])) for row in cursor.fetchall()]
        cursor.execute(_PAID, named)
        return moves, [_Paid(*row) for row in cursor.fetchall()]
