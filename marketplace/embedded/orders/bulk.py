"""Bringing in orders that were made elsewhere: many at once, with their own dates.

No App is asked anything, and the only event is ORDER_BULK_CREATED.
"""

from collections.abc import Sequence
from typing import Any

from marketplace.embedded import unit_of_work, webhooks
from marketplace.embedded.allocation import lock_stocks, save_stocks
from marketplace.embedded.checkouts.completion import next_numbers
from marketplace.embedded.models import (
    Address,
    Allocation,
    Fulfillment,
    FulfillmentLine,
    Invoice,
    Order,
    OrderEvent,
    OrderLine,
    Stock,
    TransactionEvent,
    TransactionItem,
)
from marketplace.embedded.orders.bulk_drafts import Draft, draft_order
from marketplace.embedded.orders.bulk_lookups import Lookups, look_up

LIMIT = 50


def create_orders(
    inputs: Sequence[dict[str, Any]],
    *,
    error_policy: str,
    stock_policy: str,
) -> list[Draft]:
    """Create what can be created of at most `LIMIT` orders, within the open write.

    With REJECT_EVERYTHING one problem keeps all from being made; otherwise only the orders with
    problems are left out. `stock_policy`: SKIP leaves stock alone; UPDATE takes what was sent
    and allocates the rest, refusing what there is not; FORCE takes it all the same. A draft
    without problems was saved.
    """
    found = look_up(inputs)
    drafts = [draft_order(each, found) for each in inputs]
    _refuse_doubles(drafts)
    takings: list[tuple[OrderLine, Stock, int, int]] = []
    if stock_policy != "SKIP":
        takings = _take_stock(drafts, found, force=stock_policy == "FORCE")
    if error_policy == "REJECT_EVERYTHING" and any(draft.problems for draft in drafts):
        for draft in drafts:
            if not draft.problems:
                draft.refuse("", "INVALID", "Another order of the batch has errors.")
    good = [draft for draft in drafts if not draft.problems]
    if good:
        _save(good)
        _save_stock(takings, {line.pk for draft in good for line in draft.lines})
        _tell(good)
    return drafts


def _refuse_doubles(drafts: Sequence[Draft]) -> None:
    seen: set[str] = set()
    for draft in drafts:
        reference = draft.order.external_reference
        if reference and reference in seen:
            draft.refuse("externalReference", "UNIQUE", "The reference comes twice in the batch.")
        elif reference:
            seen.add(reference)


def _take_stock(
    drafts: Sequence[Draft], found: Lookups, *, force: bool
) -> list[tuple[OrderLine, Stock, int, int]]:
    """Return per line its stock, and the units that it takes away and allocates there."""
    locked = lock_stocks(stock.pk for stock in found.stocks.values())
    stocks = {(stock.variant_id, stock.warehouse_id): stock for stock in locked.values()}
    takings = []
    for draft in drafts:
        for place, (line, warehouse) in enumerate(zip(draft.lines, draft.warehouses, strict=True)):
            if draft.problems or line.variant is None:
                continue
            stock = stocks.get((line.variant.pk, warehouse.pk))
            if stock is None:
                message = "There is no stock for the variant in this warehouse."
                draft.refuse(f"lines.{place}", "NON_EXISTING_STOCK", message)
                continue
            sent, waiting = line.quantity_fulfilled, line.quantity_unfulfilled
            if not force and stock.quantity - stock.quantity_allocated < sent + waiting:
                message = f"Insufficient stock for product variant: {line.product_sku}."
                draft.refuse(f"lines.{place}", "INSUFFICIENT_STOCK", message)
                continue
            stock.quantity -= sent
            stock.quantity_allocated += waiting
            takings.append((line, stock, sent, waiting))
    return takings


def _save_stock(takings: Sequence[tuple[OrderLine, Stock, int, int]], kept: set[Any]) -> None:
    """Save the stocks as the kept lines leave them; what others took is put back first."""
    for line, stock, sent, waiting in takings:
        if line.pk not in kept:
            stock.quantity += sent
            stock.quantity_allocated -= waiting
    stocks = {stock.pk: stock for _, stock, _, _ in takings}
    save_stocks(stocks.values())
    Allocation.objects.bulk_create(
        Allocation(order_line=line, stock=stock, quantity_allocated=waiting)
        for line, stock, _, waiting in takings
        if line.pk in kept and waiting
    )


def _save(drafts: Sequence[Draft]) -> None:
    orders = [draft.order for draft in drafts]
    for order, number in zip(orders, next_numbers(len(orders)), strict=True):
        order.number = number
    places = [each for x in orders for each in (x.billing_address, x.shipping_address) if each]
    Address.objects.bulk_create(places)
    Order.objects.bulk_create(orders)
    OrderLine.objects.bulk_create(line for draft in drafts for line in draft.lines)
    Fulfillment.objects.bulk_create(each for draft in drafts for each in draft.fulfillments)
    FulfillmentLine.objects.bulk_create(x for draft in drafts for x in draft.fulfillment_lines)
    TransactionItem.objects.bulk_create(each for draft in drafts for each in draft.payments)
    TransactionEvent.objects.bulk_create(x for draft in drafts for x in draft.payment_events)
    OrderEvent.objects.bulk_create(each for draft in drafts for each in draft.notes)
    Invoice.objects.bulk_create(each for draft in drafts for each in draft.invoices)


def _tell(drafts: Sequence[Draft]) -> None:
    keys = [draft.order.pk for draft in drafts]

    def emit() -> None:
        rows = list(Order.objects.filter(pk__in=keys).order_by("number"))
        webhooks.emit("ORDER_BULK_CREATED", rows)

    unit_of_work.before_commit(emit)
