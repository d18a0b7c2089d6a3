"""What the courier of a cash order collects with each parcel: together exactly what is owed."""

from collections import Counter
from collections.abc import Mapping
from uuid import UUID

from django.db.models import Q

from marketplace.orders.models import Parcel, ParcelState, PaymentMethod, VendorOrder
from marketplace.orders.services.amounts import worth


def to_collect(vendor_order: VendorOrder, quantities: Mapping[UUID, int]) -> int:
    """What a new parcel with these quantities of lines must bring; zero when paid otherwise.

    Minor units of the order's currency. The first parcel brings the price of delivery too, and the
    last one whatever is left, also after a parcel was withdrawn.
    """
    return _share(vendor_order, quantities)


def collected_with(parcel: Parcel) -> int:
    """What a parcel brings, as its slip said when it was made; minor units."""
    if parcel.collect_minor is not None:
        return parcel.collect_minor
    # Made before the amount was kept with the parcel, or imported.
    return _share(parcel.vendor_order, quantities_in(parcel), Q(number__lt=parcel.number))


def quantities_in(parcel: Parcel) -> dict[UUID, int]:
    """How many of each line are in a parcel."""
    return {row.line_id: row.quantity for row in parcel.lines.all()}


def _share(
    vendor_order: VendorOrder, quantities: Mapping[UUID, int], which: Q | None = None
) -> int:
    """What is left for a parcel beside the others, of all or only of ``which``."""
    if vendor_order.order.payment_method != PaymentMethod.CASH:
        return 0
    rows = vendor_order.parcels.filter(which or Q()).exclude(state=ParcelState.WITHDRAWN)
    others = list(rows.prefetch_related("lines"))
    held: Counter[UUID] = Counter()
    for parcel in others:
        held.update(quantities_in(parcel))
    lines = list(vendor_order.lines.all())
    if all(held[line.pk] + quantities.get(line.pk, 0) >= line.quantity_kept for line in lines):
        return vendor_order.kept_total_minor - sum(collected_with(parcel) for parcel in others)
    goods = [worth(line, already=held[line.pk], more=quantities.get(line.pk, 0)) for line in lines]
    return sum(goods) + (0 if others else vendor_order.shipping_minor)
