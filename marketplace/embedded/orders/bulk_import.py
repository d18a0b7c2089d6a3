"""Importing orders that were made outside of the engine: many at once, with their own dates.

No App is called, and the only event is ORDER_BULK_CREATED.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from marketplace.embedded import unit_of_work, webhooks
from marketplace.embedded.allocation import lock_stocks, save_stocks
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
from marketplace.embedded.orders.bulk_draft import Draft
from marketplace.embedded.orders.bulk_inputs import OrderData
from marketplace.embedded.orders.bulk_lookups import Lookups, load_lookups
from marketplace.embedded.orders.bulk_reading import read_order
from marketplace.embedded.orders.numbers import next_numbers

LIMIT = 50


@dataclass(frozen=True, slots=True)
class StockUse:
    """The units that a line takes out of a stock (sent), and allocates in it (not yet sent)."""

    line: OrderLine
    stock: Stock
    sent: int
    allocated: int


def import_orders(
    inputs: Sequence[OrderData], *, error_policy: str, stock_policy: str
) -> list[Draft]:
    """Import at most `LIMIT` orders within the open write; drafts without problems were saved.

    With REJECT_EVERYTHING one problem keeps all orders from being saved; otherwise only those
    with problems are left out. `stock_policy`: SKIP leaves stock alone; UPDATE takes what was sent
    and allocates the rest, and refuses an order for which there is too little; FORCE does not.
    """
    found = load_lookups(inputs)
    drafts = [read_order(each, found) for each in inputs]
    _refuse_duplicates(drafts)
    uses = [] if stock_policy == "SKIP" else _take_stock(drafts, found, stock_policy)
    if error_policy == "REJECT_EVERYTHING" and any(draft.problems for draft in drafts):
        for draft in drafts:
            if not draft.problems:
                draft.refuse("", "INVALID", "Another order of the batch has errors.")
    good = [draft for draft in drafts if not draft.problems]
    if good:
        _save(good)
        _save_stock(uses, {line.pk for draft in good for line in draft.lines})
        _emit_created(good)
    return drafts


def _refuse_duplicates(drafts: Sequence[Draft]) -> None:
    seen: set[str] = set()
    for draft in drafts:
        reference = draft.order.external_reference
        if reference and reference in seen:
            message = "The reference is used twice in the batch."
            draft.refuse("externalReference", "UNIQUE", message)
        elif reference:
            seen.add(reference)


def _take_stock(drafts: Sequence[Draft], found: Lookups, stock_policy: str) -> list[StockUse]:
    """Change the locked stocks, unsaved, and return what each line used of them."""
    locked = lock_stocks(stock.pk for stock in found.stocks.values())
    stocks = {(stock.variant_id, stock.warehouse_id): stock for stock in locked.values()}
    uses = []
    for draft in drafts:
        for place, (line, warehouse) in enumerate(zip(draft.lines, draft.warehouses, strict=True)):
            if draft.problems or line.variant is None:
                continue
            stock = stocks.get((line.variant.pk, warehouse.pk))
            if stock is None:
                message = "There is no stock for the variant in this warehouse."
                draft.refuse(f"lines.{place}", "NON_EXISTING_STOCK", message)
                continue
            available = stock.quantity - stock.quantity_allocated
            if stock_policy != "FORCE" and available < line.quantity:
                message = f"Insufficient stock for product variant: {line.product_sku}."
                draft.refuse(f"lines.{place}", "INSUFFICIENT_STOCK", message)
                continue
            use = StockUse(line, stock, line.quantity_fulfilled, line.quantity_unfulfilled)
            stock.quantity -= use.sent
            stock.quantity_allocated += use.allocated
            uses.append(use)
    return uses


def _save_stock(uses: Sequence[StockUse], saved_lines: set[UUID]) -> None:
    """Save the stocks as the saved lines leave them; what others took is returned first."""
    for use in uses:
        if use.line.pk not in saved_lines:
            use.stock.quantity += use.sent
            use.stock.quantity_allocated -= use.allocated
    save_stocks({use.stock.pk: use.stock for use in uses}.values())
    Allocation.objects.bulk_create(
        Allocation(order_line=use.line, stock=use.stock, quantity_allocated=use.allocated)
        for use in uses
        if use.line.pk in saved_lines and use.allocated
    )


def _save(drafts: Sequence[Draft]) -> None:
    orders = [draft.order for draft in drafts]
    for order, number in zip(orders, next_numbers(len(orders)), strict=True):
        order.number = number
    addresses = [each for x in orders for each in (x.billing_address, x.shipping_address) if each]
    Address.objects.bulk_create(addresses)
    Order.objects.bulk_create(orders)
    OrderLine.objects.bulk_create(line for draft in drafts for line in draft.lines)
    Fulfillment.objects.bulk_create(each for draft in drafts for each in draft.fulfillments)
    FulfillmentLine.objects.bulk_create(x for draft in drafts for x in draft.fulfillment_lines)
    TransactionItem.objects.bulk_create(each for draft in drafts for each in draft.payments)
    TransactionEvent.objects.bulk_create(x for draft in drafts for x in draft.payment_events)
    OrderEvent.objects.bulk_create(each for draft in drafts for each in draft.notes)
    Invoice.objects.bulk_create(each for draft in drafts for each in draft.invoices)


def _emit_created(drafts: Sequence[Draft]) -> None:
    keys = [draft.order.pk for draft in drafts]

    def emit() -> None:
        rows = list(Order.objects.filter(pk__in=keys).order_by("number"))
        webhooks.emit("ORDER_BULK_CREATED", rows)

    unit_of_work.before_commit(emit)
