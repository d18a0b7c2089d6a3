"""Writing movements: all of them, with their entries, in one statement.

``ledger_write`` of the database keeps its plan from one posting to the next. The database checks
what is written at the statement's end: that every movement has the entries it was sealed with, that
they balance and are of its book, that its day is open.
"""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from django.db import connection

from marketplace.ledger.chart import COOPERATIVE_ACCOUNTS
from marketplace.ledger.models import LedgerTransaction
from marketplace.ledger.movement import Posting

# See the migrations: whether an account is missing, and the movements that are new.
_WRITE = "SELECT * FROM ledger_write(%s, %s)"

# Two processes that open the same accounts do so in the same order and never wait for each other.
_OPEN = """
INSERT INTO ledger_account (book_id, code, cooperative_id, currency)
SELECT DISTINCT book_id, code, owner, currency
FROM json_to_recordset(%s) AS wanted(book_id uuid, code text, owner uuid, currency text)
ORDER BY book_id, code, owner, currency ON CONFLICT DO NOTHING
"""

Made = tuple[int, date, datetime]


def write(postings: Sequence[Posting]) -> list[LedgerTransaction]:
    """Write movements with different keys, opening accounts on first use; returns the new ones."""
    if not postings:
        return []
    made = _try(postings)
    if made is None:
        _open_accounts(postings)
        made = _try(postings)
        assert made is not None, "an account that was just opened is missing"
    return [_row(each, made[each.key]) for each in postings if each.key in made]


def _try(postings: Sequence[Posting]) -> dict[str, Made] | None:
    """What was written, by key; None when an account is missing."""
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [_json(map(_movement, postings)), _json(_legs(postings))])
        rows = cursor.fetchall()
    if rows[0][0]:
        return None
    return {key: (pk, day, moment) for _, key, pk, day, moment in rows if key is not None}


def _open_accounts(postings: Sequence[Posting]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, [_json(_legs(postings))])


def _json(rows: Iterable[dict[str, object]]) -> str:
    """Rows as the database reads them: one value instead of an array for each column."""
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


def _movement(each: Posting) -> dict[str, object]:
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


# The columns of a movement, in the order of the model.
_ROW = (
    *("id", "book_id", "key", "cause", "cooperative_id", "sale_id", "payout_line_id"),
    *("entry_count", "memo", "occurred_at", "booked_on", "recorded_at"),
)


def _row(each: Posting, made: Made) -> LedgerTransaction:
    """The row as it was written, without asking for it again."""
    pk, booked_on, recorded_at = made
    about = each.about
    values = (
        *(pk, each.book.pk, each.key, each.cause.value),
        *(about.cooperative_id, about.sale_id, about.payout_line_id),
        *(len(each.legs), about.memo, each.occurred_at, booked_on, recorded_at),
    )
    return LedgerTransaction.from_db(connection.alias, _ROW, values)
