"""Whoever holds a checkout's id, and what they can write into the engine."""

from typing import Any

from marketplace.orders.models import (
    CheckoutAttempt,
    Order,
    VendorOrder,
)
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    MetadataInput,
    OrderParts,
)
from marketplace.saleor.client.fragments import (
    OrderPartsLinesMetadata,
    OrderPartsMetadata,
)
from marketplace.saleor.gateway import app_client, storefront_client
from tests.orders.projecting import engine_order, forget
from tests.orders.world import World
from vendors.scoping import Crossing

ORDER_KEY = "twiza.order"


def write(attempt: CheckoutAttempt, **facts: str) -> None:
    """As anybody does who holds the checkout's id."""
    assert attempt.checkout_id is not None
    gid = ids.global_id(ids.CHECKOUT, attempt.checkout_id)
    items = [MetadataInput(key=key, value=value) for key, value in facts.items()]
    accepted(storefront_client().update_metadata(gid, items).update_metadata)


def complete_at_the_engine(attempt: CheckoutAttempt, **facts: str) -> OrderParts:
    """The order of a checkout that its holder completes without us."""
    assert attempt.checkout_id is not None
    payload = accepted(
        storefront_client()
        .complete_checkout(
            ids.global_id(ids.CHECKOUT, attempt.checkout_id),
            [MetadataInput(key=key, value=value) for key, value in facts.items()],
        )
        .checkout_complete
    )
    assert payload.order is not None
    found = app_client().order_by_id(payload.order.id).order
    assert found is not None
    return found


def rows(order: Order) -> list[Any]:
    """All that we know of an order and of its vendor orders."""
    of = VendorOrder.objects.crossing(Crossing.POLICY).filter(order=order).order_by("number")
    return [
        *Order.objects.filter(pk=order.pk).values(
            *("market", "total_minor", "payment_method", "payment_status", "email", "checkout_id"),
            *("number", "cancelled_at", "name", "address_json"),
        ),
        *of.values("cooperative_id", "goods_minor", "shipping_minor", "tax_minor", "state"),
    ]


def straight(world: World) -> OrderParts:
    """An order placed at the engine, of a checkout that was never ours; nothing of it is known."""
    order = world.placed(rug=1, honey=2)
    told = engine_order(order)
    CheckoutAttempt.objects.filter(order_id=order.pk).delete()
    forget(order)
    return told.model_copy(
        update={
            "id": "T3JkZXI6c3RyYWlnaHQ=",
            "checkout_id": "Q2hlY2tvdXQ6c3RyYWlnaHQ=",
            "number": "9999",
        }
    )


def with_public(told: OrderParts, facts: dict[str, str]) -> OrderParts:
    public = [OrderPartsMetadata(key=key, value=value) for key, value in facts.items()]
    lines = [
        line.model_copy(
            update={"metadata": [OrderPartsLinesMetadata(key=k, value=v) for k, v in facts.items()]}
        )
        for line in told.lines
    ]
    return told.model_copy(update={"metadata": public, "lines": lines})
