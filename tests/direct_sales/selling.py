"""What tests of direct sales do again and again: sell, correct, look at the engine's stock."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any
from unittest.mock import patch
from uuid import UUID, uuid4

from django.utils import timezone

from catalog.models import ListingVariant
from catalog.read_model.product_values import variants_of
from catalog.services import held_stock
from catalog.services.stock import correct_stock
from marketplace.core.actors import Actor
from marketplace.direct_sales import services
from marketplace.direct_sales.models import DirectSale
from marketplace.direct_sales.wanted import Wanted
from marketplace.saleor import ids
from marketplace.saleor.errors import EngineUnavailable
from marketplace.saleor.gateway import app_client
from tests.orders.world import World
from vendors.scoping import Crossing

BY = Actor.system("test")
NOON = timezone.now().replace(hour=12, minute=0, second=0, microsecond=0)


def wanted(quantity: int = 1, price: int = 140_000, **changes: Any) -> Wanted:
    said = {"paid_by": "cash", "place": "fair", "sold_at": NOON} | changes
    return Wanted(quantity=quantity, unit_price_minor=price, **said)


def sell(world: World, quantity: int = 1, *, key: UUID | None = None, **said: Any) -> DirectSale:
    """The weavers sell rugs."""
    return services.record_sale(
        cooperative=world.weavers,
        key=key or uuid4(),
        variant_id=world.rug,
        wanted=wanted(quantity, **said),
        by=BY,
    )


def correct(
    world: World, sale: DirectSale, quantity: int, *, key: UUID | None = None, **said: Any
) -> DirectSale:
    return services.correct_sale(
        scope=world.weavers.scope,
        sale_id=sale.pk,
        key=key or uuid4(),
        seen=now(sale).changes,
        wanted=wanted(quantity, **said),
        reason="wrong quantity",
        by=BY,
    )


def cancel(world: World, sale: DirectSale, *, key: UUID | None = None) -> DirectSale:
    return services.cancel_sale(
        scope=world.weavers.scope, sale_id=sale.pk, key=key or uuid4(), reason="not sold", by=BY
    )


def now(sale: DirectSale) -> DirectSale:
    found: DirectSale = DirectSale.objects.crossing(Crossing.POLICY).get(pk=sale.pk)
    return found


def everything() -> list[DirectSale]:
    return list(DirectSale.objects.crossing(Crossing.POLICY).order_by("recorded_at"))


def stock(world: World) -> int:
    """How many rugs the engine counts."""
    variant = ListingVariant.objects.crossing(Crossing.POLICY).get(pk=world.rug)
    product = app_client().product_by_id(ids.global_id(ids.PRODUCT, variant.listing_id)).product
    assert product is not None
    [node] = variants_of(product)
    return int(sum(row.quantity for row in node.stocks))


def count(world: World, quantity: int) -> None:
    """Somebody counts the rugs."""
    correct_stock(variant_id=world.rug, quantity=quantity, scope=world.weavers.scope, by=BY)


def later() -> int:
    """The job, an hour later."""
    DirectSale.objects.crossing(Crossing.POLICY).filter(stock_due_at__isnull=False).update(
        stock_due_at=datetime(2026, 1, 1, tzinfo=NOON.tzinfo)
    )
    return services.settle_waiting()


@contextmanager
def engine_unavailable(*, after: bool = False) -> Iterator[None]:
    """The engine does not answer when its stock is set; ``after`` it was set all the same."""
    real = held_stock.set_stock

    def refuse(*args: Any, **kwargs: Any) -> None:
        if after:
            real(*args, **kwargs)
        raise EngineUnavailable("unavailable")

    counting = "catalog.services.stock.set_stock"
    with patch.object(held_stock, "set_stock", refuse), patch(counting, refuse):
        yield
