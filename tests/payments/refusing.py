"""Paid orders of honey, and members who refuse a part of them."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.worker import work_off
from marketplace.orders.models import Parcel, Refusal, VendorOrder, VendorOrderLine
from marketplace.orders.services import ship
from marketplace.orders.services.refuse import Refused
from marketplace.payments import services
from marketplace.payments.models import Payment
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from tests.orders.world import World
from tests.payments.refund_world import refunds
from vendors.models import Membership, User
from vendors.scoping import Crossing

HONEY = 9_500
BY = Actor.system("test")


def bought(world: World, *, method: str = "card", **quantities: int) -> VendorOrder:
    """The weavers' part of an order, or the growers' where only honey is bought."""
    order = world.placed(method=method, **quantities)
    services.capture_payments(order_id=order.pk)
    return world.part(order, world.weavers if quantities.get("rug") else world.growers)


def state(part: VendorOrder) -> str:
    found: VendorOrder = VendorOrder.objects.crossing(Crossing.POLICY).get(pk=part.pk)
    return str(found.state)


def paid_back() -> int:
    """What refunds give back, by the books of the engine too."""
    work_off()
    ours = sum(refund.total_minor for refund in refunds().filter(state="made"))
    assert ours == sum(payment.refunded_minor for payment in Payment.objects.all())
    return ours


def total(part: VendorOrder) -> int:
    return int(part.goods_minor + part.shipping_minor)


def settle(member: User) -> None:
    """Let somebody have joined long ago."""
    long_ago = timezone.now() - timedelta(days=9)
    Membership.objects.crossing(Crossing.POLICY).filter(user=member).update(created_at=long_ago)


def stock_of(world: World, name: str) -> tuple[int, int]:
    """Pieces in the engine's warehouse, and how many of them are allocated to orders."""
    variant_gid = ids.global_id(ids.VARIANT, getattr(world, name))
    found = app_client().variant_product(variant_gid).product_variant
    assert found is not None
    product = app_client().product_by_id(found.product.id).product
    assert product is not None
    assert product.product_variants is not None
    stocks = product.product_variants.edges[0].node.stocks or []
    return stocks[0].quantity, stocks[0].quantity_allocated


@pytest.fixture(autouse=True)
def settled(world: World) -> None:
    settle(world.other_manager)
    settle(world.manager)


def line_of(part: VendorOrder) -> VendorOrderLine:
    found: VendorOrderLine = part.lines.get()
    return found


def refuse_some(
    part: VendorOrder,
    quantity: int,
    by: User,
    *,
    reason: str = "sold_out",
    note: str = "",
    key: UUID | None = None,
    seen: str | None = None,
) -> Refusal:
    return services.refuse_as_member(
        vendor_order=part,
        refused={line_of(part).pk: Refused(quantity, reason)},
        note=note,
        key=key or uuid4(),
        seen=seen,
        by=by.actor,
    )


def send(part: VendorOrder, quantity: int, by: User) -> Parcel:
    return ship.ship_parcel(vendor_order=part, lines={line_of(part).pk: quantity}, by=by.actor)
