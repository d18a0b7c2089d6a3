"""Buying over two cooperatives: what is reserved, quoted, charged and placed."""

import pytest

from marketplace.orders import queries
from marketplace.orders.models import CheckoutState, Order, PaymentStatus
from marketplace.orders.services import checkout
from tests.orders.world import World

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
