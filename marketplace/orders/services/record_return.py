"""Record returned goods: here first, then in the engine (``engine_returns``)."""

from collections.abc import Callable, Sequence
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.events import publish
from marketplace.orders.errors import TooManyReturned
from marketplace.orders.events import GoodsReturned
from marketplace.orders.locks import locked_row, one_at_a_time
from marketplace.orders.models import ReturnedGoods, ReturnState, VendorOrder, VendorOrderLine
from marketplace.orders.services.engine_returns import carry_out
from marketplace.orders.services.fetching import bring_in
from vendors.scoping import Crossing


def record_returned_goods(
    *,
    vendor_order: VendorOrder,
    quantities: dict[UUID, int],
    restock: bool,
    reason: str,
    by: Actor,
    complaint_id: UUID | None = None,
    also: Callable[[], object] | None = None,
) -> list[ReturnedGoods]:
    """Record quantities (our line id → quantity) that are back with the cooperative.

    The engine marks them returned, which does not restock them; with ``restock`` its stock is then
    raised. A refund is a use case of its own. ``also`` is done in the transaction that writes them
    down, before anything else, and records nothing if it raises; ``complaint_id`` is the complaint
    by which they come back. Raises TooManyReturned and EngineUnavailable (a job finishes what was
    recorded).
    """
    with one_at_a_time(vendor_order.pk):
        with transaction.atomic():
            if also is not None:
                also()
            rows = _intend(
                vendor_order,
                quantities,
                restock=restock,
                reason=reason,
                by=by,
                complaint_id=complaint_id,
            )
        for row in rows:
            carry_out(row)
        bring_in(vendor_order.order_id)
    return rows


def finish_returns() -> int:
    """Finish the returns that the engine does not know completely; returns how many."""
    waiting = ReturnedGoods.objects.crossing(Crossing.SCHEDULED_JOB)
    finished = 0
    for row in waiting.filter(state=ReturnState.RECORDED).select_related("vendor_order")[:200]:
        with one_at_a_time(row.vendor_order_id):
            row.refresh_from_db()
            if row.state != ReturnState.RECORDED:
                continue
            try:
                carry_out(row)
                bring_in(row.vendor_order.order_id)
                finished += 1
            except TwizaError:
                continue
    return finished


def _intend(
    vendor_order: VendorOrder,
    quantities: dict[UUID, int],
    *,
    restock: bool,
    reason: str,
    by: Actor,
    complaint_id: UUID | None,
) -> list[ReturnedGoods]:
    locked = locked_row(vendor_order)
    wanted = _checked(locked, quantities)
    made = [
        ReturnedGoods.objects.create(
            vendor_order=locked,
            line=line,
            quantity=quantity,
            restock=restock,
            reason=reason[:200],
            complaint_id=complaint_id,
            recorded_by=by.name,
        )
        for line, quantity in wanted
    ]
    returned = {str(line.pk): quantity for line, quantity in wanted}
    publish(_returned_event(locked, made))
    audit.record("vendor_order.goods_returned", locked, by=by, lines=returned, restock=restock)
    return made


def _returned_event(vendor_order: VendorOrder, made: Sequence[ReturnedGoods]) -> GoodsReturned:
    return GoodsReturned(
        aggregate_id=vendor_order.pk,
        occurred_at=timezone.now(),
        vendor_order_id=vendor_order.pk,
        order_id=vendor_order.order_id,
        returned_ids=[row.pk for row in made],
    )


def _checked(
    vendor_order: VendorOrder, quantities: dict[UUID, int]
) -> list[tuple[VendorOrderLine, int]]:
    """Lines and their quantities above zero; raises TooManyReturned for more than was shipped."""
    lines = {line.pk: line for line in vendor_order.lines.all()}
    wanted = {key: quantity for key, quantity in quantities.items() if quantity}
    if not wanted or any(key not in lines for key in wanted):
        raise TooManyReturned
    for key, quantity in wanted.items():
        if not 0 < quantity <= lines[key].quantity_shipped - _back(lines[key]):
            raise TooManyReturned
    return [(lines[key], quantity) for key, quantity in wanted.items()]


def _back(line: VendorOrderLine) -> int:
    """The quantity already back, in the engine or still to be recorded there."""
    untold = line.returns.filter(engine_returned_at=None)
    return int(line.quantity_returned + sum(row.quantity for row in untold))
