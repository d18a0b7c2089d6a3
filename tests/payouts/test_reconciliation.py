"""Differences are found, listed, and explained by a posting only."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from marketplace.core.errors import Forbidden
from marketplace.core.models import AuditEntry
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.post import book_of
from marketplace.payments.bank_statements import StatementUnreadable
from marketplace.payments.models import Payment, ProviderFact
from marketplace.payouts import services
from marketplace.payouts.errors import (
    AlreadyExplained,
    ExplanationMissing,
)
from marketplace.payouts.reconciliation import engine, provider
from marketplace.payouts.reconciliation.comparison import carrier_differences, payment_differences
from marketplace.payouts.reconciliation.models import Counterpart, Difference, Likely
from marketplace.payouts.reconciliation.note_differences import note_differences
from marketplace.saleor import ids
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
NOW = datetime(2026, 12, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


@pytest.fixture
def accountant(programme: Programme) -> User:
    return make_user("accountant", programme, "finance_preparer")


def paid(sale: SaleOf, charged: int, refunded: int = 0, *, counts: bool = True) -> Payment:
    """A card payment of a sale; one that does not count is a second one of the same order."""
    return Payment.objects.create(
        order_id=sale.order_id,
        method="card",
        provider="test-card",
        currency="MAD",
        amount_minor=charged,
        total_minor=charged,
        charged_minor=charged,
        refunded_minor=refunded,
        captured_at=NOW - timedelta(days=1) if counts else None,
    )


def test_card_money_that_the_book_does_not_have_is_found(
    programme: Programme, tifawine: Cooperative
) -> None:
    book = book_of(programme.pk)
    right, wrong, unheard = (SaleOf(tifawine) for _ in range(3))
    for sale in (right, wrong, unheard):
        sale.placed()()
    for sale in (right, wrong):
        sale.captured()()
    paid(right, 13_000)
    paid(wrong, 13_000, refunded=500)
    paid(unheard, 13_000)

    found = {each.subject: each for each in payment_differences(book, NOW)}

    assert found.keys() == {f"order:{wrong.order_id}", f"order:{unheard.order_id}"}
    differs = found[f"order:{wrong.order_id}"]
    assert (differs.ledger_minor, differs.other_minor, differs.likely) == (
        13_000, 12_500, Likely.AMOUNT
    )  # fmt: skip
    assert found[f"order:{unheard.order_id}"].likely == Likely.NOT_BOOKED


def test_refunds_are_compared_with_the_engine_over_all_payments_and_in_its_decimals(
    programme: Programme, tifawine: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine counts dirhams in tenths here; a second payment of an order was given back."""
    twice, late, gone = (SaleOf(tifawine) for _ in range(3))
    for sale in (twice, late, gone):
        sale.placed()()
        ids.link(ids.ORDER, sale.order_id, f"order-{sale.order_id}")
        paid(sale, 13_000)
    paid(twice, 13_000, refunded=13_000, counts=False)
    tenths = {f"order-{twice.order_id}": 1_300, f"order-{late.order_id}": 50}

    def order_by_id(gid: str) -> SimpleNamespace:
        if gid not in tenths:
            return SimpleNamespace(order=None)
        refunded = SimpleNamespace(currency="MAD", fractional_amount=tenths[gid], fraction_digits=1)
        return SimpleNamespace(order=SimpleNamespace(total_refunded=refunded))

    client = SimpleNamespace(order_by_id=order_by_id)
    monkeypatch.setattr(engine, "app_client", lambda: client)

    found = {d.subject: d for d in engine.engine_differences(book_of(programme.pk), NOW)}

    assert found.keys() == {f"shop:{late.order_id}", f"shop:{gone.order_id}"}
    differs = found[f"shop:{late.order_id}"]
    assert (differs.ledger_minor, differs.other_minor) == (0, 500)
    assert found[f"shop:{gone.order_id}"].likely == Likely.NOT_THERE


def test_cash_that_a_carrier_keeps_too_long_is_found(
    programme: Programme, tifawine: Cooperative
) -> None:
    book = book_of(programme.pk)
    old = SaleOf(tifawine, method="cod", when=NOW - timedelta(days=20))
    young = SaleOf(tifawine, method="cod", when=NOW - timedelta(days=2))
    for sale in (old, young):
        sale.placed()()
        sale.delivered()()
    (found,) = carrier_differences(book, NOW)
    assert (found.subject, found.ledger_minor) == (f"sale:{old.sale_id}", 13_000)
    old.remitted()()
    assert list(carrier_differences(book, NOW)) == []


def test_a_difference_stays_until_it_is_gone(programme: Programme, tifawine: Cooperative) -> None:
    book = book_of(programme.pk)
    sale = SaleOf(tifawine)
    sale.placed()()
    paid(sale, 13_000)
    for _ in range(2):
        found = list(payment_differences(book, NOW))
        assert note_differences(book, Counterpart.ENGINE, found, NOW) == 1
    sale.captured()()
    found = list(payment_differences(book, NOW))
    assert note_differences(book, Counterpart.ENGINE, found, NOW) == 0
    assert Difference.objects.get().gone_at == NOW


@pytest.fixture
def difference(programme: Programme) -> Difference:
    return Difference.objects.create(
        book=book_of(programme.pk),
        counterpart=Counterpart.BANK,
        subject="2026-11-30:FRAIS",
        currency="MAD",
        ledger_minor=0,
        other_minor=-2_500,
        likely=Likely.NOT_BOOKED,
        first_seen_at=NOW,
        last_seen_at=NOW,
    )


def explain(difference: Difference, programme: Programme, by: User, **more: Any) -> Difference:
    given = {"against": AccountCode.PSP_FEE, "explanation": "account fee of November"} | more
    return services.explain_difference(
        difference=difference, programme=programme, by=by.actor, **given
    )


def test_a_difference_is_explained_by_a_numbered_posting_once(
    programme: Programme, accountant: User, difference: Difference
) -> None:
    done = explain(difference, programme, accountant)
    assert balances() == {"bank": -2_500, "psp_fee": 2_500}
    assert done.posting.memo == "EC2026-00001 account fee of November"
    assert AuditEntry.objects.get(action="books.explain").details["gap_minor"] == -2_500
    with pytest.raises(AlreadyExplained):
        explain(difference, programme, accountant)
    assert balances()["bank"] == -2_500


def test_what_is_no_explanation(
    programme: Programme, accountant: User, difference: Difference
) -> None:
    for more in (
        {"explanation": " "},
        {"against": AccountCode.RELEASED},
        {"against": AccountCode.BANK},
    ):
        with pytest.raises(ExplanationMissing):
            explain(difference, programme, accountant, **more)
    observer = make_user("observer", programme, "observer")
    with pytest.raises(Forbidden):
        explain(difference, programme, observer)
    with pytest.raises(IntegrityError), transaction.atomic():
        Difference.objects.update(explained_at=timezone.now(), explanation="because")
    assert balances() == {}


def test_a_bank_statement_is_compared_line_by_line(
    programme: Programme, tifawine: Cooperative, accountant: User
) -> None:
    for amount, day in ((50_000, 3), (70_000, 10)):
        services.settle_card_provider(
            programme=programme,
            gross=_money(amount),
            fee=_money(0),
            reference=f"PO{amount}",
            occurred_at=datetime(2026, 11, day, 10, tzinfo=UTC),
            by=accountant.actor,
        )
    found = [
        SimpleNamespace(
            account="",
            entries=[
                _entry(date(2026, 11, 4), 50_000, credit=True),
                _entry(date(2026, 11, 12), 2_500, credit=False),
                _entry(date(2026, 11, 28), 1, credit=True),
            ],
        )
    ]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "marketplace.payouts.reconciliation.compare_statement.read_statements",
            lambda _content, **_account: found,
        )
        count = services.compare_statement(programme=programme, content=b"x", by=accountant.actor)
    assert count == 3
    rows = Difference.objects.order_by("subject").values_list(
        "ledger_minor", "other_minor", "likely"
    )
    assert sorted(rows) == [
        (0, -2_500, "not_booked"), (0, 1, "not_booked"), (70_000, 0, "not_there")
    ]  # fmt: skip


def test_a_file_that_is_no_statement_is_refused(programme: Programme, accountant: User) -> None:
    with pytest.raises(StatementUnreadable):
        services.compare_statement(
            programme=programme, content=b"<html></html>", by=accountant.actor
        )
    assert Difference.objects.count() == 0


def test_a_providers_balance_is_compared_with_what_was_told(
    tifawine: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    sold_and_delivered(tifawine)
    for key, amount in (("fee_1", 390), ("po_1", 12_000), ("po_9", 77)):
        ProviderFact.objects.create(
            key=key,
            provider="stripe",
            currency="MAD",
            amount_minor=amount,
            occurred_at=NOW - timedelta(days=1),
        )
    theirs = [
        SimpleNamespace(key="fee_1", amount_minor=-390, currency="MAD"),
        SimpleNamespace(key="po_1", amount_minor=-12_100, currency="MAD"),
        SimpleNamespace(key="po_2", amount_minor=-5, currency="MAD"),
    ]
    stripe = SimpleNamespace(balance_transactions=lambda _since: theirs)
    monkeypatch.setattr(provider, "balances_offered", lambda: {"stripe": stripe})
    found = {each.subject: each.likely for each in provider.provider_differences(NOW)}
    assert found == {
        "stripe:po_1": Likely.AMOUNT,
        "stripe:po_2": Likely.NOT_BOOKED,
        "stripe:po_9": Likely.NOT_THERE,
        "stripe:booked:fee_1": Likely.LATE,
        "stripe:booked:po_1": Likely.LATE,
        "stripe:booked:po_9": Likely.LATE,
    }


def _money(amount: int) -> Money:
    return Money(amount, "MAD")


def _entry(day: date, amount: int, *, credit: bool) -> Any:
    return SimpleNamespace(
        booked_on=day,
        signed_minor=amount if credit else -amount,
        currency="MAD",
        bank_reference=uuid4().hex[:8],
        end_to_end_id="",
        remittance="",
    )
