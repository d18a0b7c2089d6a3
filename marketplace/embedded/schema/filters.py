"""Filter inputs that several domains share, and their translation to the ORM."""

from typing import Any

import graphene
from django.db.models import Q

from marketplace.embedded.ids import from_global_id
from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.scalars import DecimalScalar


class StringFilterInput(graphene.InputObjectType):
    """One text, or one of several."""

    eq = graphene.String()
    one_of = list_of(graphene.String)


class GlobalIDFilterInput(graphene.InputObjectType):
    """One id, or one of several."""

    eq = graphene.ID()
    one_of = list_of(graphene.ID)


class ContainsFilterInput(graphene.InputObjectType):
    """Any, or all, of several texts."""

    contains_any = list_of(graphene.String)
    contains_all = list_of(graphene.String)


class DateTimeRangeInput(graphene.InputObjectType):
    """A range of instants, both ends included."""

    gte = graphene.DateTime()
    lte = graphene.DateTime()


class DateTimeFilterInput(graphene.InputObjectType):
    """One instant, one of several, or a range."""

    eq = graphene.DateTime()
    one_of = list_of(graphene.DateTime)
    range = graphene.InputField(DateTimeRangeInput)


class DecimalRangeInput(graphene.InputObjectType):
    """A range of numbers, both ends included."""

    gte = DecimalScalar()
    lte = DecimalScalar()


class DecimalFilterInput(graphene.InputObjectType):
    """One number, one of several, or a range."""

    eq = DecimalScalar()
    one_of = list_of(DecimalScalar)
    range = graphene.InputField(DecimalRangeInput)


class IntRangeInput(graphene.InputObjectType):
    """A range of integers, both ends included."""

    gte = graphene.Int()
    lte = graphene.Int()


class PriceRangeInput(graphene.InputObjectType):
    """A range of prices in major units, both ends included."""

    gte = graphene.Float()
    lte = graphene.Float()


class MetadataFilter(graphene.InputObjectType):
    """A metadata key, and its value when one is given."""

    key = graphene.String(required=True)
    value = graphene.String()


def by_text(path: str, value: dict[str, Any] | None) -> Q:
    """Translate a StringFilterInput, DateTimeFilterInput or DecimalFilterInput on `path`."""
    condition = Q()
    if not value:
        return condition
    if value.get("eq") is not None:
        condition &= Q(**{path: value["eq"]})
    if value.get("one_of"):
        condition &= Q(**{f"{path}__in": value["one_of"]})
    return condition & by_range(path, value.get("range"))


def by_range(path: str, value: dict[str, Any] | None) -> Q:
    """Translate a range input on `path`."""
    condition = Q()
    for bound in ("gte", "lte"):
        if value and value.get(bound) is not None:
            condition &= Q(**{f"{path}__{bound}": value[bound]})
    return condition


def by_ids(path: str, type_name: str, global_ids: list[str] | None) -> Q:
    """Keep rows whose `path` is one of the global ids of `type_name`."""
    decoded = [from_global_id(each) for each in global_ids or []]
    found = [each.pk for each in decoded if each and each.type_name == type_name]
    return Q(**{f"{path}__in": found})


def by_global_id(path: str, type_name: str, value: dict[str, Any] | None) -> Q:
    """Translate a GlobalIDFilterInput on `path`."""
    if not value:
        return Q()
    wanted = [value["eq"]] if value.get("eq") else value.get("one_of") or []
    return by_ids(path, type_name, wanted)


def by_metadata(filters: list[dict[str, Any]] | None) -> Q:
    """Translate a list of MetadataFilter."""
    condition = Q()
    for each in filters or []:
        if each.get("value") is not None:
            condition &= Q(metadata__contains={each["key"]: each["value"]})
        else:
            condition &= Q(metadata__has_key=each["key"])
    return condition
