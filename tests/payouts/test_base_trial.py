"""The trial balance in the book's currency agrees with the journal; months close together."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from marketplace.ledger.accounting.base_trial import base_trial_balance
from marketplace.ledger.accounting.fec import COLUMNS, fec_rows
from marketplace.ledger.accounting.month_sums import month_sums
from marketplace.ledger.accounting.periods import open_months
from marketplace.ledger.accounting.trial import totals
from marketplace.ledger.errors import BooksWrong, PeriodNotOver
from marketplace.ledger.models import EntryNumber, PeriodClosing
from marketplace.ledger.post import book_of
from marketplace.payouts import services
from tests.payouts.world import SaleOf, make_cooperative, make_programme, make_user
from vendors.models import Programme, User

pytestmark = pytest.mark.django_db
SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 30), date(2026, 10, 31), date(2026, 11, 30)


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


def sold(programme: Programme, *months: int) -> None:
    cooperative = make_cooperative(programme)
    for month in months:
        sale = SaleOf(cooperative, when=datetime(2026, month, 12, 10, tzinfo=UTC))
        sale.placed()()
        sale.captured()()


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    sales=st.lists(
        st.tuples(
            st.integers(1, 10**7),
            st.integers(0, 9_999),
            st.sampled_from(["MAD", "EUR", "TND", "XOF"]),
            st.sampled_from([9, 10, 11]),
        ),
        min_size=1,
        max_size=4,
    )
)
def test_movements_are_those_of_the_journal_and_everything_balances(
    db: None, sales: list[tuple[int, int, str, int]]
) -> None:
    with transaction.atomic():
        programme = make_programme()
        cooperative = make_cooperative(programme)
        for goods, shipping, currency, month in sales:
            when = datetime(2026, month, 12, 10, tzinfo=UTC)
            sale = SaleOf(cooperative, (goods,), shipping, currency, when=when)
            for event in (sale.placed(), sale.captured(), sale.delivered()):
                event()
        book = book_of(programme.pk)
        first = date(2026, 10, 1)
        lines = base_trial_balance(book, first, NOVEMBER)
        assert {line.currency for line in lines} == {"MAD"}
        assert sum(line.opening_minor for line in lines) == 0
        assert all(total.debit_minor == total.credit_minor for total in totals(lines))
        journal: dict[str, list[Decimal]] = defaultdict(lambda: [Decimal(0), Decimal(0)])
        for row in list(fec_rows(book, first, NOVEMBER))[1:]:
            fields = dict(zip(COLUMNS, row.rstrip("\r\n").split("\t"), strict=True))
            for place, name in enumerate(("Debit", "Credit")):
                journal[fields["CompteNum"]][place] += Decimal(fields[name].replace(",", "."))
        moved = {
            line.number: [Decimal(line.debit_minor) / 100, Decimal(line.credit_minor) / 100]
            for line in lines
            if line.debit_minor or line.credit_minor
        }
        assert moved == {number: sums for number, sums in journal.items() if any(sums)}
        transaction.set_rollback(True)


def test_several_months_are_closed_at_once_each_on_its_own(
    programme: Programme, accountant: User
) -> None:
    sold(programme, 9, 11)
    book = book_of(programme.pk)
    months = month_sums(book, open_months(book))
    assert [(m.period.last_on, m.transaction_count, m.is_balanced) for m in months] == [
        (SEPTEMBER, 1, True), (OCTOBER, 0, True), (NOVEMBER, 1, True),
    ]  # fmt: skip
    closed = services.close_months(programme=programme, last_on=NOVEMBER, by=accountant.actor)
    assert [(c.last_on, c.transaction_count) for c in closed] == [
        (SEPTEMBER, 1), (OCTOBER, 0), (NOVEMBER, 1),
    ]  # fmt: skip
    assert list(EntryNumber.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_each_month_is_checked_and_none_is_closed_if_one_cannot_be(
    programme: Programme, accountant: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold(programme, 9, 11)
    checks: list[list[str]] = [[], [], ["wrong"]]
    monkeypatch.setattr("marketplace.payouts.close_period.findings", lambda: checks.pop(0))
    with pytest.raises(BooksWrong):
        services.close_months(programme=programme, last_on=NOVEMBER, by=accountant.actor)
    assert (PeriodClosing.objects.count(), checks) == (0, [])
    monkeypatch.setattr("marketplace.payouts.close_period.findings", list)
    with pytest.raises(PeriodNotOver):
        services.close_months(programme=programme, last_on=date(2026, 12, 31), by=accountant.actor)
    assert PeriodClosing.objects.count() == 0
