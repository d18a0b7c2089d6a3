"""What an engine holds of our variants, by our ids."""

from collections.abc import Sequence
from uuid import UUID

from marketplace.moving.sides import Side
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts

# Our cooperative (its warehouse) → pieces that lie there, and how many of them are sold but unsent.
Held = dict[UUID, tuple[int, int]]


def stocks_of(side: Side, products: Sequence[ProductParts]) -> dict[UUID, Held]:
    """Pieces by variant and cooperative; warehouses and variants that are none of ours left out."""
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
    """Our id that stands in an external reference; None when none does."""
    try:
        return UUID(text or "")
    except ValueError:
        return None
