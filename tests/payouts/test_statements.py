"""A statement's sums are the ledger's, whatever happened; its files say the same."""

import io
from datetime import UTC, date, datetime

import pytest
from django.db import transaction
from django.db.models import Sum
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from pypdf import PdfReader

from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Entry
from marketplace.payouts.balances.balance_history import movements_paid_by
from marketplace.payouts.models import PayoutLine
from marketplace.payouts.statements import pdf as statement_pdf_module
from marketplace.payouts.statements.files import statement_csv, statement_xlsx
from marketplace.payouts.statements.lines import (
    Statement,
    months,
    next_month,
    payments_in,
    statements,
)
from marketplace.payouts.statements.pdf import parts_of, statement_pdf
from tests.payouts.paying import paid_out
from tests.payouts.sale_stories import pay_and_settle, sale_stories
from tests.payouts.world import make_cooperative, make_programme, make_user, sold_and_delivered
from vendors.models import Cooperative, Programme
from vendors.scoping import CooperativeScope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]


NOVEMBER = date(2026, 11, 1)


def in_the_ledger(cooperative: Cooperative, currency: str, until: date) -> int:
    """The available balance by the ledger's own entries, before a day."""
    entries = Entry.objects.within(cooperative.scope).filter(
        account__code=AccountCode.RELEASED, currency=currency, transaction__booked_on__lt=until
    )
    return -(entries.aggregate(total=Sum("amount_minor"))["total"] or 0)


def added_up(statement: Statement) -> int:
    return (
        statement.opening_minor
        + statement.sold_minor
        - statement.refunded_minor
        - statement.commission_minor
        - statement.tax_minor
        + statement.converted_minor
        + statement.corrected_minor
        - statement.paid_minor
        + statement.returned_minor
    )


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), currency=st.sampled_from(("MAD", "EUR", "XOF")))
def test_every_month_leads_from_the_ledgers_balance_to_the_ledgers_balance(
    db: None, data: st.DataObject, currency: str
) -> None:
    with transaction.atomic():
        programme = make_programme(currency=currency)
        preparer = make_user("preparer", programme, "finance_preparer")
        approver = make_user("approver", programme, "finance_approver")
        cooperative = make_cooperative(programme, currency="MAD")
        for _number in range(data.draw(st.integers(1, 4))):
            for event in data.draw(sale_stories(cooperative, currency)).story:
                month = data.draw(st.integers(9, 11))
                event.payload["occurred_at"] = datetime(2026, month, 5, tzinfo=UTC).isoformat()
                event()
            if data.draw(st.booleans()):
                pay_and_settle(programme, preparer, approver, data)
        for month in months(cooperative.scope):
            for found in statements(cooperative.scope, month):
                rows, following = list(found.rows), next_month(month)
                assert found.opening_minor == in_the_ledger(cooperative, found.currency, month)
                assert found.closing_minor == in_the_ledger(cooperative, found.currency, following)
                assert added_up(found) == found.closing_minor
                assert [label for label, _ in found.sums][-1] == "Closing balance"
                assert len(rows) == len(found.rows)
                assert sum(row.amount_minor for row in rows) == (
                    found.closing_minor - found.opening_minor
                )
                if rows:
                    assert rows[-1].balance_minor == found.closing_minor
                    assert found.rows[len(rows) - 1] == rows[-1]
                for row in rows:
                    parts = row.gross_minor - row.commission_minor - row.tax_minor
                    assert parts == row.amount_minor
        transaction.set_rollback(True)


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme)


def only(cooperative: Cooperative) -> Statement:
    [found] = statements(cooperative.scope, NOVEMBER)
    return found


def test_a_refund_after_the_payment_is_shown_as_recovered_later(
    programme: Programme, tifawine: Cooperative
) -> None:
    paid = sold_and_delivered(tifawine)
    paid_out(programme)
    unpaid = sold_and_delivered(tifawine)
    unpaid.refunded({0: 10_000})()
    paid.refunded({0: 10_000})()
    refunds = [row for row in only(tifawine).rows if row.cause == Cause.REFUND_MADE]
    assert [(row.amount_minor, row.is_recovery) for row in refunds] == [
        (-8_800, False),
        (-8_800, True),
    ]


def test_a_payment_names_the_orders_it_is_made_of_and_no_other(
    programme: Programme, tifawine: Cooperative
) -> None:
    first = sold_and_delivered(tifawine)
    paid_out(programme)
    [line] = payments_in(tifawine.scope, only(tifawine))
    sold_and_delivered(tifawine)
    rows = list(movements_paid_by(tifawine.scope, line))
    assert [row.number for row in rows] == [str(first.sale_id)[:8]]
    assert sum(row.amount_minor for row in rows) == line.amount_minor
    assert movements_paid_by(tifawine.scope, line).total_minor == line.amount_minor


def test_another_cooperatives_payment_is_made_of_nothing_here(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    paid_out(programme)
    other = make_cooperative(programme, "other")
    line = PayoutLine.objects.within(CooperativeScope(tifawine.pk)).select_related("run").get()
    assert list(movements_paid_by(other.scope, line)) == []


def test_the_workbook_has_dates_numbers_and_no_formula(
    programme: Programme, tifawine: Cooperative
) -> None:
    sale = sold_and_delivered(tifawine, totals=(4_000, 6_050))
    paid_out(programme)
    sale.refunded({0: 4_000})()
    out = io.BytesIO()
    statement_xlsx(out, tifawine.scope, [only(tifawine)])
    book = load_workbook(io.BytesIO(out.getvalue()))
    movements, payments, _calculation, sums = book.worksheets
    assert [sheet.title for sheet in book.worksheets] == [
        "Movements",
        "Payouts",
        "Calculation",
        "Totals",
    ]
    assert movements["A2"].value == datetime(2026, 11, 3)  # noqa: DTZ001 -- a spreadsheet's day
    assert movements["D2"].value == 100.5
    assert movements["D2"].number_format == "#,##0.00"
    assert payments.max_row == 2
    assert [cell.value for cell in sums[sums.max_row]] == ["Closing balance", -35.2, "MAD"]
    for sheet in book.worksheets:
        assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)


def test_a_name_that_looks_like_a_formula_stays_a_text(tifawine: Cooperative) -> None:
    sold_and_delivered(tifawine)
    out = io.BytesIO()
    with translation.override("en"), pytest.MonkeyPatch.context() as patched:
        numbers = "marketplace.payouts.balances.balance_history._numbers"
        patched.setattr(numbers, lambda _scope, ids: dict.fromkeys(ids, "=1+1"))
        statement_csv(out, tifawine.scope, [only(tifawine)])
    assert b",'=1+1," in out.getvalue()


@pytest.mark.parametrize(
    ("language", "title", "amount"),
    [("ar", "الحساب", "88,00"), ("fr", "Relevé", "88,00"), ("en", "Statement", "88.00")],
)
def test_the_pdf_speaks_the_readers_language(
    tifawine: Cooperative, language: str, title: str, amount: str
) -> None:
    sold_and_delivered(tifawine)
    out = io.BytesIO()
    with translation.override(language):
        statement_pdf(out, tifawine, NOVEMBER, [only(tifawine)])
    text = "".join(page.extract_text() for page in PdfReader(out).pages)
    assert title in text
    assert amount in text


def test_a_long_month_comes_in_parts_that_together_hold_every_row(
    programme: Programme, tifawine: Cooperative, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(statement_pdf_module, "ROWS_PER_PART", 4)
    monkeypatch.setattr("marketplace.core.documents.drawing.ROWS_AT_ONCE", 3)
    sales = [sold_and_delivered(tifawine, totals=(10_000 + n,)) for n in range(5)]
    paid_out(programme)
    found = [only(tifawine)]
    assert parts_of(tifawine, found) == 3
    texts = []
    for part in (1, 2, 3):
        out = io.BytesIO()
        statement_pdf(out, tifawine, NOVEMBER, found, part=part)
        texts.append("".join(page.extract_text() for page in PdfReader(out).pages))
    for sale in sales:
        assert sum(text.count(str(sale.sale_id)[:8]) for text in texts) == 2
    assert "Closing balance" in texts[0]
    assert "Closing balance" not in texts[1] + texts[2]
