"""Collecting an order: the cooperative makes it ready and hands it over to who has the code.

Handing over is a parcel with all that is left, so that the engine, the invoice and the money follow
as for one that is sent. With the buyer's code it arrives at once, as if the buyer had confirmed it;
without it the buyer confirms, or the time-out applies: a cooperative's own word is no evidence.
"""

import hmac
from datetime import timedelta
from string import digits

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.errors import TwizaError
from marketplace.core.events import publish
from marketplace.core.formats import western_digits
from marketplace.orders.errors import AwaitsTransfer, WrongState
from marketplace.orders.events import OrderReadyToCollect
from marketplace.orders.locks import locked_row, one_at_a_time
from marketplace.orders.models import (
    Collection,
    EvidenceKind,
    ParcelState,
    PaymentMethod,
    VendorOrder,
    VendorOrderState,
)
from marketplace.orders.pickup_errors import (
    CashIsNotCollected,
    PickupCodeLocked,
    PickupCodeWrong,
    ReasonNeeded,
)
from marketplace.orders.services.record_delivery import record_delivery
from marketplace.orders.services.ship import ship_parcel
from vendors.scoping import CooperativeScope, Crossing

MOST_WRONG = 8
SHORTEST_REASON = 5
_WAITS = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED)
_OPEN = (*_WAITS, VendorOrderState.PART_SHIPPED, VendorOrderState.SHIPPED)


def mark_ready(*, vendor_order: VendorOrder, by: Actor) -> Collection:
    """The order is ready to be collected: the buyer is told until when. Repeated, nothing changes.

    Raises WrongState (also for an order that is sent), AwaitsTransfer, CashIsNotCollected.
    """
    with transaction.atomic():
        locked = locked_row(vendor_order)
        collection = _collection(locked, _WAITS)
        if collection.ready_at is not None:
            return collection
        now = timezone.now()
        today = day_of(now, locked.order.zone)
        collection.ready_at = now
        collection.keep_until_on = today + timedelta(days=collection.offer.keep_days)
        collection.save(update_fields=["ready_at", "keep_until_on"])
        locked.state, locked.confirmed_at = VendorOrderState.CONFIRMED, locked.confirmed_at or now
        locked.save(update_fields=["state", "confirmed_at"])
        audit.record("vendor_order.ready_to_collect", locked, by=by)
        publish(
            OrderReadyToCollect(
                aggregate_id=locked.pk, occurred_at=now, vendor_order_id=locked.pk,
                order_id=locked.order_id,
            )
        )  # fmt: skip
    return collection


def hand_over(*, vendor_order: VendorOrder, code: str, by: Actor) -> None:
    """Hand the order over to who says the buyer's ``code``; its money is released at once.

    Raises PickupCodeWrong, PickupCodeLocked, WrongState, AwaitsTransfer, CashIsNotCollected, and
    EngineUnavailable: then a job finishes it.
    """
    with one_at_a_time(vendor_order.pk):
        collection = _collection(vendor_order, _OPEN)
        if collection.proven_at is None:
            _prove(collection, code, by)
        _finish(vendor_order, by)


def hand_over_without_code(*, vendor_order: VendorOrder, reason: str, by: Actor) -> None:
    """Hand the order over to somebody who lost the code; the buyer is told, and confirms it.

    Raises ReasonNeeded, WrongState, AwaitsTransfer, CashIsNotCollected, EngineUnavailable.
    """
    reason = reason.strip()[:200]
    if len(reason) < SHORTEST_REASON:
        raise ReasonNeeded
    with one_at_a_time(vendor_order.pk):
        _collection(vendor_order, _WAITS)
        with transaction.atomic():
            locked = locked_row(vendor_order)
            _collection(locked, _WAITS)
            _rows(locked).update(without_code=reason)
            audit.record("vendor_order.handed_over_without_code", locked, by=by, reason=reason)
        _ship_the_rest(vendor_order, by)


def finish_collections() -> int:
    """Record as arrived what was handed over with its code when an answer was lost."""
    rows = Collection.objects.crossing(Crossing.SCHEDULED_JOB).filter(
        proven_at__isnull=False, vendor_order__state__in=_OPEN
    )
    finished = 0
    for collection in rows.select_related("vendor_order__order", "vendor_order__cooperative")[:200]:
        with one_at_a_time(collection.pk):
            try:
                _finish(collection.vendor_order, Actor.system("collecting"))
                finished += 1
            except TwizaError:
                continue
    return finished


def _collection(part: VendorOrder, states: tuple[VendorOrderState, ...]) -> Collection:
    """How an order is collected, as it is now; raises unless it is in one of the states."""
    found: Collection | None = (
        _rows(part).select_related("offer", "vendor_order__order").filter(
            vendor_order__state__in=states
        ).first()
    )  # fmt: skip
    if found is None:
        raise WrongState
    if found.vendor_order.order.awaits_transfer:
        raise AwaitsTransfer
    if found.vendor_order.order.payment_method == PaymentMethod.CASH:
        raise CashIsNotCollected
    return found


def _rows(part: VendorOrder) -> QuerySet[Collection]:
    scope = CooperativeScope(part.cooperative_id)
    return Collection.objects.within(scope).filter(vendor_order_id=part.pk)


def _prove(collection: Collection, code: str, by: Actor) -> None:
    """Count the try before the code is compared, so that tries side by side cannot be more."""
    part = collection.vendor_order
    counted = (
        _rows(part).filter(wrong_tries__lt=MOST_WRONG).update(wrong_tries=F("wrong_tries") + 1)
    )
    if not counted:
        raise PickupCodeLocked
    typed = "".join(sign for sign in western_digits(code) if sign in digits)
    if not hmac.compare_digest(typed, collection.code) or not collection.code:
        audit.record("vendor_order.wrong_pickup_code", part, by=by)
        left = MOST_WRONG - _rows(part).values_list("wrong_tries", flat=True).get()
        if not left:
            raise PickupCodeLocked
        raise PickupCodeWrong(left=left)
    with transaction.atomic():
        _rows(part).update(proven_at=timezone.now(), wrong_tries=0, code="")
        audit.record("vendor_order.collected", part, by=by)


def _finish(part: VendorOrder, by: Actor) -> None:
    """Everything that is left is handed over, and all that was has arrived."""
    _ship_the_rest(part, by)
    for parcel in part.parcels.filter(state=ParcelState.SHIPPED):
        record_delivery(
            parcel=parcel,
            kind=EvidenceKind.BUYER,
            occurred_at=timezone.now(),
            reference=f"collection code, typed by {by.name}",
            by=Actor.buyer(part.order_id),
        )


def _ship_the_rest(part: VendorOrder, by: Actor) -> None:
    fresh = VendorOrder.objects.within(CooperativeScope(part.cooperative_id)).get(pk=part.pk)
    if left := fresh.quantities_left:
        ship_parcel(vendor_order=fresh, lines=left, by=by, is_handed_over=True)
