"""Weights, names and prices of variants as the engine's inputs take them."""

from catalog.markets import market_of_channel
from catalog.models import ListingVariant
from marketplace.core.money import Money


def grams(weight: int) -> dict[str, object]:
    """A weight as the engine takes it, its unit said: a bare number would be in the shop's unit,
    and a running Saleor does not notice at once that the set-up changed that.
    """
    return {"unit": "g", "value": weight}


def variant_name(variant: ListingVariant) -> str:
    """What a variant is called there: one without a name is called by its SKU, never left blank
    (in bulk, Saleor would make up a name from an id that does not exist yet).
    """
    return variant.name or variant.sku


def price_of(amount_minor: int, channel_slug: str) -> str:
    """A price as the engine takes it: a decimal of the channel's currency."""
    return str(Money(amount_minor, market_of_channel(channel_slug).currency).decimal)
