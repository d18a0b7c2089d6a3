"""What proves that a parcel arrived, and what follows from it."""

from datetime import datetime, timedelta

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.orders.delivery_timeouts import days_until_time_out
from marketplace.orders.errors import NotShippedYet, OwnWordIsNotEvidence, WrongState
from marketplace.orders.events import DeliveredLine, ParcelDelivered
from marketplace.orders.models import (
    EvidenceKind,
    Parcel,
    ParcelLine,
    ParcelState,
    VendorOrder,
)
from marketplace.orders.services.amounts import worth
from marketplace.orders.services.states import refresh_state
from marketplace.orders.services.vendor_orders import locked_row
from marketplace.orders.shipping_rates import Place, zone_of
from vendors.models import Membership
from vendors.scoping import CooperativeScope, Crossing

_ARRIVED = (ParcelState.DELIVERED,)
# Which machine or person may bring which evidence.
_BROUGHT_BY = {
    EvidenceKind.BUYER: {"buyer", "system"},
    EvidenceKind.CARRIER_FILE: {"user", "system"},
    EvidenceKind.STAFF: {"user", "system"},
    EvidenceKind.TIME_OUT: {"system"},
}


def record_delivery(
    *, parcel: Parcel, kind: str, occurred_at: datetime, reference: str = "", by: Actor
) -> Parcel:
    """Record evidence that a parcel arrived; the first releases its money (ParcelDelivered, once).

    Raises OwnWordIsNotEvidence for a member of the selling cooperative and for any kind that is
    not evidence, NotShippedYet, and WrongState for a parcel that came back.
    """
    if kind not in EvidenceKind.values:
        raise OwnWordIsNotEvidence
    _refuse_own_word(parcel, EvidenceKind(kind), by)
    with transaction.atomic():
        vendor_order = locked_row(parcel.vendor_order)
        parcel.refresh_from_db()
        if parcel.state == ParcelState.PREPARING:
            raise NotShippedYet
        if parcel.state not in {ParcelState.SHIPPED, ParcelState.DELIVERED}:
            raise WrongState
        _, is_new = parcel.evidence.get_or_create(
            kind=kind,
            defaults={
                "occurred_at": occurred_at,
                "recorded_by": by.name,
                "reference": reference[:160],
            },
        )
        if is_new:
            audit.record("parcel.delivered", parcel, by=by, kind=kind, reference=reference)
        if parcel.state == ParcelState.SHIPPED:
            _arrive(parcel, vendor_order, kind, occurred_at)
    return parcel


def report_missing(*, parcel: Parcel, by: Actor) -> Parcel:
    """The buyer says that nothing came: the time-out rule no longer speaks for the parcel."""
    with transaction.atomic():
        locked_row(parcel.vendor_order)
        parcel.refresh_from_db()
        if parcel.state != ParcelState.SHIPPED:
            raise WrongState
        if parcel.missed_at is None:
            parcel.missed_at = timezone.now()
            parcel.save(update_fields=["missed_at"])
            audit.record("parcel.reported_missing", parcel, by=by)
    return parcel


def apply_time_out(*, now: datetime | None = None) -> int:
    """Record as delivered what was sent long ago without a complaint; returns how many parcels."""
    now = now or timezone.now()
    waiting = (
        Parcel.objects.crossing(Crossing.SCHEDULED_JOB)
        .filter(state=ParcelState.SHIPPED, missed_at__isnull=True)
        .select_related("vendor_order__order", "vendor_order__cooperative")
        .order_by("shipped_at")
    )
    recorded = 0
    for parcel in waiting[:1000]:
        due_at = _time_out_of(parcel)
        if due_at is not None and due_at <= now:
            record_delivery(
                parcel=parcel,
                kind=EvidenceKind.TIME_OUT,
                occurred_at=due_at,
                by=Actor.system("delivery time-out"),
            )
            recorded += 1
    return recorded


def _time_out_of(parcel: Parcel) -> datetime | None:
    order, seller = parcel.vendor_order.order, parcel.vendor_order.cooperative
    if parcel.shipped_at is None:
        return None
    zone = zone_of(
        Place(seller.country_code, seller.region_code), Place(order.country_code, order.region_code)
    )
    days = days_until_time_out(zone, parcel.shipped_at.date())
    return parcel.shipped_at + timedelta(days=days) if days is not None else None


def _refuse_own_word(parcel: Parcel, kind: EvidenceKind, by: Actor) -> None:
    if by.kind not in _BROUGHT_BY[kind]:
        raise OwnWordIsNotEvidence
    if by.kind != "user":
        return
    scope = CooperativeScope(parcel.vendor_order.cooperative_id)
    if Membership.objects.within(scope).filter(user_id=by.id).exists():
        raise OwnWordIsNotEvidence


def _arrive(parcel: Parcel, vendor_order: VendorOrder, kind: str, at: datetime) -> None:
    # The first parcel to arrive carries the whole price of delivery, so it is counted once.
    is_first = not vendor_order.parcels.filter(state__in=_ARRIVED).exists()
    parcel.state = ParcelState.DELIVERED
    parcel.delivered_at = at
    parcel.save(update_fields=["state", "delivered_at"])
    lines = [_deliver_line(parcel_line) for parcel_line in parcel.lines.select_related("line")]
    refresh_state(vendor_order)
    publish(
        ParcelDelivered(
            aggregate_id=vendor_order.pk,
            occurred_at=at,
            parcel_id=parcel.pk,
            vendor_order_id=vendor_order.pk,
            order_id=vendor_order.order_id,
            cooperative_id=vendor_order.cooperative_id,
            programme_id=vendor_order.programme_id,
            currency=vendor_order.currency,
            goods_minor=sum(line.amount_minor for line in lines),
            shipping_minor=vendor_order.shipping_minor if is_first else 0,
            payment_method=vendor_order.order.payment_method,
            evidence=kind,
            lines=lines,
        )
    )


def _deliver_line(parcel_line: ParcelLine) -> DeliveredLine:
    line = parcel_line.line
    amount = worth(line, already=line.quantity_delivered, more=parcel_line.quantity)
    line.quantity_delivered += parcel_line.quantity
    line.save(update_fields=["quantity_delivered"])
    return DeliveredLine(line_id=line.pk, quantity=parcel_line.quantity, amount_minor=amount)
