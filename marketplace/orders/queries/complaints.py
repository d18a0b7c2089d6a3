"""Reads of complaints: what may be complained about, lists of a scope, one behind a link."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import QuerySet, Sum
from django.utils import timezone

from marketplace.core.days import day_of
from marketplace.orders.complaint_errors import ComplaintNotFound
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import (
    Complaint,
    ComplaintOutcome,
    ComplaintPhoto,
    ComplaintState,
    EvidenceKind,
    Order,
    ParcelState,
    PaymentMethod,
    VendorOrder,
    VendorOrderLine,
)
from marketplace.orders.services.amounts import worth
from vendors.scoping import Crossing, Scope


def claimable_lines(vendor_order: VendorOrder) -> list[tuple[VendorOrderLine, int]]:
    """Lines with units that arrived and were neither claimed, returned nor refunded, and how many.

    What was returned or refunded beside complaints is known by its number only, so that units that
    never arrived are taken out of it first.
    """
    found = [(line, _claimable(line)) for line in vendor_order.lines.all()]
    return [(line, left) for line, left in found if left > 0]


def _claimable(line: VendorOrderLine) -> int:
    came_back = _sum(
        line.parcel_lines.filter(parcel__state=ParcelState.RETURNED).aggregate(n=Sum("quantity"))
    )
    untold = _sum(line.returns.filter(engine_returned_at=None).aggregate(n=Sum("quantity")))
    by_complaint = _sum(line.returns.exclude(complaint_id=None).aggregate(n=Sum("quantity")))
    returned = line.quantity_returned + untold - came_back - by_complaint
    closed = line.complaints.filter(complaint__outcome=ComplaintOutcome.REFUNDED)
    by_refund = _sum(closed.aggregate(n=Sum("quantity")))
    never_sent = line.quantity - line.quantity_shipped
    # Of an order that is paid on delivery, what was refused was never paid, nor refunded.
    if line.vendor_order.order.payment_method == PaymentMethod.CASH:
        never_sent -= line.quantity_refused
    refunded = line.quantity_refunded - never_sent - came_back - by_refund
    beside = max(0, returned, refunded)
    return line.quantity_delivered - line.quantity_claimed - beside


def _sum(found: dict[str, int | None]) -> int:
    return found["n"] or 0


def delivered_at(vendor_order: VendorOrder) -> datetime | None:
    """When the last parcel of it arrived that has; None while none has."""
    arrived = vendor_order.parcels.filter(state=ParcelState.DELIVERED, delivered_at__isnull=False)
    return arrived.order_by("-delivered_at").values_list("delivered_at", flat=True).first()


def is_confirmed(vendor_order: VendorOrder) -> bool:
    """Whether the buyer has said of every delivered parcel that it arrived."""
    arrived = vendor_order.parcels.filter(state=ParcelState.DELIVERED)
    return not arrived.exclude(evidence__kind=EvidenceKind.BUYER).exists()


def claimed_minor(complaint: Complaint) -> int:
    """The price of a complaint's units, in minor units of the order's currency."""
    return sum(worth(row.line, already=0, more=row.quantity) for row in complaint.lines.all())


def is_whole_order(complaint: Complaint) -> bool:
    """Whether a complaint is about every unit of its vendor order."""
    claimed = {row.line_id: row.quantity for row in complaint.lines.all()}
    lines = complaint.vendor_order.lines.all()
    return all(line.quantity == claimed.get(line.pk) for line in lines)


@dataclass(frozen=True)
class Claim:
    """What an open complaint is about: the price of its units, in minor units of the order's."""

    vendor_order_id: UUID
    amount_minor: int
    asked_at: datetime


def claims_of(cooperative_ids: Collection[UUID]) -> list[Claim]:
    """What open complaints against cooperatives concern; of a partial refund agreed, its amount."""
    rows = Complaint.objects.crossing(Crossing.LEDGER_POSTING)
    found = still_unsettled(rows).filter(vendor_order__cooperative_id__in=cooperative_ids)
    return [
        Claim(row.vendor_order_id, _concerned_minor(row), row.asked_at)
        for row in found.prefetch_related("lines__line")
    ]


def _concerned_minor(row: Complaint) -> int:
    return row.amount_minor if row.is_refunding and row.amount_minor else claimed_minor(row)


def complaints(scope: Scope) -> QuerySet[Complaint]:
    """Complaints of a scope with their orders and cooperatives, for a list."""
    rows: QuerySet[Complaint] = Complaint.objects.within(scope)
    return rows.select_related("vendor_order__order", "vendor_order__cooperative")


def complaint(scope: Scope, complaint_id: UUID) -> Complaint:
    """One of them with lines, photographs and steps; raises ComplaintNotFound."""
    rows = complaints(scope).prefetch_related("lines__line", "photos", "steps")
    found = rows.filter(pk=complaint_id).first()
    if found is None:
        raise ComplaintNotFound
    return found


def complaint_photo(scope: Scope, complaint_id: UUID, position: int) -> ComplaintPhoto:
    """A photograph of a complaint of a scope; raises ComplaintNotFound."""
    return _photo(complaint(scope, complaint_id), position)


def complaints_of_order(order: Order) -> list[Complaint]:
    """All complaints of a buyer's order, oldest first."""
    rows = Complaint.objects.crossing(Crossing.BUYER_ORDER).filter(vendor_order__order=order)
    found = rows.select_related("vendor_order__cooperative").order_by("asked_at")
    return list(found)


def complaint_of_order(order: Order, complaint_id: UUID) -> Complaint:
    """A complaint of a buyer's own order; raises LinkNotValid."""
    rows = Complaint.objects.crossing(Crossing.BUYER_ORDER).filter(vendor_order__order=order)
    found: Complaint | None = (
        rows.select_related("vendor_order__order", "vendor_order__cooperative")
        .prefetch_related("lines__line", "photos", "steps")
        .filter(pk=complaint_id)
        .first()
    )
    if found is None:
        raise LinkNotValid
    return found


def made_before(vendor_order: VendorOrder, key: str) -> Complaint | None:
    """The complaint of a request that was sent before, by its form's key."""
    try:
        found: Complaint | None = vendor_order.complaints.filter(request_key=UUID(key)).first()
    except ValueError:
        return None
    return found


def photo_of_order(order: Order, complaint_id: UUID, position: int) -> ComplaintPhoto:
    """A photograph of a complaint of a buyer's own order; raises LinkNotValid."""
    try:
        return _photo(complaint_of_order(order, complaint_id), position)
    except ComplaintNotFound as missing:
        raise LinkNotValid from missing


def vendor_order_of(order: Order, vendor_order_id: UUID) -> VendorOrder:
    """A vendor order of a buyer's own order; raises LinkNotValid."""
    rows = order.vendor_orders.crossing(Crossing.BUYER_ORDER)
    found: VendorOrder | None = (
        rows.select_related("order", "cooperative").filter(pk=vendor_order_id).first()
    )
    if found is None:
        raise LinkNotValid
    return found


def waiting_for_cooperative(scope: Scope) -> int:
    """How many complaints of a scope wait for the cooperative."""
    rows = Complaint.objects.within(scope).exclude(state=ComplaintState.CLOSED)
    waits = for_cooperative(rows)
    return int(waits.count())


def for_cooperative(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those that wait for the cooperative: for its reply, a return, a repair or an exchange."""
    agreed = rows.filter(
        state__in=[ComplaintState.ACCEPTED, ComplaintState.DECIDED],
        refund_due_at__isnull=True,
        carried_out_at__isnull=True,
    )
    return rows.filter(state=ComplaintState.ASKED) | agreed


def for_mediator(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those that wait for the programme's mediator."""
    return rows.filter(state=ComplaintState.MEDIATION)


def still_unsettled(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those that are not closed."""
    return rows.exclude(state=ComplaintState.CLOSED)


def overdue(rows: QuerySet[Complaint]) -> QuerySet[Complaint]:
    """Those whose date has passed."""
    return still_unsettled(rows).filter(due_on__lt=timezone.localdate())


def is_late(row: Complaint) -> bool:
    """Whether a complaint's date has passed, by the clock of the order's market."""
    zone = row.vendor_order.order.zone
    return row.is_open and row.due_on is not None and row.due_on < day_of(timezone.now(), zone)


def _photo(found: Complaint, position: int) -> ComplaintPhoto:
    photo: ComplaintPhoto | None = found.photos.filter(position=position).first()
    if photo is None:
        raise ComplaintNotFound
    return photo
