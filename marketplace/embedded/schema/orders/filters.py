"""Filtering and sorting orders."""

from typing import Any

import graphene
from django.db.models import Exists, OuterRef, Q, QuerySet

from marketplace.embedded import models
from marketplace.embedded.schema.base import list_of
from marketplace.embedded.schema.enums import OrderDirection, string_enum
from marketplace.embedded.schema.filters import (
    DateTimeRangeInput,
    GlobalIDFilterInput,
    IntRangeInput,
    StringFilterInput,
    by_global_id,
    by_ids,
    by_range,
    by_text,
)
from marketplace.embedded.schema.orders.fulfillment import FulfillmentStatus
from marketplace.embedded.schema.orders.order import OrderStatus
from marketplace.embedded.schema.orders.order_amounts import (
    OrderAuthorizeStatusEnum,
    OrderChargeStatusEnum,
)

OrderSortField = string_enum(
    "OrderSortField",
    *("NUMBER", "RANK", "CREATION_DATE", "CREATED_AT", "LAST_MODIFIED_AT", "CUSTOMER", "STATUS"),
)
SORTED_BY = {
    "NUMBER": "number",
    "RANK": "number",
    "CREATION_DATE": "created_at",
    "CREATED_AT": "created_at",
    "LAST_MODIFIED_AT": "updated_at",
    "CUSTOMER": "user_email",
    "STATUS": "status",
}


class OrderSortingInput(graphene.InputObjectType):
    """The field to sort by, and the direction."""

    direction = OrderDirection(required=True)
    field = OrderSortField(required=True)


class MetadataValueFilterInput(graphene.InputObjectType):
    """One value, or one of several."""

    eq = graphene.String()
    one_of = list_of(graphene.String)


class MetadataFilterInput(graphene.InputObjectType):
    """A metadata key, and its value when one is given."""

    key = graphene.String(required=True)
    value = graphene.InputField(MetadataValueFilterInput)


class IntFilterInput(graphene.InputObjectType):
    """One number, one of several, or a range."""

    eq = graphene.Int()
    one_of = list_of(graphene.Int)
    range = graphene.InputField(IntRangeInput)


class UUIDFilterInput(graphene.InputObjectType):
    """One UUID, or one of several."""

    eq = graphene.UUID()
    one_of = list_of(graphene.UUID)


class OrderStatusEnumFilterInput(graphene.InputObjectType):
    """One status, or one of several."""

    eq = OrderStatus()
    one_of = list_of(OrderStatus)


class OrderChargeStatusEnumFilterInput(graphene.InputObjectType):
    """One status, or one of several."""

    eq = OrderChargeStatusEnum()
    one_of = list_of(OrderChargeStatusEnum)


class OrderAuthorizeStatusEnumFilterInput(graphene.InputObjectType):
    """One status, or one of several."""

    eq = OrderAuthorizeStatusEnum()
    one_of = list_of(OrderAuthorizeStatusEnum)


class FulfillmentStatusEnumFilterInput(graphene.InputObjectType):
    """One status, or one of several."""

    eq = FulfillmentStatus()
    one_of = list_of(FulfillmentStatus)


class FulfillmentWarehouseFilterInput(graphene.InputObjectType):
    """The warehouse that a fulfilment was sent from."""

    id = graphene.InputField(GlobalIDFilterInput)
    slug = graphene.InputField(StringFilterInput)
    external_reference = graphene.InputField(StringFilterInput)


class FulfillmentFilterInput(graphene.InputObjectType):
    """One fulfilment of an order."""

    status = graphene.InputField(FulfillmentStatusEnumFilterInput)
    metadata = graphene.InputField(MetadataFilterInput)
    warehouse = graphene.InputField(FulfillmentWarehouseFilterInput)


class OrderWhereInput(graphene.InputObjectType):
    """Conditions that all hold."""

    metadata = graphene.InputField(MetadataFilterInput)
    ids = list_of(graphene.ID)
    number = graphene.InputField(IntFilterInput)
    channel_id = graphene.InputField(GlobalIDFilterInput)
    created_at = graphene.InputField(DateTimeRangeInput)
    updated_at = graphene.InputField(DateTimeRangeInput)
    user = graphene.InputField(GlobalIDFilterInput)
    user_email = graphene.InputField(StringFilterInput)
    authorize_status = graphene.InputField(OrderAuthorizeStatusEnumFilterInput)
    charge_status = graphene.InputField(OrderChargeStatusEnumFilterInput)
    status = graphene.InputField(OrderStatusEnumFilterInput)
    checkout_token = graphene.InputField(UUIDFilterInput)
    checkout_id = graphene.InputField(GlobalIDFilterInput)
    has_invoices = graphene.Boolean()
    has_fulfillments = graphene.Boolean()
    fulfillments = list_of(FulfillmentFilterInput)
    AND = list_of(lambda: OrderWhereInput, name="AND")
    OR = list_of(lambda: OrderWhereInput, name="OR")


def filter_orders(
    rows: QuerySet[models.Order], conditions: dict[str, Any] | None
) -> QuerySet[models.Order]:
    """Keep the orders that satisfy an OrderWhereInput."""
    return rows.filter(_condition(conditions)) if conditions else rows


def _condition(given: dict[str, Any]) -> Q:
    condition = Q()
    if given.get("ids") is not None:
        condition &= by_ids("pk", "Order", given["ids"])
    for name in ("number", "user_email", "authorize_status", "charge_status", "status"):
        condition &= by_text(name, given.get(name))
    for name in ("created_at", "updated_at"):
        condition &= by_range(name, given.get(name))
    condition &= by_text("checkout_token", given.get("checkout_token"))
    condition &= by_global_id("checkout_token", "Checkout", given.get("checkout_id"))
    condition &= by_global_id("channel_id", "Channel", given.get("channel_id"))
    condition &= by_global_id("user_id", "User", given.get("user"))
    condition &= _metadata("metadata", given.get("metadata"))
    for name, relation in (("has_invoices", "invoices"), ("has_fulfillments", "fulfillments")):
        if given.get(name) is not None:
            condition &= Q(**{f"{relation}__isnull": not given[name]})
    for each in given.get("fulfillments") or []:
        condition &= Q(Exists(_fulfillments(each)))
    for each in given.get("AND") or []:
        condition &= _condition(each)
    if given.get("OR"):
        either = Q()
        for each in given["OR"]:
            either |= _condition(each)
        condition &= either
    return condition


def _fulfillments(given: dict[str, Any]) -> QuerySet[models.Fulfillment]:
    place = given.get("warehouse") or {}
    path = "lines__stock__warehouse"
    return models.Fulfillment.objects.filter(
        by_text("status", given.get("status")),
        _metadata("metadata", given.get("metadata")),
        by_global_id(path, "Warehouse", place.get("id")),
        by_text(f"{path}__slug", place.get("slug")),
        by_text(f"{path}__external_reference", place.get("external_reference")),
        order=OuterRef("pk"),
    )


def _metadata(path: str, given: dict[str, Any] | None) -> Q:
    if not given:
        return Q()
    value = given.get("value") or {}
    key = given["key"]
    if value.get("eq") is not None:
        return Q(**{f"{path}__contains": {key: value["eq"]}})
    if value.get("one_of"):
        either = Q()
        for each in value["one_of"]:
            either |= Q(**{f"{path}__contains": {key: each}})
        return either
    return Q(**{f"{path}__has_key": key})


def sorting_of(sorting: dict[str, Any] | None) -> list[tuple[str, bool]]:
    """Translate a sorting input for `paginate`; the newest first without one."""
    if not sorting:
        return [("number", True)]
    return [(SORTED_BY[sorting["field"].value], sorting["direction"].value == "DESC")]
