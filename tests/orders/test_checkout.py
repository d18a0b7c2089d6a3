"""Buying over two cooperatives: what is reserved, quoted, charged and placed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from marketplace.core.models import DomainEvent
from marketplace.orders import queries
from marketplace.orders.errors import (
    CannotBeSentThere,
    CashNotPossible,
    CheckoutRefused,
    DeliveryNotPriced,
    ExpiredWhilePaying,
    NotEnoughInStock,
    NotPaid,
    PlacedLater,
    SoldWhilePaying,
)
from marketplace.orders.handlers import on_order_changed
from marketplace.orders.models import Basket, CheckoutAttempt, CheckoutState, Order, PaymentStatus
from marketplace.orders.services import baskets, checkout
from marketplace.orders.services.checkout import completion
from marketplace.orders.sweeps import finish_checkouts, sweep_orders
from marketplace.saleor.errors import EngineRefused
from marketplace.saleor.gateway import app_client
from marketplace.saleor.webhooks.events import read_event
from tests.orders.world import CASABLANCA, PARIS, World
from vendors.models import TaxStatus

pytestmark = pytest.mark.django_db


def test_two_cooperatives_make_two_parcels_with_a_price_each(world: World) -> None:
    attempt = world.begun(rug=1, honey=2)

    view = queries.checkout_view(attempt, language="fr")
    assert attempt.state == CheckoutState.DELIVERY_CHOSEN
    assert [option.id for option in view.options] == ["standard", "express"]
    assert [(p.cooperative_id, p.goods_minor, p.shipping_minor) for p in view.parcels] == [
        (world.weavers.pk, 150_000, 4_500),
        (world.growers.pk, 19_000, 3_500),
    ]
    assert (view.goods_minor, view.shipping_minor, view.total_minor) == (169_000, 8_000, 177_000)
    assert view.reserved_until is not None
    assert view.cash_possible


def test_an_order_becomes_one_vendor_order_for_each_cooperative(world: World) -> None:
    order = world.placed(rug=1, honey=2)

    assert order.payment_status == PaymentStatus.PAID
    assert (order.goods_minor, order.shipping_minor, order.total_minor) == (169_000, 8_000, 177_000)
    weaving, growing = world.part(order, world.weavers), world.part(order, world.growers)
    assert weaving.number == f"{order.number}-1"
    assert (weaving.goods_minor, weaving.shipping_minor) == (150_000, 4_500)
    assert (growing.goods_minor, growing.shipping_minor) == (19_000, 3_500)
    assert [(n.title_in("ar"), n.quantity) for n in growing.lines.all()] == [("عسل", 2)]


def test_completing_twice_is_the_same_order(world: World) -> None:
    attempt = world.paid(rug=1)

    first = checkout.complete(attempt=attempt)
    second = checkout.complete(attempt=attempt)

    assert first.pk == second.pk == attempt.order_id
    assert Order.objects.count() == 1


def test_a_completion_whose_answer_was_lost_is_repaired_by_the_webhook(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed between the engine's answer and our record: the engine has the order, we do not."""
    attempt = killed_while_completing(world, monkeypatch)
    order_gid = engine_orders()[0]

    on_order_changed(read_event("order_updated", {"order": {"id": order_gid}}))
    on_order_changed(read_event("order_updated", {"order": {"id": order_gid}}))

    attempt.refresh_from_db()
    assert Order.objects.get().pk == attempt.order_id
    assert attempt.state == CheckoutState.COMPLETED
    assert placed_events() == 1


def test_a_completion_whose_answer_was_lost_is_repaired_by_trying_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = killed_while_completing(world, monkeypatch)

    order = checkout.complete(attempt=attempt)

    assert order.pk == attempt.order_id
    assert len(engine_orders()) == 1
    assert placed_events() == 1


def test_a_completion_whose_answer_was_lost_is_repaired_by_the_sweep(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = killed_while_completing(world, monkeypatch)

    first = sweep_orders()
    second = sweep_orders()

    assert (first.repaired, second.repaired) == (1, 0)
    assert Order.objects.get().pk == attempt.order_id


def test_a_paid_checkout_that_its_buyer_left_is_placed_by_the_job(world: World) -> None:
    attempt = world.paid(rug=1)
    CheckoutAttempt.objects.update(updated_at=timezone.now() - timedelta(minutes=10))

    assert finish_checkouts() == 1
    assert finish_checkouts() == 0

    assert Order.objects.get().pk == attempt.order_id


def test_starting_again_changes_the_same_checkout(world: World) -> None:
    """The buyer goes back and takes more: one reservation, not two."""
    basket = world.basket(rug=1)
    first = begin(basket)
    baskets.add_line(basket=basket, variant_id=world.honey, quantity=2)
    baskets.set_quantity(basket=basket, variant_id=world.rug, quantity=5)

    second = begin(basket)

    assert second.pk == first.pk
    assert second.checkout_id == first.checkout_id
    assert second.goods_minor == 5 * 150_000 + 19_000


def test_the_last_piece_goes_to_one_buyer_and_the_other_is_told_which(world: World) -> None:
    world.begun(rug=5)
    late = world.basket(rug=1)

    with pytest.raises(NotEnoughInStock) as refusal:
        begin(late)

    assert refusal.value.titles == ["Tapis"]
    assert [(line.variant_id, line.left) for line in refusal.value.short] == [(str(world.rug), 0)]
    assert "Tapis" in str(refusal.value)
    assert Order.objects.count() == 0


def test_a_refused_card_leaves_the_goods_reserved_and_another_try_free(world: World) -> None:
    attempt = world.begun(rug=1)

    refused = checkout.pay(attempt=attempt, method="card", data={"number": "4000 0000 0000 0002"})
    with pytest.raises(NotPaid):
        checkout.complete(attempt=attempt)
    accepted = checkout.pay(attempt=attempt, method="card", data={"number": "4242 4242 4242 4242"})

    assert (refused.state, accepted.state) == ("refused", "paid")
    assert checkout.complete(attempt=attempt).payment_status == PaymentStatus.PAID


def test_paying_twice_charges_once(world: World) -> None:
    attempt = world.paid(rug=1)

    again = checkout.pay(attempt=attempt, method="card", data={"number": "4242 4242 4242 4242"})

    assert again.state == "paid"
    assert checkout.complete(attempt=attempt).total_minor == attempt.total_minor
    engine_order = app_client().order_by_id(engine_orders()[0]).order
    assert engine_order is not None
    assert [t.charged_amount.fractional_amount for t in engine_order.transactions] == [154_500]


def test_cash_is_authorised_at_home_and_refused_abroad(world: World) -> None:
    order = world.placed(method="cod", honey=1)
    abroad = checkout.start(
        basket=world.basket(market="eu", honey=1),
        email="camille@example.org",
        phone=PARIS.phone,
        address=PARIS,
        language="fr",
    )

    with pytest.raises(CashNotPossible):
        checkout.pay(attempt=abroad, method="cod", data={})

    assert (order.payment_method, order.payment_status) == ("cod", PaymentStatus.AUTHORIZED)
    assert abroad.currency == "EUR"
    assert abroad.shipping_minor > 0


def test_express_costs_more_and_a_carpet_abroad_is_not_offered_it(world: World) -> None:
    attempt = world.begun(honey=1)
    checkout.choose_delivery(attempt=attempt, option_id="express")
    assert (attempt.delivery_option, attempt.shipping_minor) == ("express", 7_000)

    checkout.choose_delivery(attempt=attempt, option_id="standard")
    assert attempt.shipping_minor == 3_500
    with pytest.raises(CannotBeSentThere):
        checkout.choose_delivery(attempt=attempt, option_id="by camel")


def test_taxes_are_in_the_price_of_who_charges_them(world: World) -> None:
    TaxStatus.objects.create(
        cooperative=world.weavers,
        vat_registered=True,
        vat_rate_bp=2000,
        valid_from=date(2026, 1, 1),
        source="register",
    )

    attempt = world.begun(rug=1, honey=1)

    quote = queries.tax_quote(attempt.checkout_id)
    assert quote is not None
    assert (quote.total_minor, quote.tax_minor) == (attempt.total_minor, 25_000)
    assert attempt.tax_minor == 25_000


def begin(basket: Basket) -> CheckoutAttempt:
    return checkout.start(
        basket=basket,
        email="salma@example.org",
        phone=CASABLANCA.phone,
        address=CASABLANCA,
        language="fr",
    )


def killed_while_completing(world: World, monkeypatch: pytest.MonkeyPatch) -> CheckoutAttempt:
    attempt = world.paid(rug=1)

    def killed(_gid: str) -> None:
        raise RuntimeError("the process ends here")

    with monkeypatch.context() as patch:
        patch.setattr(completion, "fetched", killed)
        with pytest.raises(RuntimeError):
            checkout.complete(attempt=attempt)
    assert Order.objects.count() == 0
    assert CheckoutAttempt.objects.get(pk=attempt.pk).state == CheckoutState.COMPLETING
    return attempt


def engine_orders() -> list[str]:
    since = (timezone.now() - timedelta(days=1)).isoformat()
    found = app_client().orders_updated_since(since).orders
    assert found is not None
    return [edge.node.id for edge in found.edges]


def placed_events() -> int:
    return DomainEvent.objects.filter(name="OrderPlaced").count()


def test_what_is_put_in_during_the_payment_stays_in_the_basket(world: World) -> None:
    attempt = world.paid(rug=1)
    basket = attempt.basket
    assert basket is not None
    baskets.add_line(basket=basket, variant_id=world.honey, quantity=2)

    checkout.complete(attempt=attempt)

    assert [(n.variant_id, n.quantity) for n in basket.lines.all()] == [(world.honey, 2)]


def test_a_payment_left_half_way_does_not_freeze_the_basket(world: World) -> None:
    basket = world.basket(rug=1)
    attempt = begin(basket)
    CheckoutAttempt.objects.filter(pk=attempt.pk).update(state=CheckoutState.PAYING)
    baskets.add_line(basket=basket, variant_id=world.honey, quantity=1)

    again = begin(basket)

    assert again.pk == attempt.pk
    assert again.state == CheckoutState.DELIVERY_CHOSEN
    assert again.goods_minor == 159_500


def test_a_payment_whose_answer_was_lost_is_not_asked_for_again(world: World) -> None:
    attempt = world.paid(rug=1)
    CheckoutAttempt.objects.filter(pk=attempt.pk).update(state=CheckoutState.PAYING)
    assert attempt.basket is not None

    again = begin(attempt.basket)

    assert again.state == CheckoutState.PAID
    assert checkout.complete(attempt=again).payment_status == PaymentStatus.PAID


def refuse_with(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    """The engine refuses to make the order, once the money is there."""

    def refused() -> Any:
        raise EngineRefused([{"field": None, "message": "", "code": code}])

    monkeypatch.setattr(completion, "storefront_client", refused)


def test_who_has_paid_is_not_told_that_nothing_was_charged(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given a charged card, and taxes that are down when the order is to be placed
    attempt = world.paid(rug=1)
    with monkeypatch.context() as down:
        refuse_with(down, "TAX_ERROR")
        with pytest.raises(PlacedLater) as told:
            checkout.complete(attempt=attempt)

    # then the words say where her money is, and a later try places the order
    assert "Do not pay again" in str(told.value)
    attempt.refresh_from_db()
    assert attempt.state == CheckoutState.PAID
    assert checkout.complete(attempt=attempt).pk == attempt.order_id


@pytest.mark.parametrize(
    ("code", "error"),
    [("INSUFFICIENT_STOCK", SoldWhilePaying), ("NOT_FOUND", ExpiredWhilePaying)],
)
def test_who_has_paid_for_what_is_gone_is_told_of_her_money(
    world: World, monkeypatch: pytest.MonkeyPatch, code: str, error: type[Exception]
) -> None:
    attempt = world.paid(rug=1)
    refuse_with(monkeypatch, code)

    with pytest.raises(error, match="you will be refunded in full"):
        checkout.complete(attempt=attempt)

    attempt.refresh_from_db()
    assert attempt.state == CheckoutState.GIVEN_UP
    assert Order.objects.count() == 0


def test_who_pays_on_delivery_is_told_nothing_of_money(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    attempt = world.paid(method="cod", honey=1)
    refuse_with(monkeypatch, "TAX_ERROR")

    with pytest.raises(CheckoutRefused, match="Nothing was charged"):
        checkout.complete(attempt=attempt)


def test_an_order_that_we_may_not_read_is_not_lost(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given the engine's order, and our App's token ended meanwhile
    attempt = world.paid(rug=1)

    def denied(_gid: str) -> Any:
        raise EngineRefused([{"field": None, "message": "", "code": "PermissionDenied"}])

    with monkeypatch.context() as ended:
        ended.setattr(completion, "fetched", denied)
        with pytest.raises(PlacedLater):
            checkout.complete(attempt=attempt)

    # then, with a new token, the same order is found
    assert Order.objects.count() == 0
    assert checkout.complete(attempt=attempt).pk == attempt.order_id


def test_without_an_answer_of_ours_nobody_is_told_that_the_goods_cannot_be_sent(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    # given an engine whose question for deliveries did not reach us
    basket = world.basket(rug=1)
    with monkeypatch.context() as unheard:
        unheard.setattr("marketplace.orders.services.checkout.delivery._deliveries", lambda *_: [])
        with pytest.raises(DeliveryNotPriced) as told:
            begin(basket)

    # then she is asked to try again, and the next try goes through
    assert told.value.retry
    assert begin(basket).state == CheckoutState.DELIVERY_CHOSEN
