"""Posting to a book: balanced, each key once, to the accounts that the legs name."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.db import transaction

from marketplace.core.actors import Actor
from marketplace.core.errors import Forbidden, NotFound
from marketplace.core.models import AuditEntry
from marketplace.core.money import Money
from marketplace.ledger.book_settlements import pay_carrier, settle_card_provider
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.errors import KeyReused
from marketplace.ledger.models import Account, Book, LedgerTransaction
from marketplace.ledger.movement import About, Leg, Posting
from marketplace.ledger.post import UnbalancedLegs, book_of, booked_on, post, post_all
from tests.payouts.world import MACHINE, WHEN, make_cooperative, make_programme, make_user
from vendors.models import Programme
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

DAY = date(2026, 11, 3)
Entries = set[tuple[str, int, str]]


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def book(programme: Programme) -> Book:
    return book_of(programme.pk)


def leg(code: AccountCode, amount: int, currency: str = "MAD") -> Leg:
    return Leg(code, Money(amount, currency))


def sale_of(book: Book, amount: int, key: str = "sale", about: About | None = None) -> Posting:
    """Money at the card provider, which the cooperative waits for."""
    legs = [leg(AccountCode.PSP_CLEARING, amount), leg(AccountCode.HELD, -amount)]
    return Posting(book, key, Cause.PAYMENT_CAPTURED, legs, WHEN, DAY, about or About())


def entries_of(row: LedgerTransaction) -> Entries:
    rows = row.entries.select_related("account")
    return {(each.account.code, each.amount_minor, each.currency) for each in rows}


def post_legs(book: Book, *legs: Leg, key: str = "key") -> LedgerTransaction:
    return post(
        book=book,
        key=key,
        cause=Cause.PSP_SETTLED,
        legs=legs,
        occurred_at=WHEN,
        booked_on=DAY,
    )


def test_a_programme_has_one_book(programme: Programme, book: Book) -> None:
    other = make_programme("other")

    assert book_of(programme.pk) == book
    assert book_of(other.pk) != book
    assert book_of(other.pk).programme == other


def test_the_accounting_day_is_the_programmes(book: Book) -> None:
    late = datetime(2026, 6, 3, 23, 30, tzinfo=UTC)

    assert booked_on(book, late) == date(2026, 6, 4)


def test_legs_of_nothing_are_left_out(book: Book) -> None:
    row = post_legs(
        book,
        leg(AccountCode.BANK, 500),
        leg(AccountCode.PSP_FEE, 0),
        leg(AccountCode.PSP_CLEARING, -500),
    )

    assert entries_of(row) == {("bank", 500, "MAD"), ("psp_clearing", -500, "MAD")}
    assert row.entry_count == 2


def test_each_currency_balances_by_itself(book: Book) -> None:
    row = post_legs(
        book,
        leg(AccountCode.BANK, 500),
        leg(AccountCode.FX, -500),
        leg(AccountCode.BANK, -45, "EUR"),
        leg(AccountCode.FX, 45, "EUR"),
    )

    assert entries_of(row) == {
        ("bank", 500, "MAD"),
        ("fx", -500, "MAD"),
        ("bank", -45, "EUR"),
        ("fx", 45, "EUR"),
    }


@pytest.mark.parametrize(
    "legs",
    [
        (),
        (leg(AccountCode.BANK, 0), leg(AccountCode.FX, 0)),
        (leg(AccountCode.BANK, 500), leg(AccountCode.FX, 0)),
        (leg(AccountCode.BANK, 500), leg(AccountCode.FX, -499)),
        (leg(AccountCode.BANK, 500), leg(AccountCode.FX, -500, "EUR")),
        (leg(AccountCode.BANK, 500), leg(AccountCode.FX, -250), leg(AccountCode.HELD, 250)),
    ],
)
def test_what_does_not_balance_is_not_written(book: Book, legs: tuple[Leg, ...]) -> None:
    with pytest.raises(UnbalancedLegs), transaction.atomic():
        post_legs(book, *legs)
    assert not LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).exists()


def test_the_same_key_returns_the_first_if_the_entries_are_the_same(book: Book) -> None:
    bank, clearing = leg(AccountCode.BANK, 500), leg(AccountCode.PSP_CLEARING, -500)
    first = post_legs(book, bank, clearing)

    assert post_legs(book, clearing, bank) == first
    for other in (
        (leg(AccountCode.BANK, 501), leg(AccountCode.PSP_CLEARING, -501)),
        (leg(AccountCode.BANK, 500), leg(AccountCode.SUSPENSE, -500)),
        (leg(AccountCode.BANK, 500, "EUR"), leg(AccountCode.PSP_CLEARING, -500, "EUR")),
    ):
        with pytest.raises(KeyReused), transaction.atomic():
            post_legs(book, *other)


def test_many_are_posted_at_once_and_the_new_ones_returned(book: Book) -> None:
    tifawine = make_cooperative(book.programme)
    about = About(cooperative_id=tifawine.pk)
    [known] = post_all([sale_of(book, 100, "known", about)])

    new = post_all(
        [
            sale_of(book, 200, "second", about),
            sale_of(book, 100, "known", about),
            sale_of(book, 300, "first", about),
        ]
    )

    assert [row.key for row in new] == ["second", "first"]
    assert known not in new
    assert entries_of(new[1]) == {("psp_clearing", 300, "MAD"), ("held", -300, "MAD")}
    assert post_all([]) == []
    with pytest.raises(KeyReused), transaction.atomic():
        post_all([sale_of(book, 9, "third", about), sale_of(book, 101, "known", about)])


def test_only_some_accounts_are_kept_for_each_cooperative(book: Book) -> None:
    tifawine = make_cooperative(book.programme)
    tadla = make_cooperative(book.programme, "tadla", rib="")
    for cooperative in (tifawine, tadla, tifawine):
        about = About(cooperative_id=cooperative.pk)
        post_all([sale_of(book, 100, f"sale-{uuid4()}", about)])

    accounts = Account.objects.crossing(Crossing.LEDGER_POSTING).filter(book=book)
    assert sorted(accounts.values_list("code", "cooperative__slug"), key=str) == [
        ("held", "tadla"),
        ("held", "tifawine"),
        ("psp_clearing", None),
    ]


def test_a_transaction_keeps_what_it_is_about(book: Book) -> None:
    about = About(make_cooperative(book.programme).pk, uuid4(), uuid4(), "a memo")
    [row] = post_all([sale_of(book, 100, about=about)])

    stored = LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).get()
    for each in (row, stored):
        assert each.key == "sale"
        assert each.cause == "payment_captured"
        assert About(each.cooperative_id, each.sale_id, each.payout_line_id, each.memo) == about
        assert (each.occurred_at, each.booked_on, each.entry_count) == (WHEN, DAY, 2)
    assert row.recorded_at == stored.recorded_at


def test_the_card_providers_transfer_is_booked_once_less_its_fee(programme: Programme) -> None:
    preparer = make_user("preparer", programme, "finance_preparer").actor

    rows = [
        settle_card_provider(
            programme=programme,
            gross=Money(10_000, "MAD"),
            fee=Money(250, "MAD"),
            reference="T-1",
            occurred_at=WHEN,
            by=preparer,
        )
        for _ in range(2)
    ]

    assert rows[0] == rows[1]
    assert entries_of(rows[0]) == {
        ("bank", 9_750, "MAD"),
        ("psp_fee", 250, "MAD"),
        ("psp_clearing", -10_000, "MAD"),
    }
    assert (rows[0].key, rows[0].memo) == (f"psp-settled:{programme.pk}:T-1", "T-1")
    assert (rows[0].occurred_at, rows[0].booked_on) == (WHEN, DAY)
    assert AuditEntry.objects.filter(action="ledger.psp_settled").exists()


def test_a_carrier_is_paid_what_it_is_owed(programme: Programme) -> None:
    preparer = make_user("preparer", programme, "finance_preparer").actor

    row = pay_carrier(
        programme=programme,
        amount=Money(3_000, "MAD"),
        reference="F-7",
        occurred_at=WHEN,
        by=preparer,
    )

    assert entries_of(row) == {("shipping_payable", 3_000, "MAD"), ("bank", -3_000, "MAD")}
    assert (row.key, row.cause) == (f"carrier-paid:{programme.pk}:F-7", "carrier_paid")


def test_settlements_are_booked_by_the_finance_role_alone(programme: Programme) -> None:
    def pay(by: Actor) -> None:
        pay_carrier(
            programme=programme,
            amount=Money(3_000, "MAD"),
            reference="F-7",
            occurred_at=WHEN,
            by=by,
        )

    with pytest.raises(Forbidden):
        pay(MACHINE)
    with pytest.raises(Forbidden):
        pay(make_user("approver", programme, "finance_approver").actor)
    with pytest.raises(NotFound):
        pay(make_user("stranger").actor)
    assert not LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).exists()


def test_a_settlement_that_cannot_be_audited_is_not_booked(
    programme: Programme, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_args: object, **_named: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("marketplace.ledger.book_settlements.audit.record", fail)
    preparer = make_user("preparer", programme, "finance_preparer").actor
    amount = Money(3_000, "MAD")
    told: Any = {"reference": "R-1", "occurred_at": WHEN, "by": preparer}

    with pytest.raises(RuntimeError):
        pay_carrier(programme=programme, amount=amount, **told)
    with pytest.raises(RuntimeError):
        settle_card_provider(programme=programme, gross=amount, fee=Money.zero("MAD"), **told)
    assert not LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).exists()
