"""Writing movements: all of them, with their entries, in one statement.

The database checks what is written at the statement's end (see the migrations): that every movement
has the entries it was sealed with, that they balance and are of its book, that its day is open.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db import connection

from marketplace.payouts.ledger.chart import COOPERATIVE_ACCOUNTS
from marketplace.payouts.ledger.models import LedgerTransaction
from marketplace.payouts.ledger.movement import Leg, Posting

# What is heard late of a closed period is booked on the first open day. A key that another process
# is booking is waited for, and then left as it was booked. Nothing is written while an account is
# missing. A movement's account is either its cooperative's or the book's own: two joins, because
# an index finds nothing by "is not distinct".
_WRITE = """
WITH legs AS MATERIALIZED (
    SELECT l.key, coalesce(own.id, shared.id) AS account_id, l.amount_minor, l.currency, l.position
    FROM unnest(%s::text[], %s::uuid[], %s::text[], %s::uuid[], %s::text[], %s::bigint[])
        WITH ORDINALITY AS l(key, book_id, code, owner, currency, amount_minor, position)
    LEFT JOIN payouts_account own ON own.book_id = l.book_id AND own.code = l.code
        AND own.cooperative_id = l.owner AND own.currency = l.currency
    LEFT JOIN payouts_account shared ON l.owner IS NULL AND shared.book_id = l.book_id
        AND shared.code = l.code AND shared.cooperative_id IS NULL AND shared.currency = l.currency
), missing AS (
    SELECT EXISTS (SELECT FROM legs WHERE account_id IS NULL) AS an_account
), begun AS (
    INSERT INTO payouts_ledgertransaction (book_id, key, cause, cooperative_id, sale_id,
        payout_line_id, memo, entry_count, occurred_at, booked_on, recorded_at)
    SELECT w.book_id, w.key, w.cause, w.cooperative_id, w.sale_id, w.payout_line_id, w.memo,
        w.entry_count, w.occurred_at, greatest(w.booked_on, (
            SELECT max(p.last_on) + 1 FROM payouts_periodclosing p WHERE p.book_id = w.book_id)),
        statement_timestamp()
    FROM missing, unnest(%s::uuid[], %s::text[], %s::text[], %s::uuid[], %s::uuid[], %s::uuid[],
        %s::text[], %s::int[], %s::timestamptz[], %s::date[]) WITH ORDINALITY
        AS w(book_id, key, cause, cooperative_id, sale_id, payout_line_id, memo, entry_count,
            occurred_at, booked_on, position)
    WHERE NOT missing.an_account ORDER BY w.position
    ON CONFLICT (key) DO NOTHING RETURNING id, key, booked_on, recorded_at
), entered AS (
    INSERT INTO payouts_entry (transaction_id, account_id, amount_minor, currency)
    SELECT b.id, l.account_id, l.amount_minor, l.currency FROM begun b JOIN legs l USING (key)
    ORDER BY l.position
)
SELECT missing.an_account, b.key, b.id, b.booked_on, b.recorded_at
FROM missing LEFT JOIN begun b ON true
"""

# Two processes that open the same accounts do so in the same order and never wait for each other.
_OPEN = """
INSERT INTO payouts_account (book_id, code, cooperative_id, currency)
SELECT DISTINCT book_id, code, owner, currency
FROM unnest(%s::uuid[], %s::text[], %s::uuid[], %s::text[])
    AS wanted(book_id, code, owner, currency)
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
    legs = _columns(
        (each.key, *_account(each, leg), leg.money.amount_minor) for each, leg in _legs(postings)
    )
    movements = _columns(_values(each) for each in postings)
    with connection.cursor() as cursor:
        cursor.execute(_WRITE, [*legs, *movements])
        rows = cursor.fetchall()
    if rows[0][0]:
        return None
    return {key: (pk, day, moment) for _, key, pk, day, moment in rows if key is not None}


def _open_accounts(postings: Sequence[Posting]) -> None:
    wanted = _columns(_account(each, leg) for each, leg in _legs(postings))
    with connection.cursor() as cursor:
        cursor.execute(_OPEN, wanted)


def _legs(postings: Sequence[Posting]) -> Iterable[tuple[Posting, Leg]]:
    return ((each, leg) for each in postings for leg in each.legs)


def _account(posting: Posting, leg: Leg) -> tuple[UUID, str, UUID | None, str]:
    owner = posting.about.cooperative_id if leg.code in COOPERATIVE_ACCOUNTS else None
    return posting.book.pk, leg.code.value, owner, leg.money.currency


def _values(each: Posting) -> tuple[object, ...]:
    about = each.about
    return (
        *(each.book.pk, each.key, each.cause.value),
        *(about.cooperative_id, about.sale_id, about.payout_line_id, about.memo),
        *(len(each.legs), each.occurred_at, each.booked_on),
    )


def _columns(rows: Iterable[tuple[object, ...]]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


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
