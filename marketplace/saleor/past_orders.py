"""Objects that Saleor requires of orders placed outside of it: a tax class and a delivery method.

Saleor's ``orderBulkCreate`` refuses an order without them. Both are created by the set-up and never
offered to a buyer: the method is in a zone without countries and has no price in any channel.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from dataclasses import dataclass

from marketplace.saleor import ids, store_plan
from marketplace.saleor.answers import accepted
from marketplace.saleor.changes import Change
from marketplace.saleor.client import (
    ShippingPriceInput,
    ShippingZoneCreateInput,
    TaxClassCreateInput,
)
from marketplace.saleor.client.client import SaleorClient
from marketplace.saleor.client.enums import ShippingMethodTypeEnum
from marketplace.saleor.errors import NotSetUp
from marketplace.saleor.paging import nodes


@dataclass(frozen=True)
class Requisites:
    """The engine's ids as ``orderBulkCreate`` takes them."""

    delivery_method_id: str
    tax_class_id: str


def requisites() -> Requisites:
    """The ids for past orders; raises NotSetUp before the store's set-up was applied."""
    method = _find(ids.SHIPPING_METHOD, store_plan.PAST_METHOD)
    tax_class = _find(ids.TAX_CLASS, store_plan.TAX_CLASS)
    if method is None or tax_class is None:
        raise NotSetUp
    # The engine returns a zone's method as one type, and expects another here.
    key = b64decode(method).decode().partition(":")[2]
    return Requisites(b64encode(f"ShippingMethod:{key}".encode()).decode(), tax_class)


def changes(client: SaleorClient) -> Iterator[Change]:
    """Those of them that the store lacks."""
    for found in nodes(lambda after: client.tax_classes_page(after).tax_classes):
        if found.name == store_plan.TAX_CLASS:
            _link(ids.TAX_CLASS, store_plan.TAX_CLASS, found.id)
            break
    else:
        yield Change(f"tax class {store_plan.TAX_CLASS}", lambda: _make_tax_class(client))
    for zone in nodes(lambda after: client.shipping_zones_page(after).shipping_zones):
        if zone.name == store_plan.PAST_ZONE:
            _link(ids.SHIPPING_ZONE, store_plan.PAST_ZONE, zone.id)
            break
    else:
        yield Change(f"shipping zone {store_plan.PAST_ZONE}", lambda: _make_zone(client))
        return
    for method in zone.shipping_methods or []:
        if method.name == store_plan.PAST_METHOD:
            _link(ids.SHIPPING_METHOD, store_plan.PAST_METHOD, method.id)
            return
    yield Change(f"shipping method {store_plan.PAST_METHOD}", lambda: _make_method(client, zone.id))


def _make_tax_class(client: SaleorClient) -> None:
    wanted = TaxClassCreateInput(name=store_plan.TAX_CLASS)
    made = accepted(client.create_tax_class(wanted).tax_class_create).tax_class
    assert made is not None
    _link(ids.TAX_CLASS, store_plan.TAX_CLASS, made.id)


def _make_zone(client: SaleorClient) -> None:
    wanted = ShippingZoneCreateInput(name=store_plan.PAST_ZONE, countries=[])
    made = accepted(client.create_shipping_zone(wanted).shipping_zone_create).shipping_zone
    assert made is not None
    _link(ids.SHIPPING_ZONE, store_plan.PAST_ZONE, made.id)
    _make_method(client, made.id)


def _make_method(client: SaleorClient, zone_id: str) -> None:
    wanted = ShippingPriceInput(
        name=store_plan.PAST_METHOD, type_=ShippingMethodTypeEnum.PRICE, shipping_zone=zone_id
    )
    made = accepted(client.create_shipping_method(wanted).shipping_price_create).shipping_method
    assert made is not None
    _link(ids.SHIPPING_METHOD, store_plan.PAST_METHOD, made.id)


def _find(kind: str, name: str) -> str | None:
    return ids.find_global_id(kind, ids.of_slug(kind, name))


def _link(kind: str, name: str, global_id: str) -> None:
    ids.link(kind, ids.of_slug(kind, name), global_id)
