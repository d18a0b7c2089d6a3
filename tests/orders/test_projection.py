"""News of the engine's orders: doubled, late, reordered, imported, at once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone

from marketplace.core.models import DomainEvent
from marketplace.orders import queries
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.handlers import on_refund_made
from marketplace.orders.models import (
    CheckoutAttempt,
    Order,
    Parcel,
    VendorOrderState,
)
from marketplace.orders.services import mails, ship, tracking_links
from marketplace.orders.services.erasure import erase_buyer, purge_personal_data
from marketplace.orders.services.projection import project_order
from marketplace.orders.services.stock_check import mark_short_orders
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import StockInput
from marketplace.saleor.gateway import app_client
from tests.orders.projecting import engine_order, forget
from tests.orders.world import World
from vendors.scoping import CooperativeScope, Crossing

pytestmark = pytest.mark.django_db


def test_an_old_answer_does_not_undo_a_new_one(world: World) -> None:
    """The answer from before the shipping arrives after the one from behind it."""
    order = world.placed(rug=1)
    weaving = world.part(order, world.weavers)
    before = engine_order(order)
    ship.ship_parcel(
        vendor_order=weaving,
        lines={line.pk: 1 for line in weaving.lines.all()},
        by=world.manager.actor,
    )

    project_order(before)

    assert world.part(order, world.weavers).state == VendorOrderState.SHIPPED
    assert Parcel.objects.crossing(Crossing.POLICY).count() == 1


def test_the_first_news_of_an_order_may_be_of_its_shipping(world: World) -> None:
    """Everything of ours is lost; what the engine tells now is enough."""
    order = world.placed(rug=1, honey=1)
    growing = world.part(order, world.growers)
    ship.ship_parcel(
        vendor_order=growing,
        lines={line.pk: 1 for line in growing.lines.all()},
        tracking_number="AM-77",
        by=world.other_manager.actor,
    )
    told = engine_order(order)
    forget(order)

    again = project_order(told)

    assert again.pk == order.pk
    assert world.part(again, world.growers).state == VendorOrderState.SHIPPED
    assert world.part(again, world.weavers).state == VendorOrderState.PLACED
    parcel = world.part(again, world.growers).parcels.get()
    assert parcel.tracking_number == "AM-77"


def test_refunded_pieces_are_counted_on_their_lines(world: World) -> None:
    growing = world.part(world.placed(honey=3), world.growers)
    honey = growing.lines.get()

    on_refund_made(
        {
            "vendor_order_id": str(growing.pk),
            "lines": [{"line_id": str(honey.pk), "quantity": 2, "amount_minor": 19_000}],
        }
    )

    honey.refresh_from_db()
    assert honey.quantity_refunded == 2


def test_the_events_say_what_was_sold_by_whom(world: World) -> None:
    order = world.placed(rug=1, honey=2)

    placed = DomainEvent.objects.filter(name="VendorOrderPlaced").order_by("pk")
    sold = DomainEvent.objects.filter(name="SaleCounted")
    assert [
        (e.payload["cooperative_id"], e.payload["goods_minor"], e.payload["shipping_minor"])
        for e in placed
    ] == [
        (str(world.weavers.pk), 150_000, 4_500),
        (str(world.growers.pk), 19_000, 3_500),
    ]
    assert {(e.payload["market"], e.payload["quantity"]) for e in sold} == {("ma", 1), ("ma", 2)}
    assert DomainEvent.objects.get(name="OrderPlaced").payload["total_minor"] == order.total_minor


def test_buyer_and_cooperative_get_one_mail_each_in_their_language(world: World) -> None:
    order = world.placed(rug=1, honey=2)
    world.manager.language = "ar"
    world.manager.save()

    assert mails.confirm_to_buyer(order)
    assert not mails.confirm_to_buyer(order)
    assert mails.notify_cooperative(world.part(order, world.weavers)) == 1
    assert mails.notify_cooperative(world.part(order, world.weavers)) == 0

    to_buyer, to_manager = mail.outbox
    assert to_buyer.to == ["salma@example.org"]
    assert order.number in to_buyer.subject
    assert "Apiculteurs de Zagora" in str(to_buyer.body)
    assert "/ma/fr/orders/" in str(to_buyer.body)
    assert to_manager.to == [world.manager.email]
    assert "لديكم طلبية جديدة" in str(to_manager.body)
    assert "زربية" in str(to_manager.body)
    assert "salma" not in str(to_manager.body).lower()


def test_an_import_of_old_orders_writes_to_nobody(world: World) -> None:
    order = world.placed(rug=1)
    Order.objects.update(placed_at=timezone.now() - timedelta(days=90))
    order.refresh_from_db()

    assert not mails.confirm_to_buyer(order)
    assert mails.notify_cooperative(world.part(order, world.weavers)) == 0
    assert mail.outbox == []


def test_an_erased_buyer_leaves_amounts_and_no_name(world: World) -> None:
    order = world.placed(rug=1)
    token = tracking_links.issue_link(order=order)

    erase_buyer(order=order, by=world.coordinator.actor)

    order.refresh_from_db()
    assert (order.name, order.email, order.phone, order.address) == ("", "", "", None)
    assert order.total_minor == 154_500
    assert not CheckoutAttempt.objects.filter(order_id=order.pk).exists()
    with pytest.raises(LinkNotValid):
        queries.order_by_token(token)


def test_the_retention_rule_erases_what_is_old_and_nothing_else(world: World) -> None:
    old, young = world.placed(rug=1), world.placed(honey=1)
    Order.objects.filter(pk=old.pk).update(placed_at=timezone.now() - timedelta(days=731))

    purge_personal_data()

    old.refresh_from_db()
    young.refresh_from_db()
    assert old.address is None
    assert young.address is not None


def test_an_order_beyond_stock_is_noticed_and_forgotten_when_there_is_enough(world: World) -> None:
    early, late = world.placed(rug=3), world.placed(rug=2)
    assert mark_short_orders() == 0

    set_stock(world, 4)
    found, again = mark_short_orders(), mark_short_orders()

    assert (found, again) == (1, 0)
    assert world.part(late, world.weavers).short_at is not None
    assert world.part(early, world.weavers).short_at is None
    assert queries.counts_by_state(CooperativeScope(world.weavers.pk))["short"] == 1
    set_stock(world, 5)
    mark_short_orders()
    assert world.part(late, world.weavers).short_at is None


def set_stock(world: World, quantity: int) -> None:
    stock = StockInput(warehouse=ids.global_id(ids.WAREHOUSE, world.weavers.pk), quantity=quantity)
    accepted(
        app_client()
        .update_variant_stocks(ids.global_id(ids.VARIANT, world.rug), [stock])
        .product_variant_stocks_update
    )
