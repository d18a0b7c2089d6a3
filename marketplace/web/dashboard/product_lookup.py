"""Lookup of marketplace objects by the engine's id, which the Dashboard passes.

Users who may see an order or a product in the engine see what every cooperative sold there, so our
pages show all vendor orders as well: a crossing of its own.
"""

from dataclasses import dataclass

from catalog.models import Listing, ListingRevision, RevisionState
from marketplace.orders.models import Order, VendorOrder, VendorOrderState
from marketplace.payouts.balances.order_payout_status import SalePayoutStatus, payout_status_of_sale
from marketplace.saleor import ids
from vendors.scoping import CooperativeScope, Crossing

OPEN_STATES = (
    VendorOrderState.PLACED,
    VendorOrderState.CONFIRMED,
    VendorOrderState.PART_SHIPPED,
)
# A global id is base64 of a type and a key; anything longer is not one.
LONGEST_ID = 120


@dataclass(frozen=True)
class VendorOrderMoney:
    """A vendor order and its money."""

    vendor_order: VendorOrder
    money: list[SalePayoutStatus]


@dataclass(frozen=True)
class Counts:
    """Numbers of open tasks in the marketplace, over all programmes."""

    open_orders: int
    sold_beyond_stock: int
    waiting_for_review: int


def order_of(global_id: str) -> Order | None:
    """The order with the engine's id; None when it is not (or not yet) one of the marketplace."""
    our_id = ids.our_id(ids.ORDER, global_id) if len(global_id) <= LONGEST_ID else None
    return Order.objects.filter(pk=our_id).first() if our_id else None


def vendor_orders_of(order: Order) -> list[VendorOrderMoney]:
    """The vendor orders of an order by number, with cooperatives, lines, parcels and money."""
    rows = (
        VendorOrder.objects.crossing(Crossing.ENGINE_DASHBOARD)
        .filter(order=order)
        .select_related("cooperative", "programme")
        .prefetch_related("lines", "parcels")
        .order_by("number")
    )
    return [
        VendorOrderMoney(row, payout_status_of_sale(CooperativeScope(row.cooperative_id), row.pk))
        for row in rows
    ]


def listing_of(global_id: str) -> Listing | None:
    """The listing of a product with the engine's id; None when it is no cooperative's."""
    our_id = ids.our_id(ids.PRODUCT, global_id) if len(global_id) <= LONGEST_ID else None
    if our_id is None:
        return None
    rows = Listing.objects.crossing(Crossing.ENGINE_DASHBOARD)
    found: Listing | None = rows.select_related("cooperative__programme").filter(pk=our_id).first()
    return found


def revisions_of(listing: Listing, most: int = 5) -> list[ListingRevision]:
    """The latest revisions of a listing, newest first."""
    rows = ListingRevision.objects.crossing(Crossing.ENGINE_DASHBOARD).filter(listing=listing)
    return list(rows.select_related("submitted_by", "decided_by").order_by("-number")[:most])


def counts() -> Counts:
    """The open tasks, for the marketplace's own page in the Dashboard."""
    orders = VendorOrder.objects.crossing(Crossing.ENGINE_DASHBOARD).filter(state__in=OPEN_STATES)
    revisions = ListingRevision.objects.crossing(Crossing.ENGINE_DASHBOARD)
    return Counts(
        open_orders=orders.count(),
        sold_beyond_stock=orders.filter(short_at__isnull=False).count(),
        waiting_for_review=revisions.filter(state=RevisionState.SUBMITTED).count(),
    )
