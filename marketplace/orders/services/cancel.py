"""Cancel a vendor order before it is shipped.

The engine cancels only whole orders. When other vendor orders go on, the quantities are taken out
of it by a fulfilment that is returned at once: that frees the allocation, and they go back to stock
if they exist. A whole order it frees for sale, so what does not exist leaves the stock before.
"""

from collections.abc import Callable

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.orders.errors import WrongState
from marketplace.orders.locks import locked_row, one_at_a_time
from marketplace.orders.models import (
    ParcelState,
    ReturnedGoods,
    ReturnState,
    VendorOrder,
    VendorOrderState,
)
from marketplace.orders.services.engine_returns import (
    carry_out,
    forget_refused,
    lower_missing_stock,
    lower_refused_stock,
    release_refused,
)
from marketplace.orders.services.fetching import bring_in, fetched
from marketplace.orders.services.states import close_as_cancelled
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    OrderFulfillInput,
    OrderFulfillLineInput,
    OrderFulfillStockInput,
    OrderStatus,
)
from marketplace.saleor.gateway import app_client
from vendors.scoping import Crossing

_OPEN = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED)


def cancel_vendor_order(
    *,
    vendor_order: VendorOrder,
    reason: str,
    restock: bool = True,
    by: Actor,
    also: Callable[[VendorOrder], object] | None = None,
) -> VendorOrder:
    """Cancel a vendor order of which nothing was shipped; publishes VendorOrderCancelled, once.

    ``restock`` is false when the items do not exist. The refund is a use case of its own; ``also``
    is done with the locked row in the same transaction, once, and cancels nothing if it raises. It
    is cancelled here at once; if the engine is unavailable (EngineUnavailable), a job tells it
    later. Raises WrongState once a parcel was shipped or is being packed.
    """
    with one_at_a_time(vendor_order.pk):
        with transaction.atomic():
            locked = locked_row(vendor_order)
            if locked.state == VendorOrderState.CANCELLED:
                return locked
            require_cancellable(locked)
            if also is not None:
                also(locked)
            audit.record("vendor_order.cancelled", locked, by=by, reason=reason, restock=restock)
            close_as_cancelled(locked, reason=reason, at=timezone.now())
            _plan_release(locked, restock=restock, by=by)
        release_cancelled(locked)
    return locked


def require_cancellable(vendor_order: VendorOrder) -> None:
    """Raise WrongState unless nothing of it was shipped, is being packed, or was cancelled."""
    packed = vendor_order.parcels.exclude(state=ParcelState.WITHDRAWN)
    if vendor_order.state not in _OPEN or packed.exists():
        raise WrongState


def finish_cancellations() -> int:
    """Cancel in the engine what was cancelled here only; returns how many."""
    waiting = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        state=VendorOrderState.CANCELLED, returns__state="recorded"
    )
    finished = 0
    for vendor_order in waiting.distinct()[:200]:
        with one_at_a_time(vendor_order.pk):
            try:
                release_cancelled(vendor_order)
                finished += 1
            except TwizaError:
                continue
    return finished


def _plan_release(vendor_order: VendorOrder, *, restock: bool, by: Actor) -> None:
    """What the engine has to release, as rows, so that a job can finish it."""
    for line in vendor_order.lines.filter(quantity__gt=F("quantity_refused")):
        ReturnedGoods.objects.create(
            vendor_order=vendor_order,
            line=line,
            quantity=line.quantity_kept,
            restock=restock,
            reason=vendor_order.cancel_reason,
            recorded_by=by.name,
        )


def release_cancelled(vendor_order: VendorOrder) -> None:
    """Cancel it in the engine; the caller holds the vendor order. Raises EngineUnavailable."""
    order_gid = ids.global_id(ids.ORDER, vendor_order.order_id)
    others = vendor_order.order.vendor_orders.crossing(Crossing.ENGINE_PROJECTION)
    goes_on = others.exclude(state=VendorOrderState.CANCELLED).exists()
    if goes_on or vendor_order.lines.filter(quantity_shipped__gt=0).exists():
        release_refused(vendor_order)
        _release_part(vendor_order, order_gid)
    else:
        # Before the engine frees them: what does not exist is at no moment for sale.
        lower_refused_stock(vendor_order)
        lower_missing_stock(vendor_order)
        if fetched(order_gid).status != OrderStatus.CANCELED:
            accepted(app_client().cancel_order(order_gid).order_cancel)
        _all_done(vendor_order)
    bring_in(vendor_order.order_id)


def _release_part(vendor_order: VendorOrder, order_gid: str) -> None:
    """Each quantity is taken out once: what is not left to fulfil was taken out before."""
    rows = list(vendor_order.returns.filter(state="recorded").select_related("line"))
    line_gids = ids.global_ids(ids.ORDER_LINE, [row.line_id for row in rows])
    to_fulfil = {line.id: line.quantity_to_fulfill for line in fetched(order_gid).lines}
    for row in rows:
        line_gid = line_gids[row.line_id]
        if to_fulfil.get(line_gid, 0) >= row.quantity:
            _take_out(order_gid, line_gid, row)
        carry_out(row)


def _take_out(order_gid: str, line_gid: str, row: ReturnedGoods) -> None:
    warehouse = ids.global_id(ids.WAREHOUSE, row.vendor_order.cooperative_id)
    stocks = [OrderFulfillStockInput(quantity=row.quantity, warehouse=warehouse)]
    line = OrderFulfillLineInput(order_line_id=line_gid, stocks=stocks)
    wanted = OrderFulfillInput(lines=[line], notify_customer=False)
    accepted(app_client().fulfill_order(order_gid, wanted).order_fulfill)


def _all_done(vendor_order: VendorOrder) -> None:
    now = timezone.now()
    forget_refused(vendor_order)
    released = vendor_order.returns.filter(state=ReturnState.RECORDED)
    for restock, state in ((True, ReturnState.DONE), (False, ReturnState.KEPT_OUT)):
        released.filter(restock=restock).update(
            state=state, engine_returned_at=now, engine_restocked_at=now
        )
