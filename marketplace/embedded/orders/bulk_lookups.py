"""What imported orders refer to, loaded for all of them with one query for each kind."""

from collections.abc import Iterable, Iterator, Sequence
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
from marketplace.embedded.orders.bulk_inputs import (
    BuyerData,
    DeliveryData,
    LineData,
    OrderData,
    VariantKeyData,
)

M = TypeVar("M", bound=orm.Model)


def variant_keys_of(data: VariantKeyData) -> list[tuple[str, str]]:
    """Return the identifiers that an input gives for a variant, with their names."""
    given = (
        ("variant_id", data.get("variant_id")),
        ("variant_sku", data.get("variant_sku")),
        ("variant_external_reference", data.get("variant_external_reference")),
    )
    return [(name, value) for name, value in given if value]


@dataclass(slots=True)
class Lookups:
    """The rows that the orders refer to, by the keys that their inputs use."""

    channels: dict[str, Channel] = field(default_factory=dict)
    variants: dict[tuple[str, str], ProductVariant] = field(default_factory=dict)
    warehouses: dict[str, Warehouse] = field(default_factory=dict)
    shipping_methods: dict[str, ShippingMethod] = field(default_factory=dict)
    tax_classes: dict[str, TaxClass] = field(default_factory=dict)
    users: dict[tuple[str, str], User] = field(default_factory=dict)
    apps: dict[str, App] = field(default_factory=dict)
    stocks: dict[tuple[int, Any], Stock] = field(default_factory=dict)
    known_references: set[str] = field(default_factory=set)

    def variant(self, data: VariantKeyData) -> ProductVariant | None:
        """Return the variant that a line's input identifies."""
        keys = variant_keys_of(data)
        return self.variants.get(keys[0]) if keys else None

    def user(self, data: BuyerData) -> User | None:
        """Return the user that an order's input identifies, if there is one."""
        if key := data.get("id"):
            return self.users.get(("id", key))
        if reference := data.get("external_reference"):
            return self.users.get(("external_reference", reference))
        if email := data.get("email"):
            return self.users.get(("email", email.lower()))
        return None


# long: an entry for each kind of row
def load_lookups(orders: Sequence[OrderData]) -> Lookups:
    """Load what the orders' inputs refer to."""
    lines = [line for order in orders for line in order["lines"]]
    deliveries: list[DeliveryData] = [order.get("delivery_method") or {} for order in orders]
    slugs = {order["channel"] for order in orders}
    lookups = Lookups(
        channels={row.slug: row for row in Channel.objects.filter(slug__in=slugs)},
        variants=_variants(lines),
        warehouses=_by_global_id(Warehouse.objects.all(), "Warehouse", _warehouse_ids(orders)),
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
    lookups.stocks = _stocks(lookups)
    return lookups


def _warehouse_ids(orders: Sequence[OrderData]) -> Iterator[str]:
    for order in orders:
        yield from (line["warehouse"] for line in order["lines"])
        for fulfillment in order.get("fulfillments") or []:
            yield from (line["warehouse"] for line in fulfillment.get("lines") or [])


def _stocks(lookups: Lookups) -> dict[tuple[int, Any], Stock]:
    rows = Stock.objects.filter(
        variant__in={variant.pk for variant in lookups.variants.values()},
        warehouse__in=lookups.warehouses.values(),
    )
    return {(stock.variant_id, stock.warehouse_id): stock for stock in rows}


def _references(orders: Sequence[OrderData]) -> set[str]:
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


def _variants(lines: Sequence[LineData]) -> dict[tuple[str, str], ProductVariant]:
    rows = ProductVariant.objects.select_related("product__product_type")
    by_id = _by_global_id(rows.all(), "ProductVariant", (x.get("variant_id") for x in lines))
    found = {("variant_id", key): variant for key, variant in by_id.items()}
    if skus := {sku for line in lines if (sku := line.get("variant_sku"))}:
        for variant in rows.filter(sku__in=skus):
            found["variant_sku", str(variant.sku)] = variant
    references = {key for line in lines if (key := line.get("variant_external_reference"))}
    if references:
        for variant in rows.filter(external_reference__in=references):
            found["variant_external_reference", str(variant.external_reference)] = variant
    return found


def _users(inputs: Sequence[BuyerData]) -> dict[tuple[str, str], User]:
    rows = User.objects.all()
    by_id = _by_global_id(rows, "User", (each.get("id") for each in inputs))
    found = {("id", key): user for key, user in by_id.items()}
    emails = {email.lower() for each in inputs if (email := each.get("email"))}
    found.update({("email", user.email.lower()): user for user in rows.filter(email__in=emails)})
    references = {key for each in inputs if (key := each.get("external_reference"))}
    for user in rows.filter(external_reference__in=references):
        found["external_reference", str(user.external_reference)] = user
    return found
