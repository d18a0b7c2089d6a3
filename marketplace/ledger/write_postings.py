"""Writes transactions with their entries in one statement.

The plan of the database function ``ledger_write`` is cached between calls. Triggers then check that
every transaction has as many entries as it declares, that they balance and belong to its book, and
that its day is open.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import connection

from marketplace.ledger.chart import COOPERATIVE_ACCOUNTS
from marketplace.ledger.models import LedgerTransaction
from marketplace.ledger.movement import Posting

# Returns whether an account is missing, and the new transactions; see migration 0005.
_WRITE = "SELECT * FROM ledger_write(%s, %s)"

# Ordered, so that two processes that open the same accounts cannot deadlock.
_OPEN = """
INSERT INTO ledger_account (book_id, code, cooperative_id, currency)
SELECT DISTINCT book_id, code, owner, currency
FROM json_to_recordset(%s) AS wanted(book_id uuid, code text, owner uuid, currency text)
ORDER BY book_id, code, owner, currency ON CONFLICT DO NOTHING
"""

Written = tuple[int, date, datetime]


def write_postings(postings: Sequence[Posting]) -> list[LedgerTransaction]:
    """Write postings with distinct keys, opening accounts on first use; returns the new rows."""
    if not postings:
        return []
    written = _try(postings)
    if written is None:
        _open_accounts(postings)
        written = _try(postings)
        assert written is not None, "an account that was just opened is missing"
    return [_row(each, written[each.key]) for each in postings if each.key in written]


def _try(postings: Sequence[Posting]) -> dict[str, Written] | None:
    """What was written, by key; None if an account is missing."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [_json(map(_transaction, postings)), _json(_legs(postings))])
        rows = cursor.fetchall()
    if rows[0][0]:
        return None
    return {key: (pk, day, moment) for _, key, pk, day, moment in rows if key is not None}


def _open_accounts(postings: Sequence[Posting]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [_json(_legs(postings))])


def _json(rows: Iterable[dict[str, object]]) -> str:
    """Rows as one JSON value, with their positions."""
    return json.dumps([row | {"position": place} for place, row in enumerate(rows)], default=str)


def _legs(postings: Sequence[Posting]) -> Iterator[dict[str, object]]:
    for each in postings:
        for leg in each.legs:
            own = leg.code in COOPERATIVE_ACCOUNTS
            yield {
                "key": each.key,
                "book_id": each.book.pk,
                "code": leg.code.value,
                "owner": each.about.cooperative_id if own else None,
                "currency": leg.money.currency,
                "amount_minor": leg.money.amount_minor,
            }


def _transaction(each: Posting) -> dict[str, object]:
    return {
        "book_id": each.book.pk,
        "key": each.key,
        "cause": each.cause.value,
        "cooperative_id": each.about.cooperative_id,
        "sale_id": each.about.sale_id,
        "payout_line_id": each.about.payout_line_id,
        "memo": each.about.memo,
        "entry_count": len(each.legs),
        "occurred_at": each.occurred_at.isoformat(),
        "booked_on": each.booked_on,
    }


# The columns of a transaction, in the order of the model.
_ROW = (
    *("id", "book_id", "key", "cause", "cooperative_id", "sale_id", "payout_line_id"),
    *("entry_count", "memo", "occurred_at", "booked_on", "recorded_at"),
)


def _row(each: Posting, written: Written) -> LedgerTransaction:
    """The row as written, without reading it again."""
    pk, booked_on, recorded_at = written
    about = each.about
    values = (
        *(pk, each.book.pk, each.key, each.cause.value),
        *(about.cooperative_id, about.sale_id, about.payout_line_id),
        *(len(each.legs), about.memo, each.occurred_at, booked_on, recorded_at),
    )
    return LedgerTransaction.from_db(connection.alias, _ROW, values)
