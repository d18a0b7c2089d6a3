"""Everything that a batch of past orders refers to, found with one query per kind."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.db import models as orm

from marketplace.embedded.ids import from_global_id, valid_pk
from marketplace.embedded.models import (
    App,
    Channel,
    Order,
    ProductVariant,
    ShippingMethod,
    Stock,
    TaxClass,
    User,
    Warehouse,
)

M = TypeVar("M", bound=orm.Model)
VARIANT_KEYS = ("variant_id", "variant_sku", "variant_external_reference")


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a part of an order cannot be taken; `path` leads to it within the order's input."""

    path: str
    code: str
    message: str

    def shown(self) -> dict[str, str]:
        """Return the problem as the API's error type has it."""
        return {"path": self.path, "code": self.code, "message": self.message}


@dataclass(slots=True)
class Lookups:
    """The rows that the batch refers to, by the keys it uses."""

    channels: dict[str, Channel] = field(default_factory=dict)
    variants: dict[tuple[str, str], ProductVariant] = field(default_factory=dict)
    warehouses: dict[str, Warehouse] = field(default_factory=dict)
    shipping_methods: dict[str, ShippingMethod] = field(default_factory=dict)
    tax_classes: dict[str, TaxClass] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    stocks: dict[tuple[int, Any], Stock] = field(default_factory=dict)
    known_references: set[str] = field(default_factory=set)

    def variant(self, data: dict[str, Any]) -> ProductVariant | None:
        """Return the variant that a line's input names."""
        for key in VARIANT_KEYS:
            if data.get(key):
                return self.variants.get((key, data[key]))
        return None

    def user(self, data: dict[str, Any]) -> User | None:
        """Return the user that an order's input names, if there is one."""
        for key in ("id", "external_reference", "email"):
            if data.get(key):
                value = data[key].lower() if key == "email" else data[key]
                return self.users.get((key, value))
        return None


def look_up(orders: Sequence[dict[str, Any]]) -> Lookups:
    """Find what the orders' inputs refer to."""
    lines = [line for order in orders for line in order["lines"]]
    sent = [
        line
        for order in orders
        for fulfillment in order.get("fulfillments") or []
        for line in fulfillment.get("lines") or []
    ]
    deliveries = [order.get("delivery_method") or {} for order in orders]
    found = Lookups(
        channels={
            channel.slug: channel
            for channel in Channel.objects.filter(slug__in={each["channel"] for each in orders})
        },
        variants=_variants(lines),
        warehouses=_by_global_id(
            Warehouse.objects.all(), "Warehouse", (each["warehouse"] for each in [*lines, *sent])
        ),
        shipping_methods=_by_global_id(
            ShippingMethod.objects.all(),
            "ShippingMethod",
            (each.get("shipping_method_id") for each in deliveries),
        ),
        tax_classes=_by_global_id(
            TaxClass.objects.all(),
            "TaxClass",
            (
                *(each.get("shipping_tax_class_id") for each in deliveries),
                *(line.get("tax_class_id") for line in lines),
            ),
        ),
        users=_users([order["user"] for order in orders]),
        apps=_by_global_id(
            App.objects.all(),
            "App",
            (note.get("app_id") for order in orders for note in order.get("notes") or []),
        ),
        known_references=_references(orders),
    )
    variant_ids = {variant.pk for variant in found.variants.values()}
    found.stocks = {
        (stock.variant_id, stock.warehouse_id): stock
        for stock in Stock.objects.filter(
            variant__in=variant_ids, warehouse__in=found.warehouses.values()
        )
    }
    return found


def _references(orders: Sequence[dict[str, Any]]) -> set[str]:
    given = [order["external_reference"] for order in orders if order.get("external_reference")]
    rows = Order.objects.filter(external_reference__in=given)
    return {str(each) for each in rows.values_list("external_reference", flat=True)}


def _by_global_id(
    rows: orm.QuerySet[M], type_name: str, global_ids: Iterable[str | None]
) -> dict[str, M]:
    keys: dict[str, str] = {}
    for global_id in global_ids:
        decoded = from_global_id(global_id) if global_id else None
        if not global_id or decoded is None or decoded.type_name != type_name:
            continue
        if valid_pk(rows.model, decoded.pk):
            keys[global_id] = decoded.pk
    found = {str(row.pk): row for row in rows.filter(pk__in=set(keys.values()))}
    return {global_id: found[key] for global_id, key in keys.items() if key in found}


def _variants(lines: Sequence[dict[str, Any]]) -> dict[tuple[str, str], ProductVariant]:
    rows = ProductVariant.objects.select_related("product__product_type")
    found: dict[tuple[str, str], ProductVariant] = {}
    by_id = _by_global_id(rows.all(), "ProductVariant", (x.get("variant_id") for x in lines))
    found.update({("variant_id", key): variant for key, variant in by_id.items()})
    for key, column in (("variant_sku", "sku"), ("variant_external_reference", None)):
        name = column or "external_reference"
        wanted = {line[key] for line in lines if line.get(key)}
        for variant in rows.filter(**{f"{name}__in": wanted}) if wanted else ():
            found[key, getattr(variant, name)] = variant
    return found


def _users(inputs: Sequence[dict[str, Any]]) -> dict[tuple[str, str], User]:
    rows = User.objects.all()
    by_id = _by_global_id(rows, "User", (each.get("id") for each in inputs))
    found = {("id", key): user for key, user in by_id.items()}
    emails = {each["email"].lower() for each in inputs if each.get("email")}
    found.update({("email", user.email.lower()): user for user in rows.filter(email__in=emails)})
    references = {x["external_reference"] for x in inputs if x.get("external_reference")}
    for user in rows.filter(external_reference__in=references):
        found["external_reference", str(user.external_reference)] = user
    return found
