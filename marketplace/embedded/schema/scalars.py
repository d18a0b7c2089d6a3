"""Scalars of the API, by Saleor's names."""

import json
from decimal import Decimal, InvalidOperation
from typing import Any

import graphene
from graphql import GraphQLError, StringValueNode, ValueNode
from graphql.language import ast

from marketplace.embedded.weights import WeightWithUnit


def _plain(node: ValueNode) -> Any:
    """Turn a literal in the query into a Python value."""
    if isinstance(node, ast.ObjectValueNode):
        return {item.name.value: _plain(item.value) for item in node.fields}
    if isinstance(node, ast.ListValueNode):
        return [_plain(item) for item in node.values]
    if isinstance(node, ast.IntValueNode):
        return int(node.value)
    if isinstance(node, ast.FloatValueNode):
        return float(node.value)
    if isinstance(node, ast.NullValueNode):
        return None
    return getattr(node, "value", None)


class _Anything(graphene.Scalar):
    """Base of the scalars that let any JSON value through."""

    @staticmethod
    def serialize(value: Any) -> Any:
        return value

    @staticmethod
    def parse_value(value: Any) -> Any:
        return value

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> Any:
        return _plain(node)


class JSON(_Anything):
    """Any JSON value."""


class Metadata(_Anything):
    """A flat object of strings."""


class Upload(_Anything):
    """A file of a multipart request."""


class JSONString(_Anything):
    """A JSON value written as a string."""

    @staticmethod
    def serialize(value: Any) -> str:
        return json.dumps(value, ensure_ascii=False)

    @staticmethod
    def parse_value(value: Any) -> Any:
        try:
            return json.loads(value)
        except (TypeError, ValueError) as error:
            raise GraphQLError(f"{value!r} is not a valid JSONString") from error

    @staticmethod
    def parse_literal(node: ValueNode, _variables: Any = None) -> Any:
        if not isinstance(node, StringValueNode):
            raise GraphQLError("A JSONString must be a string.")
        return JSONString.parse_value(node.value)


class _Number(graphene.Scalar):
    """Base of the decimal scalars; they are serialized as floats, as in Saleor."""

    @staticmethod
    def serialize(value: Any) -> float:
        return float(value)

    @classmethod
    def parse_value(cls, value: Any) -> Decimal:
        try:
            number = Decimal(str(value))
        except InvalidOperation as error:
            raise GraphQLError(f"Unsupported value: {value}") from error
        if not number.is_finite():
            raise GraphQLError(f"Unsupported value: {value}")
        return number

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> Decimal:
        return cls.parse_value(getattr(node, "value", None))


class DecimalScalar(_Number):
    """A decimal number."""

    class Meta:
        name = "Decimal"


class PositiveDecimal(_Number):
    """A decimal number of zero or more."""

    @classmethod
    def parse_value(cls, value: Any) -> Decimal:
        number = super().parse_value(value)
        if number < 0:
            raise GraphQLError(f"Value cannot be lower than 0: {value}")
        return number


class WeightScalar(graphene.Scalar):
    """A weight: a number in the shop's unit, or an object of unit (g, kg, …) and value."""

    @staticmethod
    def parse_value(value: Any) -> Decimal | WeightWithUnit:
        if isinstance(value, dict) and value.get("unit"):
            return WeightWithUnit(_Number.parse_value(value.get("value")), str(value["unit"]))
        return _Number.parse_value(value)

    @classmethod
    def parse_literal(cls, node: ValueNode, _variables: Any = None) -> Decimal | WeightWithUnit:
        return cls.parse_value(_plain(node))


class _Integer(graphene.Int):
    """Base of the integers whose name is their unit."""

    class Meta:
        name = "_Integer"


class Day(_Integer):
    """A number of days."""


class Minute(_Integer):
    """A number of minutes."""


class PositiveInt(_Integer):
    """A whole number of zero or more."""
