"""Vendor orders as their cooperative and their programme see them."""

from typing import Any
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import (
    BigIntegerField,
    Count,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Sum,
)
from django.db.models.functions import Coalesce

from marketplace.core.formats import western_digits
from marketplace.orders.errors import OrderNotFound
from marketplace.orders.models import (
    CarrierFile,
    Order,
    Parcel,
    ParcelState,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from vendors.scoping import ProgrammeScope, Scope

PAGE_SIZE = 25
OPEN_STATES = (
    VendorOrderState.PLACED,
    VendorOrderState.CONFIRMED,
    VendorOrderState.PART_SHIPPED,
)


def vendor_orders(
    scope: Scope, *, state: str = "", text: str = "", page: int | str = 1
) -> Page[VendorOrder]:
    """Vendor orders of a scope, latest first, 25 a page; filtered as in ``vendor_order_rows``."""
    rows = vendor_order_rows(scope, state=state, text=text)
    return Paginator(rows.order_by("-placed_at", "number"), PAGE_SIZE).get_page(page)


def vendor_order_rows(scope: Scope, *, state: str = "", text: str = "") -> QuerySet[VendorOrder]:
    """Vendor orders of a scope with their lines, without order or pages.

    ``state`` is one of VendorOrderState, ``open`` for all that still have something to send, or
    ``short`` for those of them that were sold beyond stock;
    ``text`` finds an order number or a tracking number.
    """
    rows = _rows(scope)
    if state == "short":
        rows = exceeding_stock(rows)
    elif state == "open":
        rows = still_open(rows)
    elif state:
        rows = rows.filter(state=state)
    if text := western_digits(text).strip():
        rows = rows.filter(
            Q(number__icontains=text) | Q(parcels__tracking_number__iexact=text)
        ).distinct()
    return rows


def listed_vendor_orders(scope: Scope) -> QuerySet[VendorOrder]:
    """All vendor orders of a scope with their order and cooperative, for a list."""
    rows: QuerySet[VendorOrder] = VendorOrder.objects.within(scope)
    return rows.select_related("order", "cooperative")


def undelivered_minor(scope: Scope) -> Coalesce:
    """Of each vendor order of a list the price of what its cooperative cannot deliver."""
    lines = VendorOrderLine.objects.within(scope)
    of_order = lines.filter(vendor_order_id=OuterRef("pk"), quantity_refused__gt=0)
    kept = F("total_minor") * (F("quantity") - F("quantity_refused")) / F("quantity")
    sums = of_order.order_by().values("vendor_order_id").annotate(n=Sum(F("total_minor") - kept))
    return Coalesce(Subquery(sums.values("n")), 0, output_field=BigIntegerField())


def still_open(rows: QuerySet[VendorOrder]) -> QuerySet[VendorOrder]:
    """Those that still have something to send."""
    return rows.filter(state__in=OPEN_STATES)


def exceeding_stock(rows: QuerySet[VendorOrder]) -> QuerySet[VendorOrder]:
    """Those with something to send that were sold beyond stock."""
    return still_open(rows).filter(short_at__isnull=False)


def orders_tracked_by(scope: Scope, number: str) -> QuerySet[Any]:
    """The ids of vendor orders with a parcel of a tracking number, in either case."""
    rows: QuerySet[Any] = Parcel.objects.within(scope)
    return rows.filter(tracking_number__iexact=number).values("vendor_order_id")


def vendor_order(scope: Scope, vendor_order_id: UUID) -> VendorOrder:
    """A vendor order with its lines, parcels and evidence; raises OrderNotFound outside a scope."""
    rows = _rows(scope).prefetch_related("parcels__lines__line", "parcels__evidence", "returns")
    rows = rows.prefetch_related("refusals__lines__line", "refusals__lines__substitute")
    found = rows.filter(pk=vendor_order_id).first()
    if found is None:
        raise OrderNotFound
    return found


def holds_all_parts(scope: Scope, order: Order) -> bool:
    """Whether every part of a buyer's order is within a scope; in some regions only some are."""
    within = VendorOrder.objects.within(scope).filter(order=order)
    return within.count() == order.vendor_orders.count()


def counts_by_state(scope: Scope) -> dict[str, int]:
    """How many vendor orders of a scope are in each state; ``open`` and ``short`` as above."""
    rows = VendorOrder.objects.within(scope).values("state").annotate(n=Count("pk"))
    counts = {row["state"]: row["n"] for row in rows}
    short = VendorOrder.objects.within(scope).filter(state__in=OPEN_STATES, short_at__isnull=False)
    counts["short"] = short.count()
    counts["open"] = sum(counts.get(state, 0) for state in OPEN_STATES)
    return counts


def parcel(scope: Scope, parcel_id: UUID) -> Parcel:
    """A parcel with its vendor order and lines; raises OrderNotFound outside a scope."""
    rows = Parcel.objects.within(scope).select_related(
        "vendor_order__order", "vendor_order__cooperative"
    )
    rows = rows.prefetch_related("lines__line", "evidence")
    found: Parcel | None = rows.filter(pk=parcel_id).first()
    if found is None:
        raise OrderNotFound
    return found


def parcels_on_their_way(scope: Scope) -> QuerySet[Parcel]:
    """The parcels of a scope that have left and not arrived, for a list."""
    rows: QuerySet[Parcel] = Parcel.objects.within(scope).filter(state=ParcelState.SHIPPED)
    return rows.select_related("vendor_order__order", "vendor_order__cooperative")


def reported_missing(rows: QuerySet[Parcel]) -> QuerySet[Parcel]:
    """Those of which the buyer says that nothing arrived."""
    return rows.filter(missed_at__isnull=False)


def carrier_files(scope: ProgrammeScope) -> QuerySet[CarrierFile]:
    """The carrier's files that a programme has read, for a list."""
    return CarrierFile.objects.filter(programme_id=scope.programme_id)


def carrier_file(scope: ProgrammeScope, file_id: UUID) -> CarrierFile:
    """A carrier's file with its report; raises OrderNotFound outside the programme."""
    found = CarrierFile.objects.filter(programme_id=scope.programme_id, pk=file_id).first()
    if found is None:
        raise OrderNotFound
    return found


def _rows(scope: Scope) -> QuerySet[VendorOrder]:
    rows: QuerySet[VendorOrder] = VendorOrder.objects.within(scope)
    rows = rows.select_related("order", "cooperative", "collection__offer")
    return rows.prefetch_related("lines", "parcels")
