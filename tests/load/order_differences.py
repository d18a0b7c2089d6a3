"""Saleor's orders beside ours: which of them are not the same here."""

from typing import Any

from marketplace.orders.models import Order, VendorOrderState
from marketplace.payments.models import Payment
from marketplace.saleor import ids
from tests.load.world import ask
from vendors.scoping import Crossing


def compare_orders(orders: list[dict[str, Any]]) -> None:
    """Say which of Saleor's orders are not the same here."""
    wrong = [problem for order in orders for problem in _differences(order)]
    print(f"  orders right after one sweep: {len(orders) - len({w[0] for w in wrong})}")
    for number, problem in wrong:
        print(f"    {number}: {problem}")


def orders_at_saleor(since: Any) -> list[dict[str, Any]]:
    found = ask(
        """query($since: DateTime!) { orders(first: 100, where: {createdAt: {gte: $since}}) {
          edges { node { id number status chargeStatus
            total { gross { fractionalAmount } } totalRefunded { fractionalAmount }
            shippingPrice { gross { fractionalAmount } }
            lines { quantity quantityFulfilled totalPrice { gross { fractionalAmount } } }
          } } } }""",
        since=since.isoformat(),
    )
    return [edge["node"] for edge in found["orders"]["edges"]]


def our_orders(orders: list[dict[str, Any]]) -> dict[str, Order]:
    known = ids.our_ids(ids.ORDER, [order["id"] for order in orders])
    rows = Order.objects.in_bulk(list(known.values()))
    return {gid: rows[key] for gid, key in known.items() if key in rows}


def _differences(order: dict[str, Any]) -> list[tuple[str, str]]:
    """What of an order differs between Saleor and us."""
    ours = our_orders([order]).get(order["id"])
    if ours is None:
        return [(order["number"], "is not here")]
    parts = list(ours.vendor_orders.crossing(Crossing.OPERATOR_COMMAND).prefetch_related("lines"))
    lines = [line for part in parts for line in part.lines.all()]
    shown = order["status"]
    state = {"CANCELED": VendorOrderState.CANCELLED, "FULFILLED": VendorOrderState.SHIPPED}
    pairs: dict[str, tuple[Any, Any]] = {
        "total": (order["total"]["gross"]["fractionalAmount"], ours.total_minor),
        "parts": (ours.total_minor, sum(p.goods_minor + p.shipping_minor for p in parts)),
        "delivery": (
            order["shippingPrice"]["gross"]["fractionalAmount"],
            sum(part.shipping_minor for part in parts),
        ),
        "units": (sum(x["quantity"] for x in order["lines"]), sum(x.quantity for x in lines)),
        "sent": (
            sum(x["quantityFulfilled"] for x in order["lines"]),
            sum(x.quantity_shipped for x in lines),
        ),
        "refunded": (
            order["totalRefunded"]["fractionalAmount"],
            sum(p.refunded_minor for p in Payment.objects.filter(order_id=ours.pk)),
        ),
        "state": (
            {state[shown]} if shown in state else {VendorOrderState.PLACED},
            {VendorOrderState(part.state) for part in parts},
        ),
    }
    return [
        (order["number"], f"{what}: {theirs} at Saleor, {mine} here")
        for what, (theirs, mine) in pairs.items()
        if theirs != mine
    ]
