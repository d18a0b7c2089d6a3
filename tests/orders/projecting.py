"""Orders as the engine has them, and our projection of one forgotten."""

from marketplace.orders.models import (
    Order,
    Parcel,
    VendorOrder,
)
from marketplace.orders.services.fetching import fetched
from marketplace.saleor import ids
from marketplace.saleor.client import OrderParts
from vendors.scoping import Crossing


def engine_order(order: Order) -> OrderParts:
    return fetched(ids.global_id(ids.ORDER, order.pk))


def forget(order: Order) -> None:
    for parcel in Parcel.objects.crossing(Crossing.POLICY):
        parcel.lines.all().delete()
        parcel.delete()
    VendorOrder.objects.crossing(Crossing.POLICY).filter(order=order).delete()
    Order.objects.filter(pk=order.pk).delete()
