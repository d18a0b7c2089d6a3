"""A voucher from the basket to the vendor orders, on the embedded engine."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.models import DomainEvent
from marketplace.core.throttle import TooSoon
from marketplace.embedded import models as engine
from marketplace.orders import queries
from marketplace.orders.models import Basket, CheckoutAttempt, Order, Voucher, VoucherUse
from marketplace.orders.services import checkout, vouchers
from marketplace.orders.voucher_errors import (
    CodeTaken,
    VoucherBelowMinimum,
    VoucherEnded,
    VoucherGoneWhilePaying,
    VoucherNotForThese,
    VoucherNotHere,
    VoucherNotYet,
    VoucherTakenOut,
    VoucherUnknown,
)
from tests.orders.vouchers import given, open_voucher
from tests.orders.world import BY, CASABLANCA, World

pytestmark = pytest.mark.django_db
CARD = {"number": "4242 4242 4242 4242"}


def begin(world: World, basket: Basket, email: str = "salma@example.org") -> CheckoutAttempt:
    return checkout.start(
        basket=basket, email=email, phone=CASABLANCA.phone, address=CASABLANCA, language="fr"
    )


def begun_with(
    world: World, voucher: Voucher, *, email: str = "salma@example.org", **quantities: int
) -> CheckoutAttempt:
    basket = world.basket(**(quantities or {"rug": 1, "honey": 2}))
    vouchers.enter_voucher(basket=basket, code=voucher.code)
    return begin(world, basket, email)


def pay(attempt: CheckoutAttempt, method: str = "card") -> None:
    outcome = checkout.pay(attempt=attempt, method=method, data=CARD if method == "card" else {})
    assert outcome.is_settled, outcome


def placed_with(world: World, voucher: Voucher, **quantities: int) -> Order:
    attempt = begun_with(world, voucher, **quantities)
    pay(attempt)
    return checkout.complete(attempt=attempt)


def test_a_cooperatives_voucher_takes_off_its_own_goods_only(world: World) -> None:
    voucher = open_voucher(world, percent=15)
    basket = world.basket(rug=1, honey=3)
    vouchers.enter_voucher(basket=basket, code=" souk 2026 ")

    view = queries.basket_view(basket, language="fr")
    assert (view.goods_minor, view.discount_minor) == (178_500, 4_275)
    assert view.total_minor == 178_500 - 4_275 + (view.shipping_minor or 0)
    attempt = begin(world, basket)
    shown = queries.checkout_view(attempt, language="fr")
    assert (shown.goods_minor, shown.discount_minor) == (178_500, 4_275)
    assert shown.total_minor == 178_500 - 4_275 + shown.shipping_minor

    pay(attempt)
    order = checkout.complete(attempt=attempt)
    assert (order.voucher_code, order.discount_minor) == (voucher.code, 4_275)
    assert order.total_minor == attempt.total_minor
    weaving, growing = world.part(order, world.weavers), world.part(order, world.growers)
    assert (weaving.goods_minor, weaving.discount_minor, weaving.discount_by) == (150_000, 0, "")
    assert (growing.goods_minor, growing.discount_minor) == (24_225, 4_275)
    (line,) = growing.lines.all()
    assert (line.unit_minor, line.total_minor, line.discount_minor) == (9_500, 24_225, 4_275)
    assert not Basket.objects.get(pk=basket.pk).voucher_code


def test_an_amount_is_off_each_piece_and_the_event_says_who_bears_it(world: World) -> None:
    voucher = open_voucher(
        world, bearer="programme", kind="amount", percent=None, markets=[("ma", 1_200, 0)]
    )
    order = placed_with(world, voucher, rug=1, honey=2)
    assert order.discount_minor == 1_200 + 2_400
    events = DomainEvent.objects.filter(name="VendorOrderPlaced").order_by("pk")
    lines = [line for event in events for line in event.payload["lines"]]
    assert [(x["voucher_minor"], x["voucher_by"]) for x in lines] == [
        (1_200, "programme"),
        (2_400, "programme"),
    ]


def test_what_a_cooperative_bears_is_not_in_the_event(world: World) -> None:
    placed_with(world, open_voucher(world))
    events = DomainEvent.objects.filter(name="VendorOrderPlaced")
    assert {x["voucher_minor"] for event in events for x in event.payload["lines"]} == {0}


def test_a_region_is_only_its_own(world: World) -> None:
    voucher = open_voucher(world, bearer="region")
    Voucher.objects.filter(pk=voucher.pk).update(region_code=world.weavers.region_code)
    order = placed_with(world, voucher)
    assert world.part(order, world.weavers).discount_minor == 15_000
    assert world.part(order, world.growers).discount_minor == 0
    # The engine's voucher names the weavers' product alone.
    row = engine.Voucher.objects.get()
    assert row.products.count() == 1
    assert [code.code for code in row.codes.all()] == [voucher.code]


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        ({"starts_at": timezone.now() + timedelta(days=2)}, VoucherNotYet),
        ({"ends_at": timezone.now() - timedelta(hours=1)}, VoucherEnded),
        ({"markets": [("eu", None, 0)]}, VoucherNotHere),
        ({"markets": [("ma", None, 30_000)]}, VoucherBelowMinimum),
        ({"kind": "amount", "percent": None, "markets": [("ma", 9_500, 0)]}, VoucherNotForThese),
    ],
)
def test_each_refusal_is_one_of_its_own(
    world: World, changes: dict[str, Any], error: type[Exception]
) -> None:
    voucher = open_voucher(world, **changes)
    basket = world.basket(rug=1, honey=2)
    with pytest.raises(error):
        vouchers.enter_voucher(basket=basket, code=voucher.code)
    assert not basket.voucher_code


def test_a_code_for_other_goods_or_unknown_or_only_proposed(world: World) -> None:
    voucher = open_voucher(world)
    with pytest.raises(VoucherNotForThese):
        vouchers.enter_voucher(basket=world.basket(rug=1), code=voucher.code)
    Voucher.objects.update(state="proposed")
    for code in ("NOSUCHCODE", "", voucher.code):
        with pytest.raises(VoucherUnknown):
            vouchers.enter_voucher(basket=world.basket(honey=1), code=code)


def test_guesses_are_limited(world: World, settings: Any) -> None:
    settings.THROTTLES = True
    basket = world.basket(honey=1)
    for number in range(20):
        with pytest.raises(VoucherUnknown):
            vouchers.enter_voucher(basket=basket, code=f"GUESS{number}")
    with pytest.raises(TooSoon):
        vouchers.enter_voucher(basket=basket, code="GUESS20")


def test_a_voucher_that_ends_in_the_basket_is_taken_out_before_the_total_is_agreed(
    world: World,
) -> None:
    voucher = open_voucher(world)
    basket = world.basket(honey=2)
    vouchers.enter_voucher(basket=basket, code=voucher.code)
    Voucher.objects.update(ends_at=timezone.now())
    assert queries.basket_view(basket, language="fr").voucher_problem
    with pytest.raises(VoucherTakenOut):
        begin(world, basket)
    assert begin(world, basket).goods_minor == 19_000


def test_a_voucher_stopped_while_paying_is_taken_out_and_nothing_charged(world: World) -> None:
    voucher = open_voucher(world)
    attempt = begun_with(world, voucher, honey=2)
    vouchers.stop_voucher(voucher=voucher, by=BY)
    with pytest.raises(VoucherTakenOut):
        checkout.pay(attempt=attempt, method="card", data=CARD)
    attempt.refresh_from_db()
    assert (attempt.goods_minor, attempt.discount_minor) == (19_000, 0)
    assert attempt.total_minor == 19_000 + attempt.shipping_minor
    assert not engine.TransactionItem.objects.exists()
    # She agrees to the new total.
    pay(attempt)
    assert checkout.complete(attempt=attempt).discount_minor == 0


def test_the_last_use_belongs_to_who_pays_first(world: World) -> None:
    voucher = open_voucher(world, most_uses=1)
    first = begun_with(world, voucher, honey=1)
    second = begun_with(world, voucher, email="nora@example.org", honey=1)
    pay(first)
    with pytest.raises(VoucherTakenOut):
        checkout.pay(attempt=second, method="card", data=CARD)
    assert checkout.complete(attempt=first).discount_minor == 950
    assert VoucherUse.objects.get().is_placed


def test_a_refused_payment_gives_its_use_back(world: World) -> None:
    voucher = open_voucher(world, most_uses=1)
    first = begun_with(world, voucher, honey=1)
    refused = {"number": "4000 0000 0000 0002"}
    assert not checkout.pay(attempt=first, method="card", data=refused).is_settled
    second = begun_with(world, voucher, email="nora@example.org", honey=1)
    pay(second)


def test_once_for_each_buyer_by_telephone_too(world: World) -> None:
    voucher = open_voucher(world, once_per_buyer=True)
    first = begun_with(world, voucher, honey=1)
    pay(first)
    checkout.complete(attempt=first)
    again = begun_with(world, voucher, email="other@example.org", honey=1)
    with pytest.raises(VoucherTakenOut):
        checkout.pay(attempt=again, method="card", data=CARD)


def test_paying_again_after_a_lost_answer_takes_one_use(world: World) -> None:
    voucher = open_voucher(world, most_uses=1)
    attempt = begun_with(world, voucher, honey=1)
    pay(attempt)
    pay(attempt)
    assert checkout.complete(attempt=attempt) == checkout.complete(attempt=attempt)
    assert VoucherUse.objects.count() == 1
    assert engine.VoucherCode.objects.get().used == 1


def test_when_the_engine_gave_the_last_use_to_others_the_payment_goes_back(world: World) -> None:
    voucher = open_voucher(world, most_uses=1)
    attempt = begun_with(world, voucher, honey=1)
    pay(attempt)
    engine.VoucherCode.objects.update(used=1)
    with pytest.raises(VoucherGoneWhilePaying):
        checkout.complete(attempt=attempt)
    assert DomainEvent.objects.filter(name="PaidCheckoutFailed").count() == 1


def test_changing_the_basket_changes_the_discount(world: World) -> None:
    voucher = open_voucher(world)
    attempt = begun_with(world, voucher, honey=1)
    basket = attempt.basket
    assert basket is not None
    basket.lines.update(quantity=4)
    again = begin(world, basket)
    assert (again.pk, again.discount_minor, again.goods_minor) == (attempt.pk, 3_800, 34_200)
    vouchers.remove_voucher(basket=basket)
    assert begin(world, basket).goods_minor == 38_000


def test_a_code_is_given_once(world: World) -> None:
    open_voucher(world)
    with pytest.raises(CodeTaken):
        vouchers.make_voucher(
            cooperative=world.weavers, wanted=given("souk-2026"[:4] + "2026"), by=BY
        )
