"""What a sale's events book, in the order they usually come and in any other."""

import itertools

import pytest

from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.book_checks import findings
from marketplace.payouts.models import FrozenCommission, Sale
from tests.payouts.world import SaleOf, balances, make_cooperative, make_programme
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(make_programme())


def test_a_captured_card_payment_is_held_for_the_cooperative(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative)
    sale.placed()()
    sale.captured()()
    assert balances() == {"psp_clearing": 13_000, "held": -10_000, "shipping_payable": -3_000}


def test_an_evidenced_delivery_releases_the_share_less_commission(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative)
    for event in (sale.placed(), sale.captured(), sale.delivered()):
        event()
    assert balances() == {
        "psp_clearing": 13_000,
        "released": -8_800,
        "commission": -1_200,
        "shipping_payable": -3_000,
    }


def test_a_split_parcel_releases_its_part_and_charges_delivery_once(
    cooperative: Cooperative,
) -> None:
    sale = SaleOf(cooperative, totals=(3_333, 6_667))
    for event in (sale.placed(), sale.captured(), sale.delivered({0: 3_333})):
        event()
    assert balances()["released"] == -(3_333 - 400)
    sale.delivered({1: 6_667}, shipping=False)()
    assert balances() == {
        "psp_clearing": 13_000,
        "released": -8_800,
        "commission": -1_200,
        "shipping_payable": -3_000,
    }


def test_cash_is_with_the_carrier_until_it_is_remitted(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, method="cod")
    sale.placed()()
    sale.delivered()()
    assert balances() == {"carrier_cod": 13_000, "held": -10_000, "shipping_payable": -3_000}
    sale.remitted()()
    assert balances() == {
        "bank": 13_000,
        "released": -8_800,
        "commission": -1_200,
        "shipping_payable": -3_000,
    }


def test_a_refund_before_delivery_comes_out_of_what_is_held(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, totals=(4_000, 6_000))
    for event in (sale.placed(), sale.captured(), sale.refunded({1: 6_000})):
        event()
    assert balances() == {"psp_clearing": 7_000, "held": -4_000, "shipping_payable": -3_000}


def test_a_refund_after_delivery_takes_back_share_and_commission(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, totals=(4_000, 6_000))
    for event in (sale.placed(), sale.captured(), sale.delivered(), sale.refunded({1: 6_000})):
        event()
    assert balances() == {
        "psp_clearing": 7_000,
        "released": -3_520,
        "commission": -480,
        "shipping_payable": -3_000,
    }


def test_a_delivery_refunded_after_arrival_is_the_programmes_cost(
    cooperative: Cooperative,
) -> None:
    sale = SaleOf(cooperative)
    refund = sale.refunded({0: 10_000}, shipping=3_000)
    for event in (sale.placed(), sale.captured(), sale.delivered(), refund):
        event()
    assert balances() == {"shipping_refunded": 3_000, "shipping_payable": -3_000}


def test_a_cancelled_order_is_owed_to_the_buyer_until_refunded(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative)
    for event in (sale.placed(), sale.captured(), sale.cancelled()):
        event()
    assert balances() == {"psp_clearing": 13_000, "buyer_refundable": -13_000}
    sale.refunded({0: 10_000}, shipping=3_000)()
    assert balances() == {}


def test_every_order_of_arrival_ends_at_the_same_balances(cooperative: Cooperative) -> None:
    expected = None
    for order in itertools.permutations(range(5)):
        sale = SaleOf(cooperative, totals=(4_000, 6_000))
        events = [
            sale.placed(),
            sale.captured(),
            sale.delivered({0: 4_000}),
            sale.delivered({1: 6_000}, shipping=False),
            sale.refunded({0: 1_000}),
        ]
        before = balances()
        for index in order:
            events[index]()
            events[index]()
        moved = {code: total - before.get(code, 0) for code, total in balances().items()}
        expected = expected or moved
        assert moved == expected, order
    assert expected == {
        "psp_clearing": 12_000,
        "released": -7_920,
        "commission": -1_080,
        "shipping_payable": -3_000,
    }
    assert list(findings()) == []


def test_a_doubled_event_books_once(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative)
    captured = sale.captured()
    for event in (sale.placed(), captured, captured, captured):
        event()
    assert LedgerTransaction.objects.crossing(Crossing.LEDGER_POSTING).count() == 1
    assert balances()["psp_clearing"] == 13_000


def test_commission_is_frozen_when_the_order_is_placed(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative)
    sale.placed()()
    cooperative.programme.commission_rules.update(rate_bp=5_000)
    sale.captured()()
    sale.delivered()()
    assert balances()["commission"] == -1_200
    frozen = FrozenCommission.objects.crossing(Crossing.LEDGER_POSTING).get(sale_id=sale.sale_id)
    assert (frozen.rate_bp, frozen.category_slug) == (1_200, "argan-oil")


def test_a_sale_abroad_is_converted_when_it_is_released(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, currency="EUR", country="FR", shipping=1_400)
    for event in (sale.placed(), sale.captured(), sale.delivered()):
        event()
    assert balances("EUR") == {
        "psp_clearing": 11_400,
        "shipping_payable": -1_400,
        "commission": -1_200,
        "fx": -8_800,
    }
    # 88.00 EUR at 10.70 dirhams.
    assert balances("MAD") == {"released": -94_160, "fx": 94_160}
    sale.refunded({0: 10_000})()
    assert balances("MAD") == {}
    assert balances("EUR") == {"psp_clearing": 1_400, "shipping_payable": -1_400}


def test_a_sale_remembers_what_indicators_count(cooperative: Cooperative) -> None:
    sale = SaleOf(cooperative, currency="EUR", country="FR", totals=(4_000, 6_000))
    for event in (sale.placed(), sale.captured(), sale.delivered(), sale.refunded({0: 4_000})):
        event()
    row = Sale.objects.crossing(Crossing.LEDGER_POSTING).get(pk=sale.sale_id)
    assert (row.net_goods_minor, row.commission_minor, row.net_goods_base_minor) == (
        6_000,
        720,
        64_200,
    )
    assert (str(row.delivered_on), row.country_code) == ("2026-11-03", "FR")
