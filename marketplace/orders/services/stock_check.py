"""Orders beyond stock: the engine can sell the last piece twice when two buyers race.

Reservations keep buyers apart, but an engine without them (or one that lost them) must be noticed
before the second parcel is missing.
"""

from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.orders.models import VendorOrder, VendorOrderLine, VendorOrderState
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from vendors.scoping import Crossing

_OPEN = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED, VendorOrderState.PART_SHIPPED)
RECENT = timedelta(days=2)
BY = Actor.system("stock check")


def mark_short_orders() -> int:
    """Mark vendor orders beyond the stock; returns how many are new.

    Looks at what was ordered in the last two days. Of the open orders for a variant the earlier
    ones are served first; those beyond the stock are short. A mark goes when the
    stock is enough again. Raises EngineUnavailable.
    """
    short: dict[UUID, set[UUID]] = {}
    looked_at: set[UUID] = set()
    for listing_id, lines in _open_lines().items():
        looked_at.update(line.vendor_order_id for line in lines)
        on_hand = _on_hand(listing_id)
        for vendor_order_id in _beyond(lines, on_hand):
            short.setdefault(vendor_order_id, set()).add(listing_id)
    return _mark(looked_at, short)


def _open_lines() -> dict[UUID, list[VendorOrderLine]]:
    rows = VendorOrderLine.objects.crossing(Crossing.SCHEDULED_JOB)
    touched = rows.filter(
        vendor_order__state__in=_OPEN, vendor_order__placed_at__gt=timezone.now() - RECENT
    ).values("listing_id")
    found: dict[UUID, list[VendorOrderLine]] = {}
    lines = rows.filter(vendor_order__state__in=_OPEN, listing_id__in=touched)
    for line in lines.order_by("vendor_order__placed_at", "vendor_order_id", "position"):
        found.setdefault(line.listing_id, []).append(line)
    return found


def _on_hand(listing_id: UUID) -> dict[UUID, int]:
    """The quantity in all warehouses by our variant id, with what is sold and not shipped."""
    gid = ids.find_global_id(ids.PRODUCT, listing_id)
    product = app_client().product_by_id(gid).product if gid else None
    edges = product.product_variants.edges if product and product.product_variants else []
    known = ids.our_ids(ids.VARIANT, [edge.node.id for edge in edges])
    return {
        known[edge.node.id]: sum(stock.quantity for stock in edge.node.stocks or ())
        for edge in edges
        if edge.node.id in known
    }


def _beyond(lines: Iterable[VendorOrderLine], on_hand: dict[UUID, int]) -> set[UUID]:
    left = dict(on_hand)
    found = set()
    for line in lines:
        if line.variant_id not in left:
            continue
        left[line.variant_id] -= line.quantity_left
        if line.quantity_left and left[line.variant_id] < 0:
            found.add(line.vendor_order_id)
    return found


def _mark(looked_at: set[UUID], short: dict[UUID, set[UUID]]) -> int:
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB)
    with transaction.atomic():
        enough = rows.filter(pk__in=looked_at - set(short), short_at__isnull=False)
        enough.update(short_at=None)
        new = list(rows.select_for_update().filter(pk__in=short, short_at__isnull=True))
        for vendor_order in new:
            vendor_order.short_at = timezone.now()
            vendor_order.save(update_fields=["short_at"])
            listings = sorted(str(listing_id) for listing_id in short[vendor_order.pk])
            audit.record("vendor_order.beyond_stock", vendor_order, by=BY, listings=listings)
    return len(new)
