"""One order becomes one vendor order for each cooperative."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

from marketplace.core.days import day_of
from marketplace.core.money import Money
from marketplace.orders.models import (
    Collection,
    DiscountBearer,
    Order,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.orders.numbers import vendor_order_number
from marketplace.orders.services.engine_orders.snapshot import (
    LineSnapshot,
    OrderSnapshot,
    ParcelQuote,
)
from marketplace.orders.services.note_collection import note_collection
from marketplace.orders.vouchers import bearers_of
from vendors.models import Cooperative
from vendors.scoping import Crossing


def make_vendor_orders(order: Order, snapshot: OrderSnapshot) -> list[VendorOrder]:
    """The vendor orders of a new order with their lines, in the order of the lines."""
    made = draft_vendor_orders([(order, snapshot)])[order.pk]
    save_vendor_orders(made)
    return made


def draft_vendor_orders(
    wanted: Sequence[tuple[Order, OrderSnapshot]],
) -> dict[UUID, list[VendorOrder]]:
    """The vendor orders of many new orders, by order, not saved yet; their lines are with them."""
    cooperative_ids = {line.cooperative_id for _, snapshot in wanted for line in snapshot.lines}
    rows = Cooperative.objects.crossing(Crossing.ENGINE_PROJECTION).filter(pk__in=cooperative_ids)
    cooperatives = {row.pk: row for row in rows.select_related("programme")}
    bearers = bearers_of({order.voucher_code for order, _ in wanted if order.voucher_code})
    return {
        order.pk: _drafts(order, snapshot, cooperatives, bearers.get(order.voucher_code, ""))
        for order, snapshot in wanted
    }


def save_vendor_orders(drafts: Sequence[VendorOrder]) -> None:
    """Add drafts, their lines, and how those that are not sent are collected."""
    VendorOrder.objects.create_all(drafts)
    # Asks no database for the rows that are not there yet.
    noted = (draft._state.fields_cache.get("collection") for draft in drafts)  # noqa: SLF001
    if to_collect := [collection for collection in noted if collection is not None]:
        Collection.objects.create_all(to_collect)
    VendorOrderLine.objects.create_all([line for draft in drafts for line in draft.lines.all()])


def _drafts(
    order: Order, snapshot: OrderSnapshot, cooperatives: dict[UUID, Cooperative], bearer: str
) -> list[VendorOrder]:
    by_cooperative: dict[UUID, list[LineSnapshot]] = {}
    for line in snapshot.lines:
        by_cooperative.setdefault(line.cooperative_id, []).append(line)
    shipping = split_shipping(order, by_cooperative, snapshot.parcel_quotes)
    made = []
    for position, (cooperative_id, lines) in enumerate(by_cooperative.items(), start=1):
        vendor_order = _vendor_order(
            order,
            cooperatives[cooperative_id],
            lines,
            shipping[cooperative_id],
            snapshot.parcel_quotes.get(cooperative_id),
            position,
        )
        _note_discount(vendor_order, lines, bearer)
        note_collection(vendor_order, snapshot.parcel_quotes.get(cooperative_id))
        # Its lines are read from here, without a query.
        loaded = vendor_order.lines.all()
        loaded._result_cache = [_line(vendor_order, x, place) for place, x in enumerate(lines)]  # noqa: SLF001
        vars(vendor_order)["_prefetched_objects_cache"] = {"lines": loaded}
        made.append(vendor_order)
    return made


def split_shipping(
    order: Order, by_cooperative: dict[UUID, list[LineSnapshot]], quotes: dict[UUID, ParcelQuote]
) -> dict[UUID, int]:
    """Delivery for each cooperative, as quoted; by the lines' totals when the sums disagree.

    Minor units; they always sum to ``order.shipping_minor``.
    """
    quoted = [quotes[key].amount_minor if key in quotes else 0 for key in by_cooperative]
    if sum(quoted) == order.shipping_minor:
        return dict(zip(by_cooperative, quoted, strict=True))
    totals = [sum(line.total_minor for line in lines) or 1 for lines in by_cooperative.values()]
    weights = quoted if sum(quoted) else totals
    amounts = Money(order.shipping_minor, order.currency).allocate(weights)
    return {key: amount.amount_minor for key, amount in zip(by_cooperative, amounts, strict=True)}


def _vendor_order(
    order: Order,
    cooperative: Cooperative,
    lines: list[LineSnapshot],
    shipping_minor: int,
    quote: ParcelQuote | None,
    position: int,
) -> VendorOrder:
    # The buyer was shown days of the market, the cooperative reads those of its programme.
    placed_on = day_of(order.placed_at, order.zone)
    zone = ZoneInfo(cooperative.programme.time_zone)
    ordered_on = day_of(order.placed_at, zone)
    days_min, days_max = (quote.days_min, quote.days_max) if quote else (None, None)
    return VendorOrder(
        order=order,
        cooperative=cooperative,
        programme_id=cooperative.programme_id,
        number=vendor_order_number(order.number, position),
        currency=order.currency,
        goods_minor=sum(line.total_minor for line in lines),
        tax_minor=sum(line.tax_minor for line in lines),
        shipping_minor=shipping_minor,
        waived_minor=quote.waived_minor if quote else 0,
        placed_at=order.placed_at,
        ship_by_on=ordered_on + timedelta(days=_days_to_prepare(cooperative, quote)),
        promised_from_on=placed_on + timedelta(days=days_min) if days_min is not None else None,
        promised_to_on=placed_on + timedelta(days=days_max) if days_max is not None else None,
    )


def _days_to_prepare(cooperative: Cooperative, quote: ParcelQuote | None) -> int:
    """Until it leaves; of what is collected, until it is ready."""
    if quote and quote.pickup_id and quote.days_max is not None:
        return quote.days_max
    return cooperative.handling_days


def _note_discount(vendor_order: VendorOrder, lines: list[LineSnapshot], bearer: str) -> None:
    """What a voucher took off, and who bears it: the cooperative, of a code that is not ours."""
    vendor_order.discount_minor = sum(line.discount_minor for line in lines)
    if vendor_order.discount_minor:
        vendor_order.voucher_code = vendor_order.order.voucher_code
        vendor_order.discount_by = bearer or DiscountBearer.COOPERATIVE


def _line(vendor_order: VendorOrder, line: LineSnapshot, position: int) -> VendorOrderLine:
    return VendorOrderLine(
        pk=line.line_id,
        vendor_order=vendor_order,
        listing_id=line.listing_id,
        variant_id=line.variant_id,
        category_slug=line.category_slug,
        title=line.title[:250],
        titles=line.titles,
        sku=line.sku,
        quantity=line.quantity,
        unit_minor=line.unit_minor,
        total_minor=line.total_minor,
        discount_minor=line.discount_minor,
        tax_minor=line.tax_minor,
        tax_rate_bp=line.tax_rate_bp,
        weight_grams=line.weight_grams,
        position=position,
    )
