"""Record that a parcel arrived, with evidence: that releases the cooperative's money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.events import publish_all
from marketplace.orders.delivery_timeouts import days_until_time_out
from marketplace.orders.errors import NotShippedYet, OwnWordIsNotEvidence, WrongState
from marketplace.orders.events import DeliveredLine, ParcelDelivered
from marketplace.orders.locks import locked_row
from marketplace.orders.models import (
    DeliveryEvidence,
    EvidenceKind,
    Parcel,
    ParcelLine,
    ParcelState,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.orders.services.amounts import worth
from marketplace.orders.services.states import refresh_states
from marketplace.orders.shipping_rates import Place, zone_of
from vendors.queries import belongs_to
from vendors.scoping import Crossing

_ARRIVED = (ParcelState.DELIVERED,)
# Which kind of actor may bring which evidence.
_MAY_BRING = {
    EvidenceKind.BUYER: {"buyer", "system"},
    EvidenceKind.CARRIER_FILE: {"user", "system"},
    EvidenceKind.STAFF: {"user", "system"},
    EvidenceKind.TIME_OUT: {"system"},
}


@dataclass(frozen=True)
class Arrival:
    """Evidence that a parcel arrived, and who brought it."""

    parcel: Parcel
    kind: str
    occurred_at: datetime
    by: Actor
    reference: str = ""


def record_delivery(
    *, parcel: Parcel, kind: str, occurred_at: datetime, reference: str = "", by: Actor
) -> Parcel:
    """Record evidence that a parcel arrived; the first releases its money (ParcelDelivered, once).

    Raises OwnWordIsNotEvidence for a member or adviser of the selling cooperative and for any kind
    that is not evidence, NotShippedYet, and WrongState for a parcel that came back.
    """
    record_deliveries([Arrival(parcel, kind, occurred_at, by, reference)])
    parcel.refresh_from_db()
    return parcel


def record_deliveries(arrivals: Sequence[Arrival]) -> None:
    """Record evidence of many parcels, all or none, each as ``record_delivery`` and in order."""
    for arrival in arrivals:
        if arrival.kind not in EvidenceKind.values:
            raise OwnWordIsNotEvidence
        _check_evidence(arrival.parcel, EvidenceKind(arrival.kind), arrival.by)
    with transaction.atomic():
        parcels = _locked(arrivals)
        _keep_evidence(parcels, arrivals)
        changed = {
            arrival.parcel.pk: arrival
            for arrival in reversed(arrivals)
            if parcels[arrival.parcel.pk].state == ParcelState.SHIPPED
        }
        first_come = [a for a in arrivals if changed.get(a.parcel.pk) is a]
        publish_all([_arrive(parcels[a.parcel.pk], a.kind, a.occurred_at) for a in first_come])
        _save([parcels[arrival.parcel.pk] for arrival in first_come])


def _locked(arrivals: Sequence[Arrival]) -> dict[UUID, Parcel]:
    """The parcels as they are now with all that belongs to them, their vendor orders locked."""
    wanted = sorted({arrival.parcel.vendor_order_id for arrival in arrivals})
    rows = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).filter(pk__in=wanted)
    parts = (
        rows.order_by("pk")
        .select_for_update(of=("self",))
        .select_related("order")
        .prefetch_related("lines", "parcels__lines")
    )
    found: dict[UUID, Parcel] = {}
    for part in parts:
        lines = {line.pk: line for line in part.lines.all()}
        for parcel in part.parcels.all():
            parcel.vendor_order = part
            for row in parcel.lines.all():
                row.line = lines[row.line_id]
            found[parcel.pk] = parcel
    for arrival in arrivals:
        parcel = found[arrival.parcel.pk]
        if parcel.state == ParcelState.PREPARING:
            raise NotShippedYet
        if parcel.state not in {ParcelState.SHIPPED, ParcelState.DELIVERED}:
            raise WrongState
    return found


def _keep_evidence(parcels: dict[UUID, Parcel], arrivals: Sequence[Arrival]) -> None:
    """Add evidence that is not there yet, once for each kind and parcel."""
    rows = DeliveryEvidence.objects.crossing(Crossing.BUYER_ORDER)
    known = set(
        rows.filter(parcel_id__in=[a.parcel.pk for a in arrivals]).values_list("parcel_id", "kind")
    )
    new = {
        (a.parcel.pk, a.kind): a for a in reversed(arrivals) if (a.parcel.pk, a.kind) not in known
    }
    DeliveryEvidence.objects.create_all(
        [
            DeliveryEvidence(
                parcel=parcels[arrival.parcel.pk],
                kind=arrival.kind,
                occurred_at=arrival.occurred_at,
                recorded_by=arrival.by.name,
                reference=arrival.reference[:160],
            )
            for arrival in new.values()
        ]
    )
    audit.record_all(
        "parcel.delivered",
        [(a.parcel, a.by, {"kind": a.kind, "reference": a.reference}) for a in new.values()],
    )


def report_missing(*, parcel: Parcel, by: Actor) -> Parcel:
    """The buyer says that nothing arrived: the time-out no longer applies to the parcel."""
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
    """Record as delivered what was shipped long ago without a complaint; returns how many."""
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
    order, cooperative = parcel.vendor_order.order, parcel.vendor_order.cooperative
    if parcel.shipped_at is None:
        return None
    zone = zone_of(
        Place(cooperative.country_code, cooperative.region_code),
        Place(order.country_code, order.region_code),
    )
    days = days_until_time_out(zone, day_of(parcel.shipped_at, order.zone))
    return parcel.shipped_at + timedelta(days=days) if days is not None else None


def _check_evidence(parcel: Parcel, kind: EvidenceKind, by: Actor) -> None:
    if by.kind not in _MAY_BRING[kind]:
        raise OwnWordIsNotEvidence
    if by.kind != "user":
        return
    if belongs_to(parcel.vendor_order.cooperative_id, int(by.id)):
        raise OwnWordIsNotEvidence


def _arrive(parcel: Parcel, kind: str, at: datetime) -> ParcelDelivered:
    """Note on the loaded rows that a parcel arrived; its event."""
    vendor_order = parcel.vendor_order
    # The first parcel to arrive carries the whole price of delivery, so it is counted once.
    is_first = not any(row.state in _ARRIVED for row in vendor_order.parcels.all())
    parcel.state, parcel.delivered_at = ParcelState.DELIVERED, at
    lines = [_deliver_line(parcel_line) for parcel_line in parcel.lines.all()]
    return ParcelDelivered(
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
        waived_minor=vendor_order.waived_minor if is_first else 0,
        payment_method=vendor_order.order.payment_method,
        evidence=kind,
        lines=lines,
    )


def _deliver_line(parcel_line: ParcelLine) -> DeliveredLine:
    line = parcel_line.line
    amount = worth(line, already=line.quantity_delivered, more=parcel_line.quantity)
    line.quantity_delivered += parcel_line.quantity
    return DeliveredLine(line_id=line.pk, quantity=parcel_line.quantity, amount_minor=amount)


def _save(arrived: Sequence[Parcel]) -> None:
    lines = {row.line_id: row.line for parcel in arrived for row in parcel.lines.all()}
    Parcel._base_manager.bulk_update(arrived, ["state", "delivered_at"])  # noqa: SLF001
    VendorOrderLine._base_manager.bulk_update(lines.values(), ["quantity_delivered"])  # noqa: SLF001
    refresh_states({parcel.vendor_order_id: parcel.vendor_order for parcel in arrived}.values())
