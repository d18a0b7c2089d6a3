"""From a journal's entry to its document, and from a number back to the entry."""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
import time_machine

from marketplace.core.money import Money
from marketplace.ledger import queries as ledger
from marketplace.ledger.accounting.bring_in_balances import Opening
from marketplace.ledger.accounting.documents import documents_of
from marketplace.ledger.accounting.fec import COLUMNS, csv_rows, fec_problems, fec_rows
from marketplace.ledger.accounting.pieces import piece_of
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.ledger.post import book_of
from marketplace.payouts import services
from marketplace.payouts.balances import book_disputes
from marketplace.payouts.balances.book_provider_fees import book_fee, book_provider_payout
from marketplace.payouts.balances.dispute import Dispute
from marketplace.payouts.balances.end_debt import DebtEnd, debt
from marketplace.payouts.queries.journal_search import entries_of_number
from marketplace.payouts.statements.lines import statements
from tests.payouts.paying import paid_out
from tests.payouts.world import (
    SaleOf,
    an_order,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)
AN_ID = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-")


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


def everything(programme: Programme, cooperative: Cooperative) -> SaleOf:
    """A sale paid out, disputed and refunded, fees, openings, an ended debt."""
    sale = sold_and_delivered(cooperative, totals=(4_000, 6_000))
    an_order(sale, "TW-AAAA-0001")
    paid_out(programme)
    when = datetime(2026, 12, 1, 9, tzinfo=UTC)
    book_fee(
        key="txn_17", provider="stripe", order_id=sale.order_id, fee=Money(90, "MAD"),
        occurred_at=when,
    )  # fmt: skip
    book_provider_payout(
        key="po_1", provider="stripe", amount=Money(5_000, "MAD"), reference="STRIPE ABC",
        occurred_at=when,
    )  # fmt: skip
    sale.refunded({0: 4_000})()
    dispute = Dispute(uuid4(), sale.order_id, 6_000, "MAD", 200, when)
    book_disputes.open_dispute(dispute)
    book_disputes.lose_dispute(dispute)
    books = make_user("books", programme, "finance_preparer")
    services.bring_in_balances(
        programme=programme,
        on=date(2026, 1, 1),
        balances=[Opening(AccountCode.BANK, Money(70_000, "MAD"))],
        source="balance sheet of 2025",
        by=books.actor,
    )
    services.end_debt(
        cooperative=cooperative,
        amount=Money(debt(cooperative, "MAD"), "MAD"),
        seen_minor=debt(cooperative, "MAD"),
        how=DebtEnd.BORNE,
        explanation="left the programme",
        by=make_user("chief", programme, "finance_approver").actor,
    )
    return sale


def found(programme: Programme, number: str) -> set[str]:
    only = entries_of_number(ProgrammeScope(programme.pk), number)
    return {row.cause for row in ledger.journal(programme, only=only)}


def test_no_document_is_an_id(programme: Programme, tifawine: Cooperative) -> None:
    everything(programme, tifawine)
    book = book_of(programme.pk)
    content = "".join(fec_rows(book, FIRST, LAST))
    assert fec_problems(content) == []
    rows = [line.split("\t") for line in content.splitlines()]
    pieces = {row[COLUMNS.index("PieceRef")] for row in rows[1:]}
    assert pieces == {
        "TW-AAAA-0001-1", "VR-2026-12-04", "txn_17", "STRIPE ABC", "AN-2026-01-01",
        "DT2026-00001",
    }  # fmt: skip
    assert not any(AN_ID.search(piece) for piece in pieces)
    labels = {row[COLUMNS.index("EcritureLib")] for row in rows[1:]}
    assert any(label.endswith(" : left the programme") for label in labels)
    journal = csv.DictReader(io.StringIO("".join(csv_rows(book, FIRST, LAST))))
    assert {row["piece"] for row in journal} == pieces


def test_every_entry_is_found_by_the_number_of_its_document(
    programme: Programme, tifawine: Cooperative
) -> None:
    everything(programme, tifawine)
    scope = ProgrammeScope(programme.pk)
    rows = list(LedgerTransaction.objects.within(scope))
    rows += list(book_of(programme.pk).transactions.filter(cooperative=None))
    for pk, document in documents_of(scope, rows).items():
        only = entries_of_number(scope, document.number)
        assert pk in {row.pk for row in ledger.journal(programme, only=only)}, document


def test_numbers_of_orders_runs_payments_and_entries(
    programme: Programme, tifawine: Cooperative
) -> None:
    everything(programme, tifawine)
    services.close_months(
        programme=programme,
        last_on=date(2026, 11, 30),
        by=make_user("keeper", programme, "finance_preparer").actor,
    )
    of_order = {"payment_captured", "parcel_delivered", "refund_made", "psp_fee_charged"}
    assert found(programme, "tw-aaaa-0001") >= of_order
    assert found(programme, "TW-AAAA-0001-1") == found(programme, "TW-AAAA-0001")
    assert found(programme, "VR-2026-12-04") == {"payout_reserved", "payout_settled"}
    assert found(programme, "VR-2026-12-04-0001") == {"payout_reserved", "payout_settled"}
    assert found(programme, "STRIPE ABC") == {"psp_settled"}
    assert found(programme, "VT2026-000001") == {"payment_captured"}
    assert found(programme, "nothing") == set()
    other = make_programme("other")
    assert found(other, "TW-AAAA-0001") == set()


def test_the_cooperatives_statement_names_no_id_either(
    programme: Programme, tifawine: Cooperative
) -> None:
    everything(programme, tifawine)
    for month in (date(2026, 11, 1), date(2026, 12, 1)):
        for statement in statements(tifawine.scope, month):
            references = {row.number for row in statement.rows}
            assert references
            assert not any(AN_ID.search(each) for each in references)


def test_a_document_without_number_goes_by_its_journal_and_id() -> None:
    for cause, memo in ((Cause.DEBT_BORNE, "gone"), (Cause.PARCEL_DELIVERED, str(uuid4()))):
        number, remark = piece_of(cause, transaction_id=7, key="x", memo=memo, sale_number=None)
        assert re.fullmatch("(OD|VT)-7", number)
        assert remark in {"gone", ""}
