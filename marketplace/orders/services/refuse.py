"""A cooperative says what of an order it cannot deliver, before that is packed.

It is written down here with its money in one transaction, once; the engine is told afterwards, by
a job if it does not answer. If nothing is left to deliver the vendor order is cancelled with it,
and the price of delivery goes back too; as long as a parcel is or was sent, delivery stays.
For what is refused another product may be offered (``substitutes``).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction
from django.db.models import F

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.events import publish
from marketplace.core.versions import version_of
from marketplace.orders.errors import AwaitsTransfer, WrongState
from marketplace.orders.events import DeliveredLine, GoodsRefused
from marketplace.orders.locks import locked_row, one_at_a_time
from marketplace.orders.models import (
    ParcelState,
    Refusal,
    RefusalReason,
    RefusedLine,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.orders.reasons import UNDELIVERABLE
from marketplace.orders.refusal_errors import (
    MoreThanLeft,
    NothingRefused,
    OrderChanged,
    OwnWordsNeeded,
    WhyNeeded,
)
from marketplace.orders.services.amounts import worth
from marketplace.orders.services.cancel import release_cancelled
from marketplace.orders.services.engine_returns import release_refused
from marketplace.orders.services.fetching import bring_in
from marketplace.orders.services.states import close_as_cancelled, refresh_state
from marketplace.orders.services.substitutes import Instead, Proposed, offer_instead, propose
from marketplace.orders.shipping_errors import StillPacking
from vendors.scoping import Crossing

_OPEN = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED, VendorOrderState.PART_SHIPPED)


@dataclass(frozen=True)
class Refused:
    """How many of a line cannot be delivered, why (a ``RefusalReason``), and what else may be."""

    quantity: int
    reason: str
    instead: Instead | None = None


# What is done about the money with the locked row and the refusal.
Also = Callable[[VendorOrder, Refusal], object]


def refuse_goods(
    *,
    vendor_order: VendorOrder,
    refused: Mapping[UUID, Refused],
    note: str,
    key: UUID,
    seen: str | None,
    by: Actor,
    also: Also,
) -> Refusal:
    """Refuse units of lines (our line id → how many and why); publishes GoodsRefused, once.

    ``key`` is the refusal's id: repeated, it is returned as it is. ``seen`` is the ``version`` of
    the order that the page showed. ``also`` is done in the same transaction, and refuses nothing
    if it raises. Raises WrongState, AwaitsTransfer, StillPacking, NothingRefused, MoreThanLeft,
    WhyNeeded, OwnWordsNeeded, OrderChanged, SubstituteWrong, and EngineUnavailable: a
    job then tells the engine.
    """
    with one_at_a_time(vendor_order.pk):
        with transaction.atomic():
            locked = locked_row(vendor_order)
            known: Refusal | None = locked.refusals.filter(pk=key).first()
            if known is not None:
                return known
            wanted = checked(locked, refused, note)
            if seen is not None and seen != version(locked):
                raise OrderChanged
            refusal = _write(locked, wanted, note=note, key=key, by=by, also=also)
        _tell_engine(locked)
    return refusal


def version(vendor_order: VendorOrder) -> str:
    """What of an order a page showed: how many of each line are left to send."""
    left = {str(line.pk): line.quantity_left for line in vendor_order.lines.all()}
    return version_of([vendor_order.state, left])


def checked(
    vendor_order: VendorOrder, refused: Mapping[UUID, Refused], note: str
) -> list[tuple[VendorOrderLine, Refused]]:
    """The lines that are refused; raises as ``refuse_goods``."""
    if vendor_order.state not in _OPEN:
        raise WrongState
    if vendor_order.order.awaits_transfer:
        raise AwaitsTransfer
    if vendor_order.parcels.filter(state=ParcelState.PREPARING).exists():
        raise StillPacking
    wanted = {key: each for key, each in refused.items() if each.quantity}
    if not wanted:
        raise NothingRefused
    lines = {line.pk: line for line in vendor_order.lines.all()}
    for key, each in wanted.items():
        if key not in lines or not 0 < each.quantity <= lines[key].quantity_left:
            raise MoreThanLeft
        if each.reason not in RefusalReason.values:
            raise WhyNeeded
        if each.reason == RefusalReason.OTHER and not note.strip():
            raise OwnWordsNeeded
    return [(lines[key], each) for key, each in wanted.items()]


def proposals(
    vendor_order: VendorOrder, wanted: list[tuple[VendorOrderLine, Refused]]
) -> dict[UUID, Proposed]:
    """What is offered instead, by line; raises SubstituteWrong."""
    instead = [
        (line, worth_refused(line, each.quantity), each.instead)
        for line, each in wanted
        if each.instead is not None
    ]
    return propose(vendor_order, instead)


def ends_order(vendor_order: VendorOrder, quantities: Mapping[UUID, int]) -> bool:
    """Whether nothing was sent, and nothing is left without these units."""
    lines = list(vendor_order.lines.all())
    was_sent = any(line.quantity_shipped for line in lines)
    return not was_sent and all(line.quantity_left <= quantities.get(line.pk, 0) for line in lines)


def worth_refused(line: VendorOrderLine, quantity: int) -> int:
    """What units cost that are refused now: the last ones of the line that are not refused yet."""
    return worth(line, already=line.quantity_kept - quantity, more=quantity)


def finish_refusals() -> int:
    """Tell the engine of what was refused here only; returns of how many orders."""
    rows = VendorOrder.objects.crossing(Crossing.SCHEDULED_JOB)
    waiting = rows.filter(refusals__lines__engine_released_at__isnull=True, refusals__isnull=False)
    finished = 0
    for vendor_order in waiting.distinct()[:200]:
        with one_at_a_time(vendor_order.pk):
            try:
                _tell_engine(vendor_order)
                finished += 1
            except TwizaError:
                continue
    return finished


def _write(
    locked: VendorOrder,
    wanted: list[tuple[VendorOrderLine, Refused]],
    *,
    note: str,
    key: UUID,
    by: Actor,
    also: Also,
) -> Refusal:
    quantities = {line.pk: each.quantity for line, each in wanted}
    proposed = proposals(locked, wanted)
    refusal = Refusal.objects.create(
        id=key,
        vendor_order=locked,
        note=note.strip()[:300],
        ends=ends_order(locked, quantities),
        refused_by=by.name,
    )
    rows = [_refused_line(refusal, line, each, proposed.get(line.pk), by) for line, each in wanted]
    RefusedLine.objects.create_all(rows)
    also(locked, refusal)
    for line, each in wanted:
        line.quantity_refused = F("quantity_refused") + each.quantity
        line.save(update_fields=["quantity_refused"])
    told = {str(pk): quantity for pk, quantity in quantities.items()}
    audit.record("vendor_order.goods_refused", locked, by=by, lines=told, ends=refusal.ends)
    publish(_event(locked, refusal, rows))
    _move_on(locked_row(locked), refusal)
    return refusal


def _move_on(fresh: VendorOrder, refusal: Refusal) -> None:
    if refusal.ends:
        close_as_cancelled(fresh, reason=refusal.note or UNDELIVERABLE, at=refusal.refused_at)
    else:
        refresh_state(fresh)


def _refused_line(
    refusal: Refusal, line: VendorOrderLine, each: Refused, proposed: Proposed | None, by: Actor
) -> RefusedLine:
    return RefusedLine(
        refusal=refusal,
        line=line,
        quantity=each.quantity,
        reason=each.reason,
        amount_minor=worth_refused(line, each.quantity),
        substitute=offer_instead(refusal, proposed, by=by) if proposed else None,
    )


def _event(locked: VendorOrder, refusal: Refusal, rows: list[RefusedLine]) -> GoodsRefused:
    return GoodsRefused(
        aggregate_id=locked.pk,
        occurred_at=refusal.refused_at,
        refusal_id=refusal.pk,
        vendor_order_id=locked.pk,
        order_id=locked.order_id,
        cooperative_id=locked.cooperative_id,
        programme_id=locked.programme_id,
        currency=locked.currency,
        goods_minor=sum(row.amount_minor for row in rows),
        payment_method=locked.order.payment_method,
        lines=[
            DeliveredLine(line_id=row.line_id, quantity=row.quantity, amount_minor=row.amount_minor)
            for row in rows
        ],
    )


def _tell_engine(vendor_order: VendorOrder) -> None:
    """What was refused; and if nothing of the order goes on, that it is cancelled."""
    vendor_order.refresh_from_db(fields=["state"])
    if vendor_order.state == VendorOrderState.CANCELLED:
        release_cancelled(vendor_order)
    else:
        release_refused(vendor_order)
        bring_in(vendor_order.order_id)
