"""Products and variants as they are listed in a channel."""

from typing import Any

import graphene
from django.utils import timezone

from marketplace.embedded import models, money
from marketplace.embedded.models.base import related_one
from marketplace.embedded.schema.base import Info, ModelType, Node, context_of
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.money import Money


def _money(minor: int | None, currency: str) -> money.Money | None:
    return None if minor is None else money.Money(minor, currency)


class ProductChannelListing(ModelType):
    """Whether a product is visible and for sale in a channel."""

    class Meta:
        model = models.ProductChannelListing
        interfaces = (Node,)

    published_at = graphene.DateTime()
    is_published = graphene.Boolean(required=True)
    channel = graphene.Field(Channel, required=True)
    visible_in_listings = graphene.Boolean(required=True)
    available_for_purchase_at = graphene.DateTime()
    discounted_price = graphene.Field(Money)
    is_available_for_purchase = graphene.Boolean()

    @staticmethod
    def resolve_channel(root: models.ProductChannelListing, _info: Info) -> Any:
        return related_one(root, "channel")

    @staticmethod
    def resolve_discounted_price(root: models.ProductChannelListing, _info: Info) -> Any:
        return _money(root.lowest_price_minor, root.currency)

    @staticmethod
    def resolve_is_available_for_purchase(root: models.ProductChannelListing, _info: Info) -> bool:
        return is_purchasable(root)


def is_purchasable(listing: models.ProductChannelListing | None) -> bool:
    """Tell whether a listing's product may be bought now."""
    since = listing.available_for_purchase_at if listing else None
    return since is not None and since <= timezone.now()


class ProductVariantChannelListing(ModelType):
    """A variant's price in a channel."""

    class Meta:
        model = models.ProductVariantChannelListing
        interfaces = (Node,)

    channel = graphene.Field(Channel, required=True)
    price = graphene.Field(Money)
    cost_price = graphene.Field(Money)
    prior_price = graphene.Field(Money)

    @staticmethod
    def resolve_channel(root: models.ProductVariantChannelListing, _info: Info) -> Any:
        return related_one(root, "channel")

    @staticmethod
    def resolve_price(root: models.ProductVariantChannelListing, _info: Info) -> Any:
        return _money(root.price_minor, root.currency)

    @staticmethod
    def resolve_cost_price(root: models.ProductVariantChannelListing, info: Info) -> Any:
        context_of(info).require("MANAGE_PRODUCTS")
        return _money(root.cost_price_minor, root.currency)

    @staticmethod
    def resolve_prior_price(root: models.ProductVariantChannelListing, _info: Info) -> Any:
        return _money(root.prior_price_minor, root.currency)
