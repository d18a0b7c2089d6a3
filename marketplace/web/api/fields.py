"""Shapes of all types of the schema; each requires a description."""

from enum import Enum as PythonEnum
from typing import Any

import graphene
from django.db.models import TextChoices
from django.utils.translation import override
from graphql import GraphQLError, IntValueNode, ValueNode

from catalog.markets import MARKETS
from marketplace.core import money
from marketplace.web.api.caller import choice

# JSON's integers are exact up to here.
LARGEST_EXACT = 2**53 - 1


def field(of: Any, description: str, *, required: bool = True, **arguments: Any) -> graphene.Field:
    """One value (required unless said otherwise)."""
    return graphene.Field(of, required=required, description=description, **arguments)


def several(
    of: Any, description: str, *, required: bool = True, **arguments: Any
) -> graphene.Field:
    """A short list without gaps. Long ones are connections."""
    of_many = graphene.List(graphene.NonNull(of))
    return field(of_many, description, required=required, **arguments)


def argument(of: Any, description: str, *, required: bool = False) -> graphene.Argument:
    """An argument; left out unless it is required."""
    return graphene.Argument(of, required=required, description=description)


class MinorUnits(graphene.Scalar):
    """A whole number of a currency's smallest units (centimes, millimes), up to 2⁵³ − 1.

    GraphQL's own Int ends at two thousand million, which a programme's yearly sales pass.
    """

    @staticmethod
    def serialize(value: Any) -> int:
        """The number itself; more than JSON can hold exactly is a fault of ours."""
        number = int(value)
        if abs(number) > LARGEST_EXACT:
            raise GraphQLError("An amount is beyond what JSON holds exactly.")
        return number

    @staticmethod
    def parse_value(value: Any) -> int:
        """A number in the variables."""
        if isinstance(value, bool) or not isinstance(value, int) or abs(value) > LARGEST_EXACT:
            raise GraphQLError("MinorUnits is a whole number.")
        return value

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> int:
        """A number in the document."""
        if not isinstance(node, IntValueNode):
            raise GraphQLError("MinorUnits is a whole number.")
        return MinorUnits.parse_value(int(node.value))


class Money(graphene.ObjectType):
    """An exact amount of money."""

    amount_minor = field(MinorUnits, "The amount in the currency's smallest units.")
    currency = field(graphene.String, "The currency, by its ISO 4217 code.")
    amount = field(
        graphene.String,
        "The amount as a decimal number with a point and the currency's decimals: “95.00”.",
    )

    @staticmethod
    def resolve_amount(root: money.Money, _info: Any) -> str:
        return f"{root.decimal:.{money.exponent(root.currency)}f}"


def _described(meaning: str, values: dict[str, str]) -> Any:
    def describe(member: PythonEnum | None) -> str:
        return meaning if member is None else values[str(member.value)]

    return describe


def enum_of(name: str, meaning: str, choices: type[TextChoices], **more: str) -> Any:
    """An enum of the schema from one of ours, with ``more`` values of its own."""
    with override("en"):
        described = {str(value): str(label) for value, label in choices.choices} | more
    return described_enum(name, meaning, described)


def described_enum(name: str, meaning: str, described: dict[str, str]) -> Any:
    """An enum of the schema from values and what they mean."""
    plain = {str(value): text for value, text in described.items()}
    return _enum(name, meaning, {value.upper(): value for value in plain}, plain)


def _enum(name: str, meaning: str, members: dict[str, str], described: dict[str, str]) -> Any:
    return graphene.Enum(name, list(members.items()), description=_described(meaning, described))


with override("en"):
    _MARKETS = {market.code: f"{market.name}, in {market.currency}" for market in MARKETS}

Market = _enum(
    "Market",
    "A market of the shop: its countries, its currency, its prices.",
    {code.upper(): code for code in _MARKETS},
    _MARKETS,
)
Language = _enum(
    "Language",
    "A language of the shop's texts.",
    {"AR": "ar", "FR": "fr", "EN": "en"},
    {"ar": "Arabic", "fr": "French", "en": "English"},
)

LANGUAGE = argument(
    Language, "The language of texts; without it that of the request (its Accept-Language)."
)
MARKET = argument(Market, "The market whose offers and prices are meant.", required=True)


def language_of(info: Any, language: Any) -> str:
    """The language that an argument names, else the request's."""
    return choice(language) or str(info.context.language)
