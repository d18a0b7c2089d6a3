"""In a shop whose webhooks arrive the sweeps find nothing to repair, whatever happens to orders."""

from datetime import timedelta

import pytest
from django.utils import timezone

from catalog import jobs as catalog_jobs
from catalog.read_model import sweeps as catalog_sweeps
from marketplace.core.actors import Actor
from marketplace.core.worker import work_off
from marketplace.embedded.deliveries import deliver_pending
from marketplace.embedded.models import EventDelivery
from marketplace.orders import jobs as order_jobs
from marketplace.orders.models import Order, Parcel, VendorOrder
from marketplace.orders.services import cancel, confirm, record_delivery, record_return, ship
from marketplace.orders.sweeps import sweep_orders
from marketplace.payments import jobs as payment_jobs
from marketplace.payments import services
from marketplace.saleor import ids
from marketplace.saleor.client import MetadataInput
from marketplace.saleor.gateway import app_client
from marketplace.saleor.models import InboxMessage, SweepRun
from marketplace.saleor.sweeps import LONGEST_BEHIND, UNDER_WAY
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
SWEEPS = (
    catalog_jobs.quick_sweep,
    catalog_jobs.rolling_sweep,
    order_jobs.sweep,
    payment_jobs.sweep,
)


@pytest.fixture
def settled(world: World) -> World:
    """What the making of the shop itself has changed is known."""
    work_off()
    repaired()
    return world


def repaired() -> dict[str, int]:
    """What the sweeps call repairs, all of them looking at once."""
    return {
        "orders": sweep_orders().repaired,
        "transactions": services.sweep_transactions().repaired,
        "products changed": catalog_sweeps.quick_sweep(),
        "products": catalog_sweeps.rolling_sweep(),
    }


NOTHING = dict.fromkeys(["orders", "transactions", "products changed", "products"], 0)


def shipped(world: World, order: Order) -> Parcel:
    part = world.part(order, world.growers)
    confirm.confirm_vendor_order(vendor_order=part, by=BY)
    return ship.ship_parcel(
        vendor_order=part,
        lines={line.pk: line.quantity for line in part.lines.all()},
        tracking_number="DM1",
        carrier="Carrier",
        by=BY,
    )


@pytest.mark.parametrize("method", ["card", "cod"])
def test_a_new_order_is_known_by_its_webhooks(settled: World, method: str) -> None:
    settled.placed(method=method, honey=2)
    work_off()
    assert repaired() == NOTHING


@pytest.mark.parametrize("method", ["card", "cod"])
def test_what_is_sent_and_arrives_is_no_repair(settled: World, method: str) -> None:
    order = settled.placed(method=method, honey=2)
    work_off()
    parcel = shipped(settled, order)
    work_off()
    assert repaired() == NOTHING

    record_delivery.record_delivery(
        parcel=parcel, kind="buyer", occurred_at=timezone.now(), by=Actor.buyer(order.pk)
    )
    work_off()
    assert repaired() == NOTHING


def test_what_comes_back_is_no_repair(settled: World) -> None:
    order = settled.placed(honey=2)
    work_off()
    shipped(settled, order)
    part = settled.part(order, settled.growers)
    record_return.record_returned_goods(
        vendor_order=part,
        quantities={line.pk: 1 for line in part.lines.all()},
        restock=True,
        reason="Broken",
        by=BY,
    )
    work_off()
    assert repaired() == NOTHING


def test_a_cancelled_part_and_its_refund_are_no_repair(settled: World) -> None:
    order = settled.placed(rug=1, honey=2)
    work_off()
    part: VendorOrder = settled.part(order, settled.weavers)
    cancel.cancel_vendor_order(vendor_order=part, reason="Moths", restock=True, by=BY)
    work_off()
    services.settle_open_refunds(by=BY)
    work_off()
    assert repaired() == NOTHING


def test_a_note_on_an_order_at_the_engine_is_no_repair(settled: World) -> None:
    """It changes the order's date there, and nothing that is known here."""
    order = settled.placed(honey=1)
    work_off()
    order_gid = ids.global_id(ids.ORDER, order.pk)
    app_client().update_metadata(order_gid, [MetadataInput(key="erp", value="7")])
    work_off()
    assert repaired() == NOTHING


def test_what_changed_just_now_is_left_to_its_webhook(settled: World) -> None:
    order = settled.placed(honey=2)
    work_off()
    app_client().cancel_order(ids.global_id(ids.ORDER, order.pk))

    assert sweep_orders(young=UNDER_WAY).repaired == 0
    assert services.sweep_transactions(young=UNDER_WAY).repaired == 0
    assert Order.objects.get(pk=order.pk).cancelled_at is None


@pytest.mark.parametrize(
    ("waits", "looks"),
    [(UNDER_WAY / 2, True), (UNDER_WAY * 2, False), (LONGEST_BEHIND * 2, True)],
    ids=["nothing has waited for long", "the worker is behind", "the worker is broken"],
)
def test_no_sweep_calls_a_repair_what_waits_for_the_worker(
    settled: World, waits: timedelta, looks: bool
) -> None:
    settled.placed(honey=2)
    deliver_pending()
    received_at = timezone.now() - waits
    assert InboxMessage.objects.filter(handled_at=None).update(received_at=received_at)
    before = SweepRun.objects.count()
    for sweep in SWEEPS:
        sweep()

    assert SweepRun.objects.count() == before + (len(SWEEPS) if looks else 0)


def test_a_change_whose_webhook_was_lost_is_found_once_it_is_not_young(settled: World) -> None:
    order = settled.placed(honey=2)
    work_off()
    app_client().cancel_order(ids.global_id(ids.ORDER, order.pk))
    EventDelivery.objects.all().delete()
    InboxMessage.objects.filter(handled_at__isnull=True).delete()
    assert sweep_orders(young=UNDER_WAY).repaired == 0

    assert sweep_orders(young=timedelta(0)).repaired == 1
    assert Order.objects.get(pk=order.pk).cancelled_at is not None
