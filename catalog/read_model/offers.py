"""A listing's offers: price, stock and weight of each variant in each channel."""

from typing import Any
from uuid import UUID

from catalog.models import Listing
from catalog.read_model.product_values import (
    free_stock,
    parse_uuid,
    stock_on_hand,
    variants_of,
    weight_in_grams,
)
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts


def offers_of(
    listing: Listing, product: ProductParts, variants: dict[str, UUID] | None = None
) -> list[dict[str, Any]]:
    """The prices of a product; ``variants`` are our ids of its variants, where looked up."""
    sold_in = _channels(product)
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
                    "most_per_order": node.quantity_limit_per_customer,
                    "position": position,
                }
            )
    return offers


def _channels(product: ProductParts) -> set[str]:
    """The channels that sell it now."""
    return {
        row.channel.slug
        for row in product.channel_listings or []
        if row.is_published and row.is_available_for_purchase is not False
    }


def _variant_id(node: Any) -> UUID:
    ours = parse_uuid(node.external_reference)
    if ours is None:
        return ids.our_id_or_new(ids.VARIANT, node.id)
    ids.link(ids.VARIANT, ours, node.id)
    return ours
