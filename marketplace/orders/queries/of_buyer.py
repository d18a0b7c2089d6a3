"""Orders of a buyer, by what was proven."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator

from marketplace.orders.buyer_proofs import Proof, orders_by
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import Order, VendorOrder, VendorOrderLine
from vendors.queries import profiles_by_id
from vendors.scoping import Crossing

PAGE_SIZE = 20


@dataclass(frozen=True)
class BoughtOrder:
    """An order in a buyer's list, with the names of the cooperatives it was bought from."""

    order: Order
    cooperatives: list[str]


def orders_of_buyer(proof: Proof, *, language: str, page: int = 1) -> Page[BoughtOrder]:
    """A page of a buyer's orders, newest first; the number is clamped."""
    found = Paginator(orders_by(proof).order_by("-placed_at", "pk"), PAGE_SIZE).get_page(page)
    rows: Any = found
    rows.object_list = _with_cooperatives(list(found.object_list), language)
    shown: Page[BoughtOrder] = rows
    return shown


def order_of_buyer(proof: Proof, order_id: UUID) -> Order:
    """One of a buyer's orders; raises LinkNotValid for any other."""
    found = orders_by(proof).filter(pk=order_id).first()
    if found is None:
        raise LinkNotValid
    return found


def last_order_of_buyer(proof: Proof, countries: Collection[str]) -> Order | None:
    """The newest order with a known address in one of the countries."""
    rows = orders_by(proof).filter(country_code__in=countries).exclude(address_json="")
    return rows.order_by("-placed_at").first()


def lines_to_buy_again(order: Order) -> list[VendorOrderLine]:
    """What was bought, in the order of the parcels."""
    rows = VendorOrderLine.objects.crossing(Crossing.BUYER_ORDER)
    return list(rows.filter(vendor_order__order=order).order_by("vendor_order__number", "position"))


def _with_cooperatives(orders: list[Order], language: str) -> list[BoughtOrder]:
    parts = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).filter(order__in=orders)
    sold: dict[UUID, list[UUID]] = {order.pk: [] for order in orders}
    for order_id, cooperative_id in parts.order_by("number").values_list(
        "order_id", "cooperative_id"
    ):
        sold[order_id].append(cooperative_id)
    names = profiles_by_id({pk for each in sold.values() for pk in each}, language)
    return [
        BoughtOrder(order, [names[pk].name for pk in sold[order.pk] if pk in names])
        for order in orders
    ]
