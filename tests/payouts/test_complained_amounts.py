"""While a complaint is open, what it concerns is not in the next payout; the rest is."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from marketplace.orders.models import Complaint, ComplaintLine, VendorOrder, VendorOrderLine
from marketplace.payouts import services
from marketplace.payouts.errors import NothingToPay
from marketplace.payouts.models import PayoutRun
from tests.payouts.world import (
    SaleOf,
    an_order,
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


@pytest.fixture
def approver(programme: Programme) -> User:
    return make_user("approver", programme, "finance_approver")


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme, "tifawine")


def complained(sale: SaleOf, number: str, **changes: object) -> Complaint:
    """A complaint about the first line of a sale."""
    an_order(sale, number)
    part = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=sale.sale_id)
    line = VendorOrderLine.objects.create(
        id=sale.line_ids[0], vendor_order=part, listing_id=sale.sale_id, variant_id=sale.sale_id,
        title="Huile", quantity=1, unit_minor=sale.totals[0], total_minor=sale.totals[0],
        tax_minor=0, quantity_shipped=1, quantity_delivered=1, quantity_claimed=1, position=0,
    )  # fmt: skip
    given = {"reason": "damaged", "asked_at": timezone.now(), **changes}
    row = Complaint.objects.create(vendor_order=part, **given)
    ComplaintLine.objects.create(complaint=row, line=line, quantity=1)
    return row


def paid(run: PayoutRun) -> tuple[int, int]:
    line = run.lines.crossing(Crossing.POLICY).get()
    return line.amount_minor, line.withheld_minor


def prepared(programme: Programme, by: User) -> PayoutRun:
    return services.prepare_run(programme=programme, by=by.actor)


def test_what_is_complained_about_waits_and_the_rest_is_paid(
    programme: Programme, preparer: User, tifawine: Cooperative
) -> None:
    # Less 12 % commission: 264.00, of which a third is complained about, and 88.00.
    complained(sold_and_delivered(tifawine, totals=(10_000, 20_000)), "1")
    sold_and_delivered(tifawine, totals=(10_000,))

    assert paid(prepared(programme, preparer)) == (17_600 + 8_800, 8_800)


def test_once_it_is_closed_it_is_paid(
    programme: Programme, preparer: User, tifawine: Cooperative
) -> None:
    row = complained(sold_and_delivered(tifawine), "1")
    with pytest.raises(NothingToPay):
        prepared(programme, preparer)

    row.state, row.outcome, row.closed_at = "closed", "refused", timezone.now()
    row.save()

    assert paid(prepared(programme, preparer)) == (8_800, 0)


def test_of_an_agreed_partial_refund_only_its_amount_waits(
    programme: Programme, preparer: User, tifawine: Cooperative
) -> None:
    complained(
        sold_and_delivered(tifawine), "1", state="accepted", remedy="partial_refund",
        amount_minor=2_500, refund_due_at=timezone.now(),
    )  # fmt: skip
    assert paid(prepared(programme, preparer)) == (6_600, 2_200)


def test_of_cash_that_was_not_remitted_no_other_sale_pays(
    programme: Programme, preparer: User, tifawine: Cooperative
) -> None:
    complained(sold_and_delivered(tifawine, method="cod"), "1")
    sold_and_delivered(tifawine)
    assert paid(prepared(programme, preparer)) == (8_800, 0)


def test_of_cash_only_what_was_remitted_waits(
    programme: Programme, preparer: User, tifawine: Cooperative
) -> None:
    sale = SaleOf(tifawine, method="cod")
    for event in (sale.placed(), sale.delivered(), sale.remitted(goods=6_000)):
        event()
    complained(sale, "1")
    sold_and_delivered(tifawine)
    amount, withheld = paid(prepared(programme, preparer))
    assert amount + withheld == 8_800 + 5_280
    assert amount == 8_800


def test_what_was_paid_out_before_the_complaint_is_recovered_by_its_refund(
    programme: Programme, preparer: User, approver: User, tifawine: Cooperative
) -> None:
    sale = sold_and_delivered(tifawine)
    run = prepared(programme, preparer)
    services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    services.mark_settled(run=run, by=preparer.actor)
    complained(sale, "1")
    sold_and_delivered(tifawine, totals=(30_000,))

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        # The other sale's money is its own.
        second = prepared(programme, preparer)
        assert paid(second) == (26_400, 0)
        services.approve_run(run=second, typed_total=second.total_minor, by=approver.actor)
        sale.refunded({0: 10_000})()
        assert balances()["released"] == 8_800


def test_a_complaint_from_before_a_payout_is_still_held_at_the_next_one(
    programme: Programme, preparer: User, approver: User, tifawine: Cooperative
) -> None:
    complained(sold_and_delivered(tifawine), "1")
    sold_and_delivered(tifawine)
    run = prepared(programme, preparer)
    assert paid(run) == (8_800, 8_800)
    services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    services.mark_settled(run=run, by=preparer.actor)
    sold_and_delivered(tifawine, totals=(30_000,))

    with time_machine.travel(timezone.now() + timedelta(days=1)):
        assert paid(prepared(programme, preparer)) == (26_400, 8_800)
