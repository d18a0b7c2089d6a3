"""Values read from the engine's product: variants, stock, weights, ids."""

from typing import Any
from uuid import UUID

from catalog.models import Listing
from marketplace.saleor.client import ProductParts

_GRAMS = {"G": 1, "KG": 1000, "OZ": 28.349523, "LB": 453.59237, "TONNE": 1_000_000}


def variants_of(product: ProductParts) -> list[Any]:
    return (
        [edge.node for edge in product.product_variants.edges] if product.product_variants else []
    )


def free_stock(node: Any) -> int:
    """Unsold stock; a checkout's reservation still counts as free here."""
    free: int = sum(s.quantity - s.quantity_allocated for s in node.stocks or [])
    return max(free, 0)


def stock_on_hand(listing: Listing, node: Any) -> int:
    """The stock to count, including sold items; some may lie in the store that it came from."""
    own = listing.cooperative.slug if listing.is_from_store else ""
    rows = [row for row in node.stocks or [] if not own or row.warehouse.slug == own]
    pieces: int = sum(row.quantity for row in rows)
    return pieces


def weight_in_grams(weight: Any) -> int:
    """A weight in grams, from whichever unit the engine uses."""
    return round(weight.value * _GRAMS[weight.unit.value]) if weight else 0


def parse_uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
