"""Weights, names and prices of variants as the engine's inputs take them."""

from catalog.markets import market_of_channel
from catalog.models import ListingVariant
from marketplace.core.money import Money


def grams(weight: int) -> dict[str, object]:
    """A weight as the engine takes it, with its unit.

    A bare number would be in the shop's unit, and a running Saleor does not notice at once that the
    set-up changed that.
    """
    return {"unit": "g", "value": weight}


def variant_name(variant: ListingVariant) -> str:
    """A variant's name in the engine: its SKU if it has none, never blank.

    (In bulk, Saleor would derive a name from an id that does not exist yet.)
    """
    return variant.name or variant.sku


def price_of(amount_minor: int, channel_slug: str) -> str:
    """A price as the engine takes it: a decimal in the channel's currency."""
    return str(Money(amount_minor, market_of_channel(channel_slug).currency).decimal)
