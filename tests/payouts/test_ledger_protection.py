"""The database refuses a wrong, changed or lost entry, to the runtime role and to the owner."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import psycopg
import pytest
from django.conf import settings
from django.db import DatabaseError, connection, transaction

from marketplace.core.database import django_databases
from marketplace.core.money import Money
from marketplace.core.roles import connect_as_owner
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.errors import KeyReused
from marketplace.ledger.models import Account, Book, Entry, LedgerTransaction
from marketplace.ledger.movement import Leg, Posting
from marketplace.ledger.post import UnbalancedLegs, book_of, post, post_all
from tests.payouts.world import WHEN, make_programme
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)

TABLES = (
    "ledger_entry",
    "ledger_ledgertransaction",
    "ledger_account",
    "payouts_salefact",
    "payouts_frozencommission",
    "payouts_bankfile",
)
DAY = date(2026, 11, 3)


def legs(amount: int = 500, currency: str = "MAD") -> list[Leg]:
    return [
        Leg(AccountCode.BANK, Money(amount, currency)),
        Leg(AccountCode.COMMISSION, Money(-amount, currency)),
    ]


@pytest.fixture
def book() -> Book:
    return book_of(make_programme().pk)


@pytest.fixture
def posted(book: Book) -> LedgerTransaction:
    return book_entry(book, "first")


def book_entry(book: Book, key: str, amount: int = 500) -> LedgerTransaction:
    return post(
        book=book,
        key=key,
        cause=Cause.PSP_SETTLED,
        legs=legs(amount),
        occurred_at=WHEN,
        booked_on=DAY,
    )


def rows() -> tuple[int, int]:
    return (
        LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).count(),
        Entry.objects.crossing(Crossing.LEDGER_POSTING).count(),
    )


def add_transaction(book: Book, *, entry_count: int = 2) -> LedgerTransaction:
    return LedgerTransaction.objects.create(
        book=book,
        key="by-hand",
        cause=Cause.PSP_SETTLED,
        entry_count=entry_count,
        occurred_at=WHEN,
        booked_on=DAY,
    )


def account(book: Book, code: AccountCode = AccountCode.BANK, currency: str = "MAD") -> Account:
    return Account.objects.crossing(Crossing.LEDGER_POSTING).get_or_create(
        book=book, code=code, cooperative=None, currency=currency
    )[0]


@pytest.fixture(params=["runtime", "owner"])
def direct(request: Any, posted: LedgerTransaction) -> Iterator["psycopg.Connection[Any]"]:
    """A connection outside Django as the runtime role, and as the owner of the tables."""
    if request.param == "owner":
        opened = connect_as_owner(settings.DATABASE_ADDRESS)
    else:
        entry = django_databases(settings.DATABASE_ADDRESS)["default"]
        opened = psycopg.connect(
            host=entry["HOST"],
            port=entry["PORT"],
            dbname=entry["NAME"],
            user=entry["USER"],
            password=entry["PASSWORD"],
            autocommit=True,
        )
    with opened:
        yield opened


@pytest.mark.parametrize("table", TABLES[:3])
@pytest.mark.parametrize("statement", ["UPDATE {} SET id = id + 100", "DELETE FROM {}"])
def test_nobody_changes_or_deletes_what_was_booked(
    direct: "psycopg.Connection[Any]", table: str, statement: str
) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)):
        direct.execute(statement.format(table))  # type: ignore[arg-type]
    assert rows() == (1, 2)


@pytest.mark.parametrize("table", TABLES)
def test_nobody_truncates_an_append_only_table(
    direct: "psycopg.Connection[Any]", table: str
) -> None:
    with pytest.raises((psycopg.errors.InsufficientPrivilege, psycopg.errors.RestrictViolation)):
        direct.execute(f"TRUNCATE {table} CASCADE")  # type: ignore[arg-type]
    assert rows() == (1, 2)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("right", ["UPDATE", "DELETE", "TRUNCATE"])
def test_the_runtime_role_has_no_right_to_it(book: Book, table: str, right: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, has_table_privilege(%s, %s)", [table, right])
        assert cursor.fetchone() == (settings.DATABASE_ADDRESS.runtime_role, False)


def test_an_unbalanced_transaction_is_refused_at_commit(book: Book) -> None:
    with pytest.raises(DatabaseError, match="does not balance in MAD"), transaction.atomic():  # noqa: PT012
        row = add_transaction(book)
        Entry.objects.create_all(
            Entry(transaction=row, account=account(book, code), amount_minor=amount, currency="MAD")
            for code, amount in ((AccountCode.BANK, 500), (AccountCode.COMMISSION, -499))
        )
    assert rows() == (0, 0)


def test_currencies_do_not_balance_each_other(book: Book) -> None:
    with pytest.raises(DatabaseError, match="does not balance in EUR, MAD"), transaction.atomic():  # noqa: PT012
        row = add_transaction(book)
        Entry.objects.create_all(
            Entry(
                transaction=row,
                account=account(book, currency=currency),
                amount_minor=amount,
                currency=currency,
            )
            for currency, amount in (("MAD", 500), ("EUR", -500))
        )
    assert rows() == (0, 0)


def test_an_empty_transaction_is_refused_at_commit(book: Book) -> None:
    with pytest.raises(DatabaseError, match="has 0 entries, not 0"), transaction.atomic():
        add_transaction(book, entry_count=0)
    assert rows() == (0, 0)


def test_a_booked_transaction_takes_no_further_entries(
    book: Book, posted: LedgerTransaction
) -> None:
    with pytest.raises(DatabaseError, match="has 4 entries, not 2"), transaction.atomic():
        Entry.objects.create_all(
            Entry(transaction=posted, account=account(book), amount_minor=amount, currency="MAD")
            for amount in (70, -70)
        )
    assert rows() == (1, 2)


def test_a_transaction_whose_entries_come_one_by_one_is_refused(book: Book) -> None:
    with pytest.raises(DatabaseError, match="has 1 entries, not 2"), transaction.atomic():  # noqa: PT012
        row = add_transaction(book)
        Entry.objects.create(transaction=row, account=account(book), amount_minor=5, currency="MAD")
    assert rows() == (0, 0)


def test_an_entry_of_another_currency_or_book_is_refused(
    book: Book, posted: LedgerTransaction
) -> None:
    other = book_of(make_programme("other").pk)
    for wrong in (account(book, currency="EUR"), account(other)):
        with pytest.raises(DatabaseError, match="of another book or currency"):
            Entry.objects.create(transaction=posted, account=wrong, amount_minor=5, currency="MAD")
    assert rows() == (1, 2)


def test_posting_a_key_again_changes_nothing(book: Book, posted: LedgerTransaction) -> None:
    assert book_entry(book, "first") == posted
    assert rows() == (1, 2)


def test_what_posting_returns_is_what_was_written(book: Book, posted: LedgerTransaction) -> None:
    known = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).get()
    fields = [field.attname for field in LedgerTransaction._meta.concrete_fields]
    assert [getattr(posted, name) for name in fields] == [getattr(known, name) for name in fields]
    assert not posted._state.adding


def test_a_key_twice_in_one_batch_is_booked_once(book: Book) -> None:
    twice = [
        Posting(book, "twice", Cause.PSP_SETTLED, legs(amount), WHEN, DAY) for amount in (500, 500)
    ]
    assert [row.key for row in post_all(twice)] == ["twice"]
    assert rows() == (1, 2)
    with pytest.raises(KeyReused):
        post_all([replace(each, key="other", legs=legs(n)) for n, each in enumerate(twice, 1)])
    assert rows() == (1, 2)


def test_the_check_of_new_entries_does_not_grow_with_the_ledger(book: Book) -> None:
    """A plan that a session made over empty tables reads no more entries than are new."""
    for number in range(8):
        book_entry(book, f"early-{number}")
    post_all([Posting(book, f"many-{n}", Cause.PSP_SETTLED, legs(), WHEN, DAY) for n in range(500)])
    before = entries_scanned_whole()
    book_entry(book, "late")
    assert entries_scanned_whole() == before


def entries_scanned_whole() -> int:
    """How many entries this session's scans of the whole table have read."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_stat_force_next_flush()")
        cursor.execute(
            "SELECT seq_tup_read FROM pg_stat_user_tables WHERE relname = 'ledger_entry'"
        )
        return int(cursor.fetchone()[0])


def test_posting_a_key_with_other_amounts_is_an_error(
    book: Book, posted: LedgerTransaction
) -> None:
    with pytest.raises(KeyReused):
        book_entry(book, "first", amount=501)
    assert rows() == (1, 2)


def test_legs_must_balance_before_anything_is_written(book: Book) -> None:
    with pytest.raises(UnbalancedLegs):
        post(
            book=book,
            key="lame",
            cause=Cause.PSP_SETTLED,
            legs=[legs()[0]],
            occurred_at=WHEN,
            booked_on=DAY,
        )
    assert rows() == (0, 0)
