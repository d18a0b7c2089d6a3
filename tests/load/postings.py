"""Postings a second beside plain inserts of the same rows, and a statement over many lines.

In a database of its own on the embedded PostgreSQL. "Plain" is the same rows written by the same
driver into copies of the ledger's two tables that have the columns, types, indexes and foreign keys
but none of the ledger's checks: what is between the two is what the ledger costs.

``one``   a movement at a time, each in a transaction of its own: ``post`` against two INSERTs.
``batch`` a hundred movements in a transaction: ``post_all`` against two bulk INSERTs.

    python -m tests.load.postings --movements 4000 --lines 10000
"""

import argparse
import time
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction

from marketplace.core.money import Money
from marketplace.core.roles import connect_as_owner
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Book
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.post import book_of, post, post_all
from marketplace.payouts.statements.lines import statements
from tests.load.books_sequences import own_database  # first: it makes Django ready
from tests.payouts.world import make_cooperative, make_programme
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

WHEN, DAY = datetime(2026, 11, 3, 10, tzinfo=UTC), date(2026, 11, 3)
BATCH = 100
ROUNDS = 5

_COPIES = """
CREATE TABLE plain_transaction (LIKE ledger_ledgertransaction INCLUDING ALL);
CREATE TABLE plain_entry (LIKE ledger_entry INCLUDING ALL);
ALTER TABLE plain_transaction
    ADD FOREIGN KEY (book_id) REFERENCES ledger_book DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (cooperative_id) REFERENCES vendors_cooperative DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE plain_entry
    ADD FOREIGN KEY (transaction_id) REFERENCES plain_transaction DEFERRABLE INITIALLY DEFERRED,
    ADD FOREIGN KEY (account_id) REFERENCES ledger_account DEFERRABLE INITIALLY DEFERRED;
GRANT ALL ON plain_transaction, plain_entry TO "{role}";
"""
_TRANSACTION = (
    "INSERT INTO plain_transaction (book_id, key, cause, cooperative_id, sale_id, payout_line_id, "
    "memo, entry_count, occurred_at, booked_on, recorded_at) VALUES {} RETURNING id"
)
_ENTRY = "INSERT INTO plain_entry (transaction_id, account_id, amount_minor, currency) VALUES {}"


def movements(book: Book, owner: Cooperative, count: int) -> list[Posting]:
    """What a delivered sale books, so many times."""
    return [
        Posting(
            book,
            f"load:{uuid4()}",
            Cause.PARCEL_DELIVERED,
            [
                Leg(AccountCode.HELD, Money(10_000 + n, "MAD")),
                Leg(AccountCode.RELEASED, Money(-8_800 - n, "MAD")),
                Leg(AccountCode.COMMISSION, Money(-1_200, "MAD")),
            ],
            WHEN,
            DAY,
            About(cooperative_id=owner.pk, sale_id=uuid4()),
        )
        for n in range(count)
    ]


def by_post(postings: Sequence[Posting]) -> None:
    """Each in a transaction of its own, through the ledger."""
    for each in postings:
        post(
            book=each.book,
            key=each.key,
            cause=each.cause,
            legs=each.legs,
            occurred_at=each.occurred_at,
            booked_on=each.booked_on,
            about=each.about,
        )


def by_post_all(postings: Sequence[Posting]) -> None:
    """A hundred in a transaction, through the ledger."""
    for first in range(0, len(postings), BATCH):
        post_all(postings[first : first + BATCH])


def plainly(accounts: dict[str, int], size: int) -> Callable[[Sequence[Posting]], None]:
    """So many in a transaction, by two INSERTs of the same rows."""

    def write(postings: Sequence[Posting]) -> None:
        for first in range(0, len(postings), size):
            chunk = postings[first : first + size]
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    _TRANSACTION.format(_places(11, len(chunk))),
                    [value for each in chunk for value in _row(each)],
                )
                ids = [pk for (pk,) in cursor.fetchall()]
                entries = [
                    value
                    for pk, each in zip(ids, chunk, strict=True)
                    for leg in each.legs
                    for value in (pk, accounts[leg.code.value], leg.money.amount_minor, "MAD")
                ]
                cursor.execute(_ENTRY.format(_places(4, len(entries) // 4)), entries)

    return write


def _row(each: Posting) -> tuple[object, ...]:
    about = each.about
    return (
        *(each.book.pk, each.key, each.cause.value, about.cooperative_id, about.sale_id, None),
        *(about.memo, len(each.legs), each.occurred_at, each.booked_on, each.occurred_at),
    )


def _places(columns: int, rows: int) -> str:
    return ", ".join(["(" + ", ".join(["%s"] * columns) + ")"] * rows)


def measure(write: Callable[[Sequence[Posting]], None], postings: Sequence[Posting]) -> float:
    """Movements a second."""
    started = time.perf_counter()
    write(postings)
    return len(postings) / (time.perf_counter() - started)


Writer = Callable[[Sequence[Posting]], None]


def compare(name: str, pair: tuple[Writer, Writer], make: Callable[[], list[Posting]]) -> None:
    """The two in turns, the best of each: a busy machine slows both."""
    best = [0.0, 0.0]
    for _ in range(ROUNDS):
        for place, write in enumerate(pair):
            best[place] = max(best[place], measure(write, make()))
    ours, plain = best
    print(f"{name}: {ours:,.0f} postings/s, plain {plain:,.0f}/s, ratio {ours / plain:.2f}")


def main() -> None:
    """Print both ratios, and how long a statement takes."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--movements", type=int, default=2_000)
    parser.add_argument("--lines", type=int, default=10_000)
    asked = parser.parse_args()
    with own_database():
        programme = make_programme()
        owner, busy = make_cooperative(programme), make_cooperative(programme, "busy", rib="")
        book = book_of(programme.pk)
        by_post(movements(book, owner, 1))
        with connect_as_owner(settings.DATABASE_ADDRESS) as connected:
            connected.execute(_COPIES.format(role=settings.DATABASE_ADDRESS.runtime_role))
        accounts = dict(book.accounts.values_list("code", "pk"))

        def make() -> list[Posting]:
            return movements(book, owner, asked.movements // ROUNDS)

        compare("one", (by_post, plainly(accounts, 1)), make)
        compare("batch", (by_post_all, plainly(accounts, BATCH)), make)
        by_post_all(movements(book, busy, asked.lines))
        started = time.perf_counter()
        (statement,) = statements(CooperativeScope(busy.pk), DAY)
        count = sum(1 for _row_ in statement.rows)
        print(f"statement of {count:,} lines: {time.perf_counter() - started:.2f} s")


if __name__ == "__main__":
    main()
