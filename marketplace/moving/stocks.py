"""An engine's stock of our variants, by our ids."""

from collections.abc import Sequence
from uuid import UUID

from marketplace.moving.sides import Side
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts

# Our cooperative (its warehouse) → stock, and how much of it is sold but unshipped.
Held = dict[UUID, tuple[int, int]]


def stocks_of(side: Side, products: Sequence[ProductParts]) -> dict[UUID, Held]:
    """Stock by variant and cooperative; unknown warehouses and variants are left out."""
    found: dict[UUID, Held] = {}
    nodes = [e.node for p in products if p.product_variants for e in p.product_variants.edges]
    gids = {stock.warehouse.id for node in nodes for stock in node.stocks or []}
    places = side.our_ids(ids.WAREHOUSE, gids)
    for node in nodes:
        if (variant_id := uuid_of(node.external_reference)) is not None:
            found[variant_id] = {
                places[s.warehouse.id]: (s.quantity, s.quantity_allocated)
                for s in node.stocks or []
                if s.warehouse.id in places
            }
    return found


def uuid_of(text: str | None) -> UUID | None:
    """Our id in an external reference; None when there is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
