"""A listing's offers: price, stock and weight of each variant in each channel."""

from typing import Any
from uuid import UUID

from catalog.models import Listing
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts

_GRAMS = {"G": 1, "KG": 1000, "OZ": 28.349523, "LB": 453.59237, "TONNE": 1_000_000}


def variants_of(product: ProductParts) -> list[Any]:
    return (
        [edge.node for edge in product.product_variants.edges] if product.product_variants else []
    )


def offers_of(
    listing: Listing, product: ProductParts, variants: dict[str, UUID] | None = None
) -> list[dict[str, Any]]:
    """The prices of a product; ``variants`` are our ids of its variants, where looked up."""
    sold_in = {
        row.channel.slug
        for row in product.channel_listings or []
        if row.is_published and row.is_available_for_purchase is not False
    }
    offers = []
    nodes = variants_of(product)
    known = variants or ids.our_ids(ids.VARIANT, [node.id for node in nodes])
    for position, node in enumerate(nodes):
        variant_id = known.get(node.id) or _variant_id(node)
        for row in node.channel_listings or []:
            if row.price is None or row.channel.slug not in sold_in:
                continue
            offers.append(
                {
                    "variant_id": variant_id,
                    "variant_name": "" if node.name == node.sku else node.name,
                    "weight_grams": weight_in_grams(node.weight),
                    "channel_slug": row.channel.slug,
                    "amount_minor": row.price.fractional_amount,
                    "currency": row.price.currency,
                    "available": free_stock(node),
                    "on_hand": stock_on_hand(listing, node),
                    "position": position,
                }
            )
    return offers


def _variant_id(node: Any) -> UUID:
    ours = parse_uuid(node.external_reference)
    if ours is None:
        return ids.our_id_or_new(ids.VARIANT, node.id)
    ids.link(ids.VARIANT, ours, node.id)
    return ours


def free_stock(node: Any) -> int:
    """Pieces that nobody has bought yet; a basket being paid still counts as free here."""
    free: int = sum(s.quantity - s.quantity_allocated for s in node.stocks or [])
    return max(free, 0)


def stock_on_hand(listing: Listing, node: Any) -> int:
    """What the cooperative can count; sold pieces may wait in the store that it came from."""
    own = listing.cooperative.slug if listing.is_from_store else ""
    rows = [row for row in node.stocks or [] if not own or row.warehouse.slug == own]
    pieces: int = sum(row.quantity for row in rows)
    return pieces


def weight_in_grams(weight: Any) -> int:
    """The engine's weight, in whatever unit it tells it, in grams."""
    return round(weight.value * _GRAMS[weight.unit.value]) if weight else 0


def parse_uuid(text: str | None) -> UUID | None:
    try:
        return UUID(text) if text else None
    except ValueError:
        return None
