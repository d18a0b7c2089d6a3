"""What an accountant takes away: opening balances, trial balance, the journal in two layouts."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import Money
from marketplace.ledger.accounting.bring_in_balances import Opening
from marketplace.ledger.accounting.fec import COLUMNS, csv_rows, fec_problems, fec_rows
from marketplace.ledger.accounting.journal_lines import in_own_currency
from marketplace.ledger.accounting.mapping import mapping_on
from marketplace.ledger.accounting.trial import totals, trial_balance, trial_csv
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.errors import CooperativeUnknown, DayIsClosed, KeyReused
from marketplace.ledger.models import Book
from marketplace.ledger.post import book_of
from marketplace.payouts import services
from tests.payouts.world import (
    SaleOf,
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme, User

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
WHEN = datetime(2026, 11, 3, 10, tzinfo=UTC)


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
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


@pytest.fixture
def book(programme: Programme, tifawine: Cooperative) -> Book:
    """One sale at home and one abroad, whose share is converted into dirhams."""
    sold_and_delivered(tifawine)
    abroad = SaleOf(tifawine, (2_000,), 700, "EUR", country="FR", when=WHEN)
    for event in (abroad.placed(), abroad.captured(), abroad.delivered()):
        event()
    return book_of(programme.pk)


def test_the_trial_balance_balances_in_each_currency(book: Book) -> None:
    lines = trial_balance(book, FIRST, LAST)
    assert [(t.currency, t.debit_minor, t.credit_minor) for t in totals(lines)] == [
        ("EUR", 6_460, 6_460),
        ("MAD", 41_832, 41_832),
    ]
    found = {(line.code.value, line.currency): line.closing_minor for line in lines}
    assert found["psp_clearing", "MAD"] == 13_000
    assert found["released", "MAD"] == -(8_800 + 18_832)
    assert found["fx", "MAD"] == 18_832
    assert {line.number for line in lines if line.code == "commission"} == {"712400"}
    assert all(line.opening_minor == 0 for line in lines)
    later = trial_balance(book, date(2026, 12, 1), date(2026, 12, 31))
    assert {(line.code.value, line.currency): line.opening_minor for line in later} == found
    assert b"psp_clearing,MAD,0.00,130.00,0.00,130.00" in trial_csv(lines)


def test_the_fec_file_holds_every_check(programme: Programme, accountant: User, book: Book) -> None:
    before = "".join(fec_rows(book, FIRST, LAST))
    services.close_period(programme=programme, last_on=LAST, by=accountant.actor)
    content = "".join(fec_rows(book, FIRST, LAST))

    assert fec_problems(before) == fec_problems(content) == []
    header, *rows = [line.split("\t") for line in content.splitlines()]
    assert tuple(header) == COLUMNS
    first = dict(zip(COLUMNS, rows[0], strict=True))
    assert (first["JournalCode"], first["EcritureNum"]) == ("VT", "VT2026-000001")
    assert (first["EcritureDate"], first["ValidDate"]) == ("20261103", "20261204")
    assert first["EcritureLib"] == "paiement par carte de l’acheteur"
    foreign = [dict(zip(COLUMNS, row, strict=True)) for row in rows if row[17] == "EUR"]
    bank = next(row for row in foreign if row["CompteNum"] == "511500")
    assert (bank["Debit"], bank["Montantdevise"]) == ("288,90", "27,00")
    provisional = dict(zip(COLUMNS, before.splitlines()[1].split("\t"), strict=True))
    assert provisional["EcritureNum"].startswith("P")
    assert provisional["ValidDate"] == ""


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("130,00\t0,00", "130,01\t0,00", "does not balance"),
        ("130,00\t0,00", "130,00\t130,00", "or both"),
        ("20261103", "20261399", "is no day"),
        ("VT2026-000002", "VT2026-000007", "numbers have a gap"),
        ("JournalCode", "Journal", "not those of the layout"),
    ],
)
def test_the_checks_find_what_is_wrong(
    programme: Programme, accountant: User, book: Book, old: str, new: str, problem: str
) -> None:
    services.close_period(programme=programme, last_on=LAST, by=accountant.actor)
    content = "".join(fec_rows(book, FIRST, LAST))
    assert old in content
    found = fec_problems(content.replace(old, new))
    assert any(problem in line for line in found), found


def test_the_csv_has_the_amounts_as_they_happened(book: Book) -> None:
    rows = list(csv_rows(book, FIRST, LAST))
    assert rows[0].startswith("journal,number,booked_on")
    assert sum(",EUR,27.00,0.00," in row for row in rows) == 1


def test_the_command_writes_the_file_and_refuses_an_unknown_programme(
    book: Book, tmp_path: Path
) -> None:
    path = tmp_path / "journal.txt"
    period: Any = {"first_on": FIRST, "last_on": LAST}
    arguments = ["ledger", "export", "--programme", "mourafaka"]
    days = ["--from", "2026-11-01", "--until", "2026-11-30"]
    call_command(*arguments, *days, "--output", str(path))
    assert path.read_text(encoding="utf-8") == "".join(fec_rows(book, **period)).replace(
        "\r\n", "\n"
    )
    printed = StringIO()
    call_command(*arguments, *days, "--format", "csv", stdout=printed)
    assert printed.getvalue().startswith("journal,number")
    with pytest.raises(CommandError, match="has no book"):
        call_command("ledger", "export", "--programme", "none", *days)


@given(
    amounts=st.lists(st.integers(1, 10**9), min_size=1, max_size=6),
    currency=st.sampled_from(["EUR", "XOF", "EGP", "MAD"]),
    cut=st.integers(1, 5),
)
def test_converted_entries_still_balance(amounts: list[int], currency: str, cut: int) -> None:
    debits = [Money(amount, currency) for amount in amounts]
    total = sum(amounts)
    credits_ = Money(-total, currency).allocate([1] * cut)
    legs = debits + [money for money in credits_ if money]
    found = in_own_currency("MAD", date(2026, 11, 3), legs)
    assert sum(money.amount_minor for money in found) == 0
    assert {money.currency for money in found} == {"MAD"}


def test_opening_balances_are_brought_in_once(
    programme: Programme, tifawine: Cooperative, accountant: User
) -> None:
    wanted = [
        Opening(AccountCode.BANK, Money(500_000, "MAD")),
        Opening(AccountCode.RELEASED, Money(-120_000, "MAD"), tifawine.pk),
    ]

    def bring_in(rows: list[Opening]) -> int:
        return len(
            services.bring_in_balances(
                programme=programme,
                on=date(2026, 1, 1),
                balances=rows,
                source="balance sheet of 2025",
                by=accountant.actor,
            )
        )

    assert bring_in(wanted) == bring_in(wanted) == 2
    assert balances() == {"bank": 500_000, "released": -120_000, "opening": -380_000}
    with pytest.raises(KeyReused), transaction.atomic():
        bring_in([Opening(AccountCode.BANK, Money(500_001, "MAD"))])
    for code, owner in ((AccountCode.RELEASED, uuid4()), (AccountCode.BANK, tifawine.pk)):
        with pytest.raises(CooperativeUnknown), transaction.atomic():
            bring_in([Opening(code, Money(5, "MAD"), owner)])
    assert balances()["opening"] == -380_000


def test_a_programmes_own_name_for_an_account_holds_from_its_day(
    programme: Programme, accountant: User, book: Book
) -> None:
    def name(number: str, valid_from: date) -> None:
        services.map_account(
            programme=programme,
            code=AccountCode.COMMISSION,
            number=number,
            label="Commissions",
            valid_from=valid_from,
            source="accountant's letter",
            by=accountant.actor,
        )

    name("706000", date(2026, 11, 10))
    name("706100", date(2026, 12, 1))
    assert [
        mapping_on(book, date(2026, month, 15))[AccountCode.COMMISSION].number
        for month in (10, 11, 12)
    ] == ["712400", "706000", "706100"]
    services.close_period(programme=programme, last_on=LAST, by=accountant.actor)
    with pytest.raises(DayIsClosed):
        name("999", LAST)
    assert mapping_on(book, LAST)[AccountCode.COMMISSION].number == "706000"


def test_every_account_has_a_name_in_the_shipped_plan(book: Book) -> None:
    assert set(mapping_on(book, LAST)) == set(AccountCode)
