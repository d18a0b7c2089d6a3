"""Returned and refused goods in the engine, each once, and in the order in which they were said.

The engine counts what was returned of a line, whatever for. So of one order nothing is told before
what was said earlier: then its count alone shows whether the last call was made.
"""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.orders.errors import TooManyReturned
from marketplace.orders.locks import one_at_a_time
from marketplace.orders.models import (
    RefusedLine,
    ReturnedGoods,
    ReturnState,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.orders.services.fetching import fetched
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    FulfillmentStatus,
    OrderParts,
    OrderReturnFulfillmentLineInput,
    OrderReturnLineInput,
    OrderReturnProductsInput,
    OrderStatus,
    StockInput,
)
from marketplace.saleor.gateway import app_client
from vendors.scoping import Crossing


def carry_out(row: ReturnedGoods) -> None:
    """Record one return in the engine, as far as it is not there; may be repeated."""
    if row.engine_returned_at is None:
        release_refused(row.vendor_order, before=row)
        _record_in_engine(row)
    if row.restock and row.engine_restocked_at is None:
        _restock(row)
    row.state = ReturnState.DONE if row.restock else ReturnState.KEPT_OUT
    row.save(update_fields=["state"])


def _record_in_engine(row: ReturnedGoods) -> None:
    """Skipped when the engine's count shows that it was recorded before we lost its answer."""
    order_gid = ids.global_id(ids.ORDER, row.vendor_order.order_id)
    order = fetched(order_gid)
    line_gid = ids.global_id(ids.ORDER_LINE, row.line_id)
    if _returned(order, line_gid) < _told(row.line) + row.quantity:
        wanted = OrderReturnProductsInput(
            fulfillment_lines=_from_fulfilments(order, line_gid, row.quantity), refund=False
        )
        accepted(
            app_client()
            .return_fulfillment_products(order_gid, wanted)
            .order_fulfillment_return_products
        )
    row.engine_returned_at = timezone.now()
    row.save(update_fields=["engine_returned_at"])


def release_refused(vendor_order: VendorOrder, *, before: ReturnedGoods | None = None) -> None:
    """Take what was refused out of the engine's order, as far as it is not; may be repeated.

    Its stock is lowered first where the units do not exist, so that nobody buys them in between.
    The caller holds the vendor order. ``before`` leaves out what was said after a return.
    """
    waiting = _untold(vendor_order)
    if before is not None:
        waiting = waiting.filter(refusal__refused_at__lt=before.recorded_at)
    for row in waiting.select_related("refusal", "line").order_by("refusal__refused_at", "pk"):
        _finish_earlier_returns(vendor_order, row)
        _lower_stock(row, ids.global_id(ids.WAREHOUSE, vendor_order.cooperative_id))
        _release(row, ids.global_id(ids.ORDER, vendor_order.order_id))


def lower_refused_stock(vendor_order: VendorOrder) -> None:
    """As ``release_refused``, of an order that the engine then cancels as a whole."""
    for row in _untold(vendor_order):
        _lower_stock(row, ids.global_id(ids.WAREHOUSE, vendor_order.cooperative_id))


def lower_missing_stock(vendor_order: VendorOrder) -> None:
    """As ``lower_refused_stock``, of a whole order that was cancelled because it does not exist."""
    warehouse = ids.global_id(ids.WAREHOUSE, vendor_order.cooperative_id)
    missing = vendor_order.returns.filter(
        state=ReturnState.RECORDED, restock=False, engine_restocked_at=None
    )
    for row in missing.select_related("line"):
        _change_stock(row, warehouse, _stock_without)


def forget_refused(vendor_order: VendorOrder) -> None:
    """The engine has cancelled the whole order: nothing of it is to be taken out any more."""
    _untold(vendor_order).update(engine_released_at=timezone.now())


def _untold(vendor_order: VendorOrder) -> QuerySet[RefusedLine]:
    rows = RefusedLine.objects.crossing(Crossing.ENGINE_PROJECTION)
    found: QuerySet[RefusedLine] = rows.filter(
        refusal__vendor_order_id=vendor_order.pk, engine_released_at=None
    )
    return found


def _finish_earlier_returns(vendor_order: VendorOrder, row: RefusedLine) -> None:
    earlier = vendor_order.returns.filter(
        engine_returned_at=None, recorded_at__lt=row.refusal.refused_at
    )
    for returned in earlier.order_by("recorded_at"):
        carry_out(returned)


def _release(row: RefusedLine, order_gid: str) -> None:
    """The engine's allocation ends. What it has sent meanwhile, or cancelled, is not touched."""
    order = fetched(order_gid)
    line_gid = ids.global_id(ids.ORDER_LINE, row.line_id)
    left = next((x.quantity_to_fulfill for x in order.lines if x.id == line_gid), 0)
    wanted = min(row.quantity, left)
    is_told = _returned(order, line_gid) >= _told(row.line) + row.quantity
    if wanted and not is_told and order.status != OrderStatus.CANCELED:
        line = OrderReturnLineInput(order_line_id=line_gid, quantity=wanted)
        asked = OrderReturnProductsInput(order_lines=[line], refund=False)
        accepted(
            app_client()
            .return_fulfillment_products(order_gid, asked)
            .order_fulfillment_return_products
        )
        row.released = wanted
    elif is_told:
        row.released = row.quantity
    row.engine_released_at = timezone.now()
    row.save(update_fields=["engine_released_at", "released"])


def _told(line: VendorOrderLine) -> int:
    """How many of a line the engine is known to count as returned."""
    returned = line.returns.exclude(engine_returned_at=None)
    refused = sum(row.released for row in line.refused.all())
    return int(sum(row.quantity for row in returned) + refused)


def _returned(order: OrderParts, line_gid: str) -> int:
    states = {FulfillmentStatus.RETURNED, FulfillmentStatus.REFUNDED_AND_RETURNED}
    return sum(
        held.quantity
        for fulfilment in order.fulfillments
        if fulfilment.status in states
        for held in fulfilment.lines or ()
        if held.order_line and held.order_line.id == line_gid
    )


def _from_fulfilments(
    order: OrderParts, line_gid: str, quantity: int
) -> list[OrderReturnFulfillmentLineInput]:
    found = []
    for fulfilment in order.fulfillments:
        if fulfilment.status != FulfillmentStatus.FULFILLED:
            continue
        for held in fulfilment.lines or ():
            if quantity and held.order_line and held.order_line.id == line_gid:
                part = min(quantity, held.quantity)
                found.append(
                    OrderReturnFulfillmentLineInput(fulfillment_line_id=held.id, quantity=part)
                )
                quantity -= part
    if quantity:
        raise TooManyReturned
    return found


def _restock(row: ReturnedGoods) -> None:
    _change_stock(row, ids.global_id(ids.WAREHOUSE, row.vendor_order.cooperative_id), _stock_with)


def _change_stock(
    row: ReturnedGoods, warehouse: str, total: Callable[[VendorOrderLine, str, int], int]
) -> None:
    """Set the stock, once: the engine only takes a new ``total``, so we write that down before."""
    with one_at_a_time(row.line.variant_id):
        if row.restock_target is None:
            row.restock_target = total(row.line, warehouse, row.quantity)
            row.save(update_fields=["restock_target"])
        _set_stock(row.line, warehouse, row.restock_target)
        row.engine_restocked_at = timezone.now()
        row.save(update_fields=["engine_restocked_at"])


def _stock_with(line: VendorOrderLine, warehouse: str, returned: int) -> int:
    """The stock with units that are there again."""
    return _stock(line, warehouse)[0] + returned


def _stock_without(line: VendorOrderLine, warehouse: str, missing: int) -> int:
    """The stock without units that do not exist, which leaves as many for sale as there were.

    Whoever has counted the stock since has taken them out already.
    """
    quantity, allocated = _stock(line, warehouse)
    for_sale = max(0, quantity - allocated)
    return max(0, min(quantity, for_sale + allocated - missing))


def _lower_stock(row: RefusedLine, warehouse: str) -> None:
    """Take refused units that do not exist out of the stock, once."""
    if row.is_there or row.engine_stock_at is not None:
        return
    with one_at_a_time(row.line.variant_id):
        if row.stock_target is None:
            row.stock_target = _stock_without(row.line, warehouse, row.quantity)
            row.save(update_fields=["stock_target"])
        _set_stock(row.line, warehouse, row.stock_target)
        row.engine_stock_at = timezone.now()
        row.save(update_fields=["engine_stock_at"])


def _set_stock(line: VendorOrderLine, warehouse: str, quantity: int) -> None:
    accepted(
        app_client()
        .update_variant_stocks(
            ids.global_id(ids.VARIANT, line.variant_id),
            [StockInput(warehouse=warehouse, quantity=quantity)],
        )
        .product_variant_stocks_update
    )


def _stock(line: VendorOrderLine, warehouse: str) -> tuple[int, int]:
    """Units in a warehouse, and how many of them are allocated to orders."""
    product = app_client().product_by_id(ids.global_id(ids.PRODUCT, line.listing_id)).product
    variant_gid = ids.global_id(ids.VARIANT, line.variant_id)
    for edge in product.product_variants.edges if product and product.product_variants else ():
        if edge.node.id == variant_gid:
            for stock in edge.node.stocks or ():
                if stock.warehouse.id == warehouse:
                    return stock.quantity, stock.quantity_allocated
    return 0, 0
