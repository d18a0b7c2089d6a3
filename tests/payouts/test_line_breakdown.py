"""How the amount of a payout line comes about: sales, refunds, commission and the rest add up."""

import csv
import io
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from marketplace.payouts import queries, services
from marketplace.payouts.balances.balance_history import movements_paid_by
from marketplace.payouts.models import LineState, PayoutLine, PayoutRun
from marketplace.payouts.runs.lines_csv import lines_csv
from marketplace.payouts.statements.files import statement_xlsx
from marketplace.payouts.statements.lines import statements
from tests.payouts.sale_stories import pay_and_settle, sale_stories
from tests.payouts.world import make_cooperative, make_programme, make_user, sold_and_delivered
from vendors.models import Cooperative, Programme, User
from vendors.scoping import ProgrammeScope

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("in_november")]
NOVEMBER = date(2026, 11, 1)


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme, "tifawine")


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


@pytest.fixture
def approver(programme: Programme) -> User:
    return make_user("approver", programme, "finance_approver")


def sent(programme: Programme, preparer: User, approver: User) -> PayoutRun:
    run = services.prepare_run(programme=programme, by=preparer.actor)
    services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    return services.mark_sent(run=run, by=preparer.actor)


def the_line(run: PayoutRun, slug: str = "tifawine") -> PayoutLine:
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    line: PayoutLine = rows.select_related("run", "cooperative").get(
        run=run, cooperative__slug=slug
    )
    return line


def summed(line: PayoutLine) -> dict[str, int]:
    with translation.override("en"):
        return dict(queries.line_sums(line))


def test_gross_is_before_refunds_and_the_refunds_are_beside_it(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    first = sold_and_delivered(tifawine, totals=(4_000, 6_000))
    services.mark_settled(run=sent(programme, preparer, approver), by=preparer.actor)
    first.refunded({0: 4_000})()
    sold_and_delivered(tifawine, totals=(20_000,))
    line = the_line(services.prepare_run(programme=programme, by=preparer.actor))
    assert summed(line) == {
        "Delivered sales": 20_000,
        "Refunded to buyers": -4_000,
        "Commission": -(2_400 - 480),
    }
    assert line.amount_minor == 20_000 - 4_000 - 1_920


def test_what_a_payment_left_is_in_the_next_one_and_a_constraint_keeps_the_sum(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    sold_and_delivered(tifawine)
    line = the_line(services.prepare_run(programme=programme, by=preparer.actor))
    assert sum(summed(line).values()) == line.amount_minor == 8_800
    twin = PayoutLine.objects.within(tifawine.scope).get(pk=line.pk)
    twin.pk, twin.cooperative, twin.gross_minor = None, make_cooperative(programme, "other"), 1
    with pytest.raises(IntegrityError, match="payout_line_adds_up"), transaction.atomic():
        twin.save(force_insert=True)


def test_a_payment_returned_after_the_next_one_is_named_in_the_one_after(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    sold_and_delivered(tifawine)
    first = sent(programme, preparer, approver)
    services.mark_settled(run=first, by=preparer.actor)
    sold_and_delivered(tifawine, totals=(50_000,))
    second = sent(programme, preparer, approver)
    services.mark_settled(run=second, by=preparer.actor)
    before = list(movements_paid_by(tifawine.scope, the_line(second)))
    services.mark_returned(line=the_line(first), reason="closed", by=preparer.actor)
    # The second payment is still made of its own sale only.
    assert list(movements_paid_by(tifawine.scope, the_line(second))) == before
    assert [row.amount_minor for row in before] == [44_000]
    sold_and_delivered(tifawine, totals=(1_000,))
    sold_and_delivered(make_cooperative(programme, "other"))
    third = the_line(services.prepare_run(programme=programme, by=preparer.actor))
    assert summed(third) == {
        "Delivered sales": 1_000,
        "Commission": -120,
        "Earlier payouts that did not arrive": 8_800,
    }


def test_paid_amounts_leave_out_what_came_back_and_no_currency(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    nile = make_cooperative(programme, "nile", currency="EUR")
    for cooperative in (tifawine, make_cooperative(programme, "other")):
        sold_and_delivered(cooperative)
    sold_and_delivered(nile, currency="EUR", totals=(50_000,))
    run = sent(programme, preparer, approver)
    services.mark_settled(run=run, by=preparer.actor)
    euros = services.prepare_run(
        programme=programme, currency="EUR", provider="bank_batch", by=preparer.actor
    )
    services.approve_run(run=euros, typed_total=euros.total_minor, by=approver.actor)
    services.make_bank_file(run=euros, by=approver.actor)
    services.mark_settled(run=services.mark_sent(run=euros, by=preparer.actor), by=preparer.actor)
    services.mark_returned(line=the_line(run), reason="closed", by=preparer.actor)
    now = datetime.now(UTC)
    month = {"since": now - timedelta(days=1), "until": now + timedelta(days=1)}
    found = queries.paid_amounts(ProgrammeScope(programme.pk), **month)
    assert found.paid == {"MAD": 8_800, "EUR": 44_000}
    assert found.returned == {"MAD": 8_800}
    listed = next(
        row for row in queries.runs(ProgrammeScope(programme.pk)) if row.reference == run.reference
    )
    assert (listed.total_minor, listed.paid_minor, listed.returned_minor) == (17_600, 8_800, 8_800)


def test_the_exports_show_the_calculation_and_what_became_of_it(
    programme: Programme, tifawine: Cooperative, preparer: User, approver: User
) -> None:
    sold_and_delivered(tifawine)
    run = sent(programme, preparer, approver)
    services.mark_returned(line=the_line(run), reason="account closed", by=preparer.actor)
    with translation.override("en"):
        content = lines_csv(ProgrammeScope(programme.pk), run).decode("utf-8-sig")
        book = io.BytesIO()
        statement_xlsx(book, tifawine.scope, statements(tifawine.scope, NOVEMBER))
    (row,) = csv.DictReader(io.StringIO(content))
    assert (row["Delivered sales"], row["Commission"], row["Amount"]) == (
        "100.00", "-12.00", "88.00",
    )  # fmt: skip
    assert (row["State"], row["Reason"]) == ("returned by the bank", "account closed")
    sheet = load_workbook(io.BytesIO(book.getvalue()))["Calculation"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        [run.reference, "returned by the bank", "Delivered sales", 100, "MAD"],
        [run.reference, "returned by the bank", "Commission", -12, "MAD"],
        [run.reference, "returned by the bank", "Total", 88, "MAD"],
    ]


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data(), bp=st.integers(0, 3_333))
def test_lines_add_up_and_successive_payments_lose_nothing(
    db: None, data: st.DataObject, bp: int
) -> None:
    with transaction.atomic():
        programme = make_programme(bp=bp)
        preparer = make_user("preparer", programme, "finance_preparer")
        approver = make_user("approver", programme, "finance_approver")
        cooperative = make_cooperative(programme)
        for _ in range(data.draw(st.integers(1, 3))):
            for event in data.draw(sale_stories(cooperative, "MAD")).story:
                event()
            pay_and_settle(programme, preparer, approver, data)
        rows = PayoutLine.objects.within(cooperative.scope).select_related("run")
        for line in rows.exclude(state__in=[LineState.HELD, LineState.CARRIED]):
            assert sum(amount for _, amount in queries.line_sums(line)) == line.amount_minor
            movements = list(movements_paid_by(cooperative.scope, line))
            assert sum(row.gross_minor for row in movements) == (
                line.gross_minor - line.refunded_minor
            )
            assert sum(row.commission_minor for row in movements) == line.commission_minor
            assert line.gross_minor >= 0
            assert line.refunded_minor >= 0
        transaction.set_rollback(True)
