"""A closed period takes nothing any more; what is heard late keeps its own date."""

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction

from marketplace.core.errors import Forbidden
from marketplace.core.models import AuditEntry
from marketplace.ledger.accounting.periods import open_period
from marketplace.ledger.errors import BooksWrong, PeriodNotOver, PeriodOutOfOrder
from marketplace.ledger.models import EntryNumber, PeriodClosing
from marketplace.ledger.post import book_of
from marketplace.payouts import services
from marketplace.payouts.book_checks import findings
from tests.payouts.world import MACHINE, SaleOf, make_cooperative, make_programme, make_user
from vendors.models import Programme, User

pytestmark = pytest.mark.django_db
OCTOBER, NOVEMBER = date(2026, 10, 31), date(2026, 11, 30)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def accountant(programme: Programme) -> User:
    return make_user("accountant", programme, "finance_preparer")


@pytest.fixture
def sale(programme: Programme) -> SaleOf:
    sale = SaleOf(make_cooperative(programme), when=datetime(2026, 11, 12, 10, tzinfo=UTC))
    sale.placed()()
    sale.captured()()
    return sale


def close(programme: Programme, last_on: date, by: User) -> PeriodClosing:
    return services.close_period(programme=programme, last_on=last_on, by=by.actor)


def days(programme: Programme) -> list[tuple[str, date, date]]:
    rows = book_of(programme.pk).transactions.order_by("id")
    return [(row.cause, row.occurred_at.date(), row.booked_on) for row in rows]


def test_a_late_fact_is_booked_on_the_first_open_day_and_keeps_its_own(
    programme: Programme, accountant: User, sale: SaleOf
) -> None:
    closing = close(programme, NOVEMBER, accountant)

    sale.delivered()()

    happened = date(2026, 11, 12)
    assert days(programme) == [
        ("payment_captured", happened, happened),
        ("parcel_delivered", happened, date(2026, 12, 1)),
    ]
    assert (closing.transaction_count, closing.debit_by_currency) == (1, {"MAD": 13_000})
    assert list(findings()) == []
    assert AuditEntry.objects.get(action="books.close").actor_id == str(accountant.pk)


def test_the_database_refuses_a_movement_in_a_closed_period(
    programme: Programme, accountant: User, sale: SaleOf
) -> None:
    close(programme, NOVEMBER, accountant)
    with (
        pytest.raises(DatabaseError, match="the books are closed until 2026-11-30"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(
            "INSERT INTO ledger_ledgertransaction (book_id, key, cause, entry_count, memo, "
            "occurred_at, booked_on, recorded_at) "
            "VALUES (%s, 'x', 'conversion', 2, '', now(), '2026-11-30', now())",
            [book_of(programme.pk).pk],
        )
    assert len(days(programme)) == 1


def test_numbers_run_by_journal_and_year_without_a_gap(
    programme: Programme, accountant: User, sale: SaleOf
) -> None:
    for day in (datetime(2026, 10, 3, tzinfo=UTC), datetime(2026, 12, 1, tzinfo=UTC)):
        other = SaleOf(sale.cooperative, when=day)
        other.placed()()
        other.captured()()
    close(programme, OCTOBER, accountant)
    close(programme, NOVEMBER, accountant)
    found = EntryNumber.objects.order_by("number").values_list("journal", "year", "number")
    assert list(found) == [("VT", 2026, 1), ("VT", 2026, 2)]


def test_what_may_not_be_closed(programme: Programme, accountant: User, sale: SaleOf) -> None:
    close(programme, NOVEMBER, accountant)
    for day, error in (
        (date(2026, 12, 31), PeriodNotOver),
        (date(2026, 12, 4), PeriodNotOver),
        (NOVEMBER, PeriodOutOfOrder),
        (OCTOBER, PeriodOutOfOrder),
    ):
        with pytest.raises(error):
            close(programme, day, accountant)
    assert PeriodClosing.objects.count() == 1


def test_books_that_do_not_agree_are_not_closed(
    programme: Programme, accountant: User, sale: SaleOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.payouts.close_period.findings", lambda: ["wrong"])
    with pytest.raises(BooksWrong):
        close(programme, NOVEMBER, accountant)
    assert PeriodClosing.objects.count() == 0


def test_only_finance_people_close(programme: Programme, sale: SaleOf) -> None:
    coordinator = make_user("coordinator", programme, "coordinator")
    for by in (coordinator.actor, MACHINE):
        with pytest.raises(Forbidden):
            services.close_period(programme=programme, last_on=NOVEMBER, by=by)
    assert PeriodClosing.objects.count() == 0


def test_the_next_period_is_the_oldest_month_that_is_open(
    programme: Programme, accountant: User, sale: SaleOf
) -> None:
    book = book_of(programme.pk)
    first = open_period(book)
    assert first is not None
    assert (first.first_on, first.last_on, first.may_close) == (
        date(2026, 11, 1), NOVEMBER, True
    )  # fmt: skip
    close(programme, NOVEMBER, accountant)
    second = open_period(book)
    assert second is not None
    assert (second.first_on, second.may_close) == (date(2026, 12, 1), False)
