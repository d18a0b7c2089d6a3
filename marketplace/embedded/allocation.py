"""Reserving units of stock for checkouts, and allocating them to orders, never more than exist.

Everything here runs inside a write, and first locks the stocks in the order of their keys: of two
buyers of one unit the second waits, and then sees what the first took.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db.models import F
from django.utils import timezone

from marketplace.embedded import fault_injection, webhooks
from marketplace.embedded.availability import free_by_stock, stocks_for
from marketplace.embedded.models import (
    Allocation,
    Channel,
    ChannelWarehouse,
    Checkout,
    CheckoutLine,
    OrderLine,
    ProductVariant,
    Reservation,
    Shop,
    Stock,
)


@dataclass(frozen=True, slots=True)
class Shortage:
    """A variant with fewer units left than wanted."""

    variant: ProductVariant
    available: int


class InsufficientStock(Exception):
    """There are too few units of some variants; nothing was taken."""

    def __init__(self, shortages: Sequence[Shortage]) -> None:
        super().__init__(", ".join(str(each.variant.pk) for each in shortages))
        self.shortages = list(shortages)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Units of a variant that one line wants."""

    line: CheckoutLine | OrderLine
    variant: ProductVariant
    quantity: int


def split(quantity: int, free: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Take `quantity` from ``(stock id, free units)`` pairs, in their order.

    Returns ``(stock id, units)`` of those used; fewer in total when there are not enough. Pure.
    """
    taken: list[tuple[int, int]] = []
    for stock_id, units in free:
        if quantity <= 0:
            break
        part = min(quantity, units)
        if part > 0:
            taken.append((stock_id, part))
            quantity -= part
    return taken


def reserve(
    checkout: Checkout, lines: Iterable[CheckoutLine], twice: Collection[CheckoutLine] = ()
) -> None:
    """Reserve the units of the given lines for as long as the shop sets; raises InsufficientStock.

    Where the shop sets no duration, stock is only checked. Those of ``twice`` take their units
    from others twice, as Saleor does where a quantity and a price are set at once.
    """
    lines = list(lines)
    line_ids = [line.pk for line in lines]
    wanted = [Wanted(line, line.variant, line.quantity) for line in lines]
    plan = _plan(wanted, checkout, instead_of=line_ids)
    Reservation.objects.filter(checkout_line_id__in=line_ids).delete()
    shop = Shop.current()
    minutes = (
        shop.reserve_stock_duration_authenticated_user
        if checkout.user_id
        else shop.reserve_stock_duration_anonymous_user
    )
    if not minutes:
        return
    until = timezone.now() + timedelta(minutes=minutes)
    Reservation.objects.bulk_create(
        Reservation(
            checkout_line_id=wanted.line.pk,
            stock_id=stock_id,
            quantity_reserved=units * (2 if wanted.line in twice else 1),
            reserved_until=until,
        )
        for wanted, parts in plan
        for stock_id, units in parts
    )


def check_stock(checkout: Checkout) -> None:
    """Raise InsufficientStock where the checkout's country and channel have too few units."""
    lines = list(checkout.lines.select_related("variant"))
    wanted = [Wanted(line, line.variant, line.quantity) for line in lines]
    _plan(wanted, checkout, instead_of=[line.pk for line in lines])


def allocate(checkout: Checkout, order_lines: Sequence[tuple[OrderLine, ProductVariant]]) -> None:
    """Allocate stock to a new order's lines, in place of the checkout's own reservations.

    Raises InsufficientStock, which rolls the caller's write back.
    """
    own = list(checkout.lines.values_list("pk", flat=True))
    wanted = [Wanted(line, variant, line.quantity) for line, variant in order_lines]
    allocations = [
        Allocation(order_line_id=each.line.pk, stock_id=stock_id, quantity_allocated=units)
        for each, parts in _plan(
            wanted,
            checkout,
            instead_of=own,
            unchecked=fault_injection.is_injected("lost_reservation"),
        )
        for stock_id, units in parts
    ]
    Allocation.objects.bulk_create(allocations)
    for each in allocations:
        Stock.objects.filter(pk=each.stock_id).update(
            quantity_allocated=F("quantity_allocated") + each.quantity_allocated
        )
    Reservation.objects.filter(checkout_line_id__in=own).delete()
    _emit_sold_out({each.stock_id for each in allocations})


def _emit_sold_out(stock_ids: Iterable[int]) -> None:
    for stock in Stock.objects.filter(pk__in=list(stock_ids)):
        if _sold_out(stock):
            webhooks.emit("PRODUCT_VARIANT_OUT_OF_STOCK", stock)


def _plan(
    wanted: Sequence[Wanted],
    checkout: Checkout,
    *,
    instead_of: Sequence[UUID],
    unchecked: bool = False,
) -> list[tuple[Wanted, list[tuple[int, int]]]]:
    """Lock the stocks and choose those that serve each line, as ``(stock id, units)``.

    What the lines `instead_of` have reserved counts as free. Variants that do not track inventory
    take nothing. Raises InsufficientStock, unless `unchecked`.
    """
    wanted = [each for each in wanted if each.variant.track_inventory]
    eligible = stocks_for(
        {each.variant.pk for each in wanted}, channel=checkout.channel, country=checkout.country
    )
    locked = list(lock_stocks(eligible.values_list("pk", flat=True)).values())
    free = free_by_stock(locked, except_lines=instead_of)
    if unchecked:
        free = {stock.pk: max(stock.quantity, 0) for stock in locked}
    return _distribute(wanted, _in_order_of_preference(locked, free, checkout.channel), free)


def _distribute(
    wanted: Sequence[Wanted], stocks: Sequence[Stock], free: dict[int, int]
) -> list[tuple[Wanted, list[tuple[int, int]]]]:
    """Take each line's units from the first stocks that have some; changes `free`."""
    plan = []
    short: dict[int, Shortage] = {}
    for each in wanted:
        choices = [
            (stock.pk, free[stock.pk]) for stock in stocks if stock.variant_id == each.variant.pk
        ]
        parts = split(each.quantity, choices)
        if sum(units for _, units in parts) < each.quantity:
            short[each.variant.pk] = Shortage(each.variant, sum(units for _, units in choices))
        for stock_id, units in parts:
            free[stock_id] -= units
        plan.append((each, parts))
    if short:
        raise InsufficientStock(list(short.values()))
    return plan


def _in_order_of_preference(
    stocks: Sequence[Stock], free: Mapping[int, int], channel: Channel
) -> list[Stock]:
    """Sort stocks by the channel's strategy: its warehouses' order, or the fullest first."""
    if channel.allocation_strategy == "PRIORITIZE_HIGH_STOCK":
        return sorted(stocks, key=lambda stock: (-free[stock.pk], stock.pk))
    places = {
        link.warehouse_id: place
        for place, link in enumerate(ChannelWarehouse.objects.filter(channel=channel))
    }
    return sorted(stocks, key=lambda stock: (places.get(stock.warehouse_id, 0), stock.pk))


def lock_stocks(stock_ids: Iterable[int]) -> dict[int, Stock]:
    """Lock stocks in the order of their keys and return them by key."""
    locked = Stock.objects.select_for_update().filter(pk__in=list(stock_ids)).order_by("pk")
    return {stock.pk: stock for stock in locked}


def unallocate(
    line: OrderLine, quantity: int, locked: Mapping[int, Stock], *, first: int | None = None
) -> None:
    """Deallocate up to `quantity` of a line's units, those of the stock `first` before others.

    The locked stocks are changed, not saved; they must include all stocks of the line.
    """
    for allocation in sorted(
        line.allocations.all(), key=lambda each: (each.stock_id != first, each.pk)
    ):
        part = min(quantity, allocation.quantity_allocated)
        if part:
            allocation.quantity_allocated -= part
            allocation.save(update_fields=["quantity_allocated"])
            stock = locked[allocation.stock_id]
            stock.quantity_allocated = max(stock.quantity_allocated - part, 0)
            quantity -= part


def release(quantities: Mapping[OrderLine, int]) -> None:
    """Deallocate units of order lines, so that they can be sold again."""
    allocated = Allocation.objects.filter(order_line__in=list(quantities), quantity_allocated__gt=0)
    locked = lock_stocks(allocated.values_list("stock_id", flat=True))
    sold_out = {key for key, stock in locked.items() if _sold_out(stock)}
    for line, quantity in quantities.items():
        unallocate(line, quantity, locked)
    save_stocks(locked.values())
    for key in sold_out:
        if not _sold_out(locked[key]):
            webhooks.emit("PRODUCT_VARIANT_BACK_IN_STOCK", locked[key])


def save_stocks(stocks: Iterable[Stock]) -> None:
    """Save the quantities of locked stocks."""
    Stock.objects.bulk_update(stocks, ["quantity", "quantity_allocated"])


def _sold_out(stock: Stock) -> bool:
    return stock.quantity <= stock.quantity_allocated
