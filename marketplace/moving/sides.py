"""The two engines of a move."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from marketplace.moving.closing import home
from marketplace.moving.errors import CannotMove
from marketplace.saleor import instances
from marketplace.saleor.client import OrderParts, ProductParts, SaleorClient
from marketplace.saleor.gateway import client_of
from marketplace.saleor.models import EngineInstance, IdMapping

BEFORE_ALL = "1970-01-01T00:00:00+00:00"


@dataclass(frozen=True)
class Side:
    """An engine, with the mapping of our ids to its own."""

    instance: EngineInstance

    @cached_property
    def client(self) -> SaleorClient:
        """Our App's client there."""
        return client_of(self.instance)

    def our_ids(self, kind: str, global_ids: Iterable[str]) -> dict[str, UUID]:
        """Our ids of many of its own; those without a mapping are left out."""
        found = IdMapping.objects.filter(instance=self.instance, kind=kind)
        found = found.filter(global_id__in=set(global_ids))
        return dict(found.values_list("global_id", "our_id"))

    def known(self, kind: str) -> list[UUID]:
        """All our objects that it has (or had)."""
        found = IdMapping.objects.filter(instance=self.instance, kind=kind).order_by("pk")
        return list(found.values_list("our_id", flat=True))


def sides() -> tuple[Side, Side]:
    """The engine that holds the shop's products, and the configured one, its destination.

    Raises CannotMove when the two are the same, or when the shop has no products yet.
    """
    source, target = home(), instances.current()
    if source is None:
        raise CannotMove(["The shop has no goods in any engine: there is nothing to move."])
    if source == target:
        raise CannotMove(
            [
                f"The shop's goods are in the configured engine, {target.api_url}.",
                "Set SALEOR_API_URL to the Saleor to which the shop is to move.",
            ]
        )
    return Side(source), Side(target)


def product_pages(client: SaleorClient) -> Iterator[list[ProductParts]]:
    """All products of an engine, 50 at a time."""
    cursor: str | None = None
    while True:
        found = client.products_page(cursor).products
        if found is None:
            return
        yield [edge.node for edge in found.edges]
        if not found.page_info.has_next_page:
            return
        cursor = found.page_info.end_cursor


def order_pages(client: SaleorClient) -> Iterator[list[OrderParts]]:
    """All orders of an engine, 50 at a time, the least recently changed first."""
    cursor: str | None = None
    while True:
        found = client.orders_updated_since(BEFORE_ALL, cursor).orders
        if found is None:
            return
        yield [edge.node for edge in found.edges]
        if not found.page_info.has_next_page:
            return
        cursor = found.page_info.end_cursor
