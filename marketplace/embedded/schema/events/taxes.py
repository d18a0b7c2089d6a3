"""The event type that a tax App calculates taxes for."""

from typing import Any

import graphene

from marketplace.embedded.checkouts.prices import TaxBase, TaxLine
from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.schema.address import Address
from marketplace.embedded.schema.base import Info, ResolvesByModel, list_of
from marketplace.embedded.schema.channels.channel import Channel
from marketplace.embedded.schema.checkouts.checkout import Checkout
from marketplace.embedded.schema.checkouts.checkout_line import CheckoutLine
from marketplace.embedded.schema.events.event import event_type, subject_of
from marketplace.embedded.schema.money import Money
from marketplace.embedded.schema.orders.order import Order
from marketplace.embedded.schema.orders.order_line import OrderLine


class TaxSourceObject(ResolvesByModel, graphene.Union):
    """What is taxed."""

    class Meta:
        types = (Checkout, Order)


class TaxSourceLine(ResolvesByModel, graphene.Union):
    """The line that is taxed."""

    class Meta:
        types = (CheckoutLine, OrderLine)


class TaxableObjectDiscount(graphene.ObjectType):
    """A discount on everything; this engine has none."""

    name = graphene.String()
    amount = graphene.Field(Money, required=True)


class TaxableObjectLine(graphene.ObjectType):
    """One line to be taxed."""

    source_line = graphene.Field(TaxSourceLine, required=True)
    quantity = graphene.Int(required=True)
    charge_taxes = graphene.Boolean(required=True)
    product_name = graphene.String(required=True)
    variant_name = graphene.String(required=True)
    product_sku = graphene.String()
    unit_price = graphene.Field(Money, required=True)
    total_price = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_source_line(root: TaxLine, _info: Info) -> Any:
        return root.source

    @staticmethod
    def resolve_unit_price(root: TaxLine, _info: Info) -> MoneyValue:
        return MoneyValue(root.unit_minor, root.currency)

    @staticmethod
    def resolve_total_price(root: TaxLine, _info: Info) -> MoneyValue:
        return MoneyValue(root.total_minor, root.currency)


class TaxableObject(graphene.ObjectType):
    """What a tax App calculates taxes for."""

    source_object = graphene.Field(TaxSourceObject, required=True)
    prices_entered_with_tax = graphene.Boolean(required=True)
    currency = graphene.String(required=True)
    shipping_price = graphene.Field(Money, required=True)
    address = graphene.Field(Address)
    discounts = list_of(TaxableObjectDiscount, required=True)
    lines = list_of(TaxableObjectLine, required=True)
    channel = graphene.Field(Channel, required=True)

    @staticmethod
    def resolve_source_object(root: TaxBase, _info: Info) -> Any:
        return root.source

    @staticmethod
    def resolve_shipping_price(root: TaxBase, _info: Info) -> MoneyValue:
        return MoneyValue(root.shipping_minor, root.currency)

    @staticmethod
    def resolve_discounts(_root: TaxBase, _info: Info) -> list[Any]:
        return []


event_type("CalculateTaxes", tax_base=(graphene.Field(TaxableObject, required=True), subject_of))
