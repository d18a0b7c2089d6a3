"""Money in the API: floats in its answers, minor units in the engine."""

import graphene

from marketplace.embedded.money import Money as MoneyValue
from marketplace.embedded.money import TaxedMoney as TaxedMoneyValue
from marketplace.embedded.money import exponent
from marketplace.embedded.schema.base import Info
from marketplace.embedded.schema.enums import WeightUnitsEnum
from marketplace.embedded.schema.scalars import PositiveDecimal


class Money(graphene.ObjectType):
    """An amount with its currency."""

    currency = graphene.String(required=True)
    amount = graphene.Float(required=True)
    fractional_amount = graphene.Int(required=True)
    fraction_digits = graphene.Int(required=True)

    @staticmethod
    def resolve_amount(root: MoneyValue, _info: Info) -> float:
        return float(root.decimal)

    @staticmethod
    def resolve_fractional_amount(root: MoneyValue, _info: Info) -> int:
        return root.minor

    @staticmethod
    def resolve_fraction_digits(root: MoneyValue, _info: Info) -> int:
        return exponent(root.currency)


class TaxedMoney(graphene.ObjectType):
    """A price with and without tax."""

    currency = graphene.String(required=True)
    gross = graphene.Field(Money, required=True)
    net = graphene.Field(Money, required=True)
    tax = graphene.Field(Money, required=True)

    @staticmethod
    def resolve_currency(root: TaxedMoneyValue, _info: Info) -> str:
        return root.currency


class MoneyInput(graphene.InputObjectType):
    """An amount with its currency."""

    currency = graphene.String(required=True)
    amount = PositiveDecimal(required=True)


class Weight(graphene.ObjectType):
    """A weight with its unit."""

    unit = WeightUnitsEnum(required=True)
    value = graphene.Float(required=True)


def taxed(net_minor: int, gross_minor: int, currency: str) -> TaxedMoneyValue:
    """Return a taxed amount from minor units."""
    return TaxedMoneyValue(MoneyValue(net_minor, currency), MoneyValue(gross_minor, currency))
