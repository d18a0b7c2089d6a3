"""Delivery free from a sum: in the basket, at the engine, in the order and when it arrives."""

from typing import Any
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.models import AuditEntry, DomainEvent
from marketplace.orders import queries
from marketplace.orders.delivery_plans import PlannedParcel
from marketplace.orders.free_delivery import free_from, free_from_by_market, waive
from marketplace.orders.models import CheckoutAttempt, EvidenceKind, FreeDelivery, Parcel
from marketplace.orders.queries.free_delivery import WaivedSum, waived_sums
from marketplace.orders.services import checkout, ship, vouchers
from marketplace.orders.services.checkout.engine_checkout import bring_up_to_date
from marketplace.orders.services.record_delivery import record_delivery
from marketplace.orders.services.set_free_delivery import set_free_delivery
from marketplace.saleor.gateway import storefront_client
from tests.orders.vouchers import open_voucher
from tests.orders.world import BY, CASABLANCA, World
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
CARD = {"number": "4242 4242 4242 4242"}
# Honey of 500 g from another region, and of a kilogram and a half.
LIGHT, HEAVY = 3_500, 4_500


def free(cooperative: Cooperative, from_minor: int | None, market: str = "ma") -> None:
    set_free_delivery(cooperative=cooperative, wanted={market: from_minor}, by=BY)


def begin(world: World, **quantities: int) -> CheckoutAttempt:
    return checkout.start(
        basket=world.basket(**quantities), email="salma@example.org", phone=CASABLANCA.phone,
        address=CASABLANCA, language="fr",
    )  # fmt: skip


def standard(attempt: CheckoutAttempt) -> dict[str, Any]:
    attempt.refresh_from_db()
    found: dict[str, Any] = next(o for o in attempt.options if o["id"] == "standard")
    return found


def test_only_what_changes_is_written_and_the_newest_holds(world: World) -> None:
    wanted = {"ma": 40_000, "eu": None}
    assert len(set_free_delivery(cooperative=world.growers, wanted=wanted, by=BY)) == 1
    assert set_free_delivery(cooperative=world.growers, wanted=wanted, by=BY) == []
    free(world.growers, 30_000)
    assert free_from_by_market(world.growers.scope) == {"ma": 30_000}
    free(world.growers, None)
    assert free_from([world.growers.pk, world.weavers.pk], "ma") == {}
    assert FreeDelivery.objects.within(world.growers.scope).count() == 3
    assert AuditEntry.objects.filter(action="free_delivery.set").count() == 3


def test_the_basket_says_what_is_missing_and_then_that_it_is_free(world: World) -> None:
    free(world.growers, 20_000)
    few, enough = (
        queries.basket_view(world.basket(honey=n), language="fr").parcels[0] for n in (2, 3)
    )
    assert (few.to_free_minor, few.shipping_minor, few.waived_minor) == (1_000, LIGHT, 0)
    assert (enough.to_free_minor, enough.shipping_minor, enough.waived_minor) == (0, 0, HEAVY)


def test_the_sum_is_after_vouchers(world: World) -> None:
    free(world.growers, 28_500)
    voucher = open_voucher(world, percent=10)
    basket = world.basket(honey=3)
    assert queries.basket_view(basket, language="fr").shipping_minor == 0
    vouchers.enter_voucher(basket=basket, code=voucher.code)
    (parcel,) = queries.basket_view(basket, language="fr").parcels
    assert (parcel.shipping_minor, parcel.to_free_minor) == (HEAVY, 2_850)
    attempt = checkout.start(
        basket=basket, email="salma@example.org", phone=CASABLANCA.phone, address=CASABLANCA,
        language="fr",
    )  # fmt: skip
    assert attempt.shipping_minor == HEAVY


def test_another_cooperatives_goods_do_not_count(world: World) -> None:
    free(world.growers, 20_000)
    attempt = begin(world, rug=1, honey=2)
    assert [parcel.get("waived_minor", 0) for parcel in standard(attempt)["parcels"]] == [0, 0]
    assert attempt.shipping_minor == sum(p["amount_minor"] for p in standard(attempt)["parcels"])


def test_the_order_costs_the_buyer_nothing_and_says_who_pays(world: World) -> None:
    free(world.growers, 20_000)
    attempt = begin(world, rug=1, honey=3)
    assert checkout.pay(attempt=attempt, method="card", data=CARD).is_settled
    order = checkout.complete(attempt=attempt)
    weaving, growing = world.part(order, world.weavers), world.part(order, world.growers)
    assert (growing.shipping_minor, growing.waived_minor) == (0, HEAVY)
    assert (weaving.shipping_minor, weaving.waived_minor) == (order.shipping_minor, 0)
    assert order.total_minor == order.goods_minor + weaving.shipping_minor
    assert waived_sums(world.growers.scope) == [WaivedSum("MAD", 1, HEAVY)]

    line = growing.lines.get()
    for quantity in (1, 2):
        ship.ship_parcel(vendor_order=growing, lines={line.pk: quantity}, by=BY)
    for parcel in Parcel.objects.within(world.growers.scope):
        record_delivery(
            parcel=parcel, kind=EvidenceKind.CARRIER_FILE, occurred_at=timezone.now(), by=BY
        )
    told = DomainEvent.objects.filter(name="ParcelDelivered").order_by("pk")
    assert [event.payload["waived_minor"] for event in told] == [HEAVY, 0]


def test_express_is_paid_by_the_buyer(world: World) -> None:
    free(world.growers, 100)
    attempt = begin(world, honey=1)
    assert attempt.shipping_minor == 0
    attempt = checkout.choose_delivery(attempt=attempt, option_id="express")
    assert attempt.shipping_minor == 7_000


def test_a_checkout_keeps_the_sum_of_its_beginning(world: World) -> None:
    free(world.growers, 20_000)
    promised, other = begin(world, honey=3), begin(world, honey=2)
    free(world.growers, 50_000)
    promised = checkout.choose_delivery(attempt=promised, option_id="standard")
    assert promised.shipping_minor == 0
    assert checkout.pay(attempt=promised, method="card", data=CARD).is_settled
    order = checkout.complete(attempt=promised)
    assert (order.shipping_minor, order.total_minor) == (0, promised.total_minor)

    free(world.growers, 100)
    other = checkout.choose_delivery(attempt=other, option_id="standard")
    assert other.shipping_minor == LIGHT
    # Who begins now has today's.
    assert begin(world, honey=2).shipping_minor == 0


def test_a_checkout_made_smaller_at_the_engine_pays_its_delivery(world: World) -> None:
    """Whoever knows a checkout's id changes it there, without us."""
    free(world.growers, 20_000)
    attempt = begin(world, honey=3)
    attempt.lines[0]["quantity"] = 1
    attempt.save()
    bring_up_to_date(storefront_client(), attempt)
    attempt = checkout.choose_delivery(attempt=attempt, option_id="standard")
    assert attempt.shipping_minor == LIGHT


KEYS = [UUID(int=n) for n in range(1, 4)]
MINOR = st.integers(0, 100_000)


@given(
    prices=st.dictionaries(st.sampled_from(KEYS), st.none() | MINOR),
    goods=st.dictionaries(st.sampled_from(KEYS), MINOR),
    sums=st.dictionaries(st.sampled_from(KEYS), st.integers(1, 100_000)),
)
def test_what_the_buyer_and_the_cooperative_pay_is_the_carriers_price(
    prices: dict[UUID, int | None], goods: dict[UUID, int], sums: dict[UUID, int]
) -> None:
    plans = {
        key: None if price is None else PlannedParcel(key, price, "MAD", 1, 2, 0, "local", 1_000)
        for key, price in prices.items()
    }
    for key, plan in waive(plans, goods, sums).items():
        if plan is None:
            assert prices[key] is None
            continue
        assert plan.amount_minor + plan.waived_minor == prices[key]
        is_reached = key in sums and goods.get(key, 0) >= sums[key]
        assert plan.amount_minor == (0 if is_reached else prices[key])
