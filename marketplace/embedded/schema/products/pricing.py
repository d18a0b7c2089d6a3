"""Prices of products and variants in a channel."""

from typing import Any

import graphene

from marketplace.embedded import money
from marketplace.embedded.schema.money import TaxedMoney


class TaxedMoneyRange(graphene.ObjectType):
    """The lowest and the highest price."""

    start = graphene.Field(TaxedMoney)
    stop = graphene.Field(TaxedMoney)


class VariantPricingInfo(graphene.ObjectType):
    """A variant's price in a channel, without the taxes of an App."""

    on_sale = graphene.Boolean()
    price = graphene.Field(TaxedMoney)
    price_undiscounted = graphene.Field(TaxedMoney)


class ProductPricingInfo(graphene.ObjectType):
    """A product's prices in a channel, without the taxes of an App."""

    on_sale = graphene.Boolean()
    display_gross_prices = graphene.Boolean(required=True)
    price_range = graphene.Field(TaxedMoneyRange)
    price_range_undiscounted = graphene.Field(TaxedMoneyRange)


def untaxed_price(listing: Any) -> money.TaxedMoney | None:
    """Return a listing's price with net equal to gross, or None."""
    if listing is None or listing.price_minor is None:
        return None
    amount = money.Money(listing.price_minor, listing.currency)
    return money.TaxedMoney(net=amount, gross=amount)
