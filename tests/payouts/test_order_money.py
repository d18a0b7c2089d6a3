"""What an order's money became: waiting, available, in a payout, paid."""

import pytest

from marketplace.payouts import services
from marketplace.payouts.balances.order_payout_status import payout_status_of_sale
from tests.payouts.world import (
    SaleOf,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme
from vendors.scoping import CooperativeScope

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme, "tifawine")


def told(sale: SaleOf) -> list[tuple[int, int, int, str]]:
    """Held, released, commission, and the run's state of its line ("" without a run)."""
    found = payout_status_of_sale(CooperativeScope(sale.cooperative.pk), sale.sale_id)
    return [
        (
            money.held_minor,
            money.released_minor,
            money.commission_minor,
            str(money.payout.state) if money.payout else "",
        )
        for money in found
    ]


def test_before_delivery_the_money_waits(tifawine: Cooperative) -> None:
    sale = SaleOf(tifawine)
    assert told(sale) == []
    sale.placed()()
    sale.captured()()

    assert told(sale) == [(10_000, 0, 0, "")]


def test_delivered_money_is_the_cooperatives_until_a_run_takes_it(
    programme: Programme, tifawine: Cooperative
) -> None:
    preparer = make_user("preparer", programme, "finance_preparer")
    approver = make_user("approver", programme, "finance_approver")
    sale = sold_and_delivered(tifawine)
    assert told(sale) == [(0, 8_800, 1_200, "")]

    run = services.prepare_run(programme=programme, by=preparer.actor)
    later = sold_and_delivered(tifawine)

    assert told(sale) == [(0, 8_800, 1_200, "ready")]
    assert told(later) == [(0, 8_800, 1_200, "")]

    run = services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    services.mark_settled(run=run, by=preparer.actor)
    assert told(sale) == [(0, 8_800, 1_200, "settled")]


def test_a_run_that_was_sent_back_paid_nothing(programme: Programme, tifawine: Cooperative) -> None:
    preparer = make_user("preparer", programme, "finance_preparer")
    approver = make_user("approver", programme, "finance_approver")
    sale = sold_and_delivered(tifawine)
    run = services.prepare_run(programme=programme, by=preparer.actor)

    services.send_back(run=run, remark="Not today", by=approver.actor)

    assert told(sale) == [(0, 8_800, 1_200, "")]


def test_another_cooperative_sees_nothing_of_it(
    programme: Programme, tifawine: Cooperative
) -> None:
    sale = sold_and_delivered(tifawine)
    other = make_cooperative(programme, "other")

    assert payout_status_of_sale(CooperativeScope(other.pk), sale.sale_id) == []
