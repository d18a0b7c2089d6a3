"""Lines of a checkout as the API shows them."""

from typing import Any

import graphene

from marketplace.embedded import models
from marketplace.embedded.channel_scope import in_channel
from marketplace.embedded.models.base import related_one
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.money import TaxedMoney as TaxedMoneyValue
from marketplace.embedded.pricing import unit_of
from marketplace.embedded.schema.base import Info, ModelType, Node, ObjectWithMetadata
from marketplace.embedded.schema.checkouts.prices import priced_line
from marketplace.embedded.schema.money import Money, TaxedMoney, taxed
from marketplace.embedded.schema.references import type_of


class CheckoutLine(ModelType):
    """A variant in a checkout."""

    class Meta:
        model = models.CheckoutLine
        interfaces = (Node, ObjectWithMetadata)

    variant = graphene.Field(type_of(models.ProductVariant), required=True)
    quantity = graphene.Int(required=True)
    unit_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_unit_price = graphene.Field(Money, required=True)
    total_price = graphene.Field(TaxedMoney, required=True)
    undiscounted_total_price = graphene.Field(Money, required=True)
    requires_shipping = graphene.Boolean(required=True)
    is_gift = graphene.Boolean()

    @staticmethod
    def resolve_variant(root: models.CheckoutLine, _info: Info) -> Any:
        channel = related_one(related_one(root, "checkout"), "channel")
        return in_channel(related_one(root, "variant"), channel.slug)

    @staticmethod
    def resolve_unit_price(root: models.CheckoutLine, info: Info) -> TaxedMoneyValue:
        line = priced_line(root, info)
        return taxed(
            unit_of(line.total_net_minor, line.quantity),
            unit_of(line.total_gross_minor, line.quantity),
            related_one(root, "checkout").currency,
        )

    @staticmethod
    def resolve_total_price(root: models.CheckoutLine, info: Info) -> TaxedMoneyValue:
        line = priced_line(root, info)
        currency = related_one(root, "checkout").currency
        return taxed(line.total_net_minor, line.total_gross_minor, currency)

    @staticmethod
    def resolve_undiscounted_unit_price(root: models.CheckoutLine, info: Info) -> MoneyValue:
        line = priced_line(root, info)
        return MoneyValue(line.undiscounted_unit_minor, related_one(root, "checkout").currency)

    @staticmethod
    def resolve_undiscounted_total_price(root: models.CheckoutLine, info: Info) -> MoneyValue:
        line = priced_line(root, info)
        total = line.undiscounted_unit_minor * line.quantity
        return MoneyValue(total, related_one(root, "checkout").currency)

    @staticmethod
    def resolve_requires_shipping(root: models.CheckoutLine, _info: Info) -> bool:
        product = related_one(related_one(root, "variant"), "product")
        return bool(related_one(product, "product_type").is_shipping_required)

    @staticmethod
    def resolve_is_gift(_root: models.CheckoutLine, _info: Info) -> bool:
        return False
