"""An order as the holder of its tracking link sees it: the least that is needed."""

from dataclasses import replace
from uuid import UUID

from django.utils import timezone

from marketplace.core.days import day_of
from marketplace.core.hashes import token_hash
from marketplace.orders.errors import LinkNotValid
from marketplace.orders.models import (
    Order,
    Parcel,
    ParcelState,
    TrackingLink,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
    collection_of,
)
from marketplace.orders.queries.pickup import (
    HANDED_OVER,
    READY,
    state_of_collected,
    tracked_pickup,
)
from marketplace.orders.queries.tracked import (
    CAME_BACK,
    CANCELLED,
    DELIVERED,
    ON_THE_WAY,
    PREPARING,
    OrderTracking,
    TrackedLine,
    TrackedParcel,
)
from vendors.queries import ShortProfile, profiles_by_id
from vendors.scoping import Crossing

_STATES: dict[str, str] = {
    ParcelState.SHIPPED: ON_THE_WAY,
    ParcelState.DELIVERED: DELIVERED,
    ParcelState.RETURNED: CAME_BACK,
}


def order_by_token(token: str, *, language: str = "") -> OrderTracking:
    """The order behind a tracking link; raises LinkNotValid (unknown, expired, withdrawn)."""
    order = _link(token).order
    language = language or order.language
    rows = list(
        order.vendor_orders.crossing(Crossing.BUYER_ORDER)
        .select_related("order", "collection__offer")
        .prefetch_related(
            "lines", "parcels__lines__line", "refusals__lines__line", "refusals__lines__substitute"
        )
        .order_by("number")
    )
    profiles = profiles_by_id([row.cooperative_id for row in rows], language)
    parcels: list[TrackedParcel] = []
    for row in rows:
        parcels += _parcels(row, profiles.get(row.cooperative_id), language)
    numbered = [replace(parcel, number=place) for place, parcel in enumerate(parcels, start=1)]
    is_free = not order.shipping_minor and any(
        row.waived_minor or collection_of(row) for row in rows
    )
    refusals = [refusal for row in rows for refusal in row.refusals.all()]
    refused = sum(refusal.amount_minor for refusal in refusals)
    return OrderTracking(
        order,
        numbered,
        order.currency,
        order.total_minor - refused,
        is_delivery_free=is_free,
        refusals=refusals,
    )


def order_of_link(token: str) -> Order:
    """The order behind a tracking link, for papers of it; raises LinkNotValid."""
    return _link(token).order


def parcel_by_token(token: str, parcel_id: UUID) -> Parcel:
    """A parcel of the link's own order; raises LinkNotValid for any other."""
    link = _link(token)
    rows = Parcel.objects.crossing(Crossing.BUYER_ORDER)
    found: Parcel | None = (
        rows.select_related("vendor_order")
        .filter(pk=parcel_id, vendor_order__order_id=link.order_id)
        .first()
    )
    if found is None:
        raise LinkNotValid
    return found


def _link(token: str) -> TrackingLink:
    found = (
        TrackingLink.objects.select_related("order")
        .filter(token_hash=token_hash(token), revoked_at=None, expires_at__gt=timezone.now())
        .first()
    )
    if found is None:
        raise LinkNotValid
    return found


def _parcels(row: VendorOrder, profile: ShortProfile | None, language: str) -> list[TrackedParcel]:
    found = [
        _tracked(row, profile, language, parcel)
        for parcel in row.parcels.all()
        if parcel.state in _STATES
    ]
    in_parcels = {
        held.line_id: held.quantity
        for parcel in row.parcels.all()
        if parcel.state in _STATES
        for held in parcel.lines.all()
    }
    left = any(line.quantity_kept > in_parcels.get(line.pk, 0) for line in row.lines.all())
    if not found or (left and row.state == VendorOrderState.PART_SHIPPED):
        found.append(_tracked(row, profile, language, None))
    return found


# long: one parcel, field by field
def _tracked(
    row: VendorOrder, profile: ShortProfile | None, language: str, parcel: Parcel | None
) -> TrackedParcel:
    lines = list(row.lines.all())
    state = _STATES.get(parcel.state, PREPARING) if parcel else PREPARING
    if parcel is None and row.state == VendorOrderState.CANCELLED:
        state = CANCELLED
    pickup = tracked_pickup(row, language)
    if pickup:
        state = state_of_collected(state, pickup)
    return TrackedParcel(
        parcel_id=parcel.pk if parcel else None,
        vendor_order_id=row.pk,
        number=0,
        cooperative=profile,
        state=state,
        lines=_contents(lines, parcel, state, language),
        tracking_number=parcel.tracking_number if parcel else "",
        carrier=parcel.carrier if parcel else "",
        placed_at=row.placed_at,
        confirmed_at=row.confirmed_at,
        shipped_at=parcel.shipped_at if parcel else None,
        delivered_at=parcel.delivered_at if parcel else None,
        cancelled_at=row.cancelled_at,
        why_cancelled=row.why_cancelled,
        quantity_back=_sent_back(parcel) if parcel and state == DELIVERED else 0,
        from_on=row.promised_from_on,
        to_on=row.promised_to_on,
        is_missed=bool(parcel and parcel.missed_at),
        is_late=state in {PREPARING, ON_THE_WAY} and _is_late(row),
        can_confirm=state in {ON_THE_WAY, HANDED_OVER},
        can_cancel=state in {PREPARING, READY} and not _is_begun(row),
        pickup=pickup,
    )


def _is_begun(row: VendorOrder) -> bool:
    """Whether a parcel of it is being packed or was sent."""
    return any(parcel.state != ParcelState.WITHDRAWN for parcel in row.parcels.all())


def _is_late(row: VendorOrder) -> bool:
    """Whether the promised day is over in the market, and nothing was waiting for the buyer."""
    today = day_of(timezone.now(), row.order.zone)
    is_past = row.promised_to_on is not None and row.promised_to_on < today
    return is_past and not row.order.awaits_transfer


def _sent_back(parcel: Parcel) -> int:
    return sum(min(row.line.quantity_returned, row.quantity) for row in parcel.lines.all())


def _contents(
    lines: list[VendorOrderLine], parcel: Parcel | None, state: str, language: str
) -> list[TrackedLine]:
    """The lines of the parcel, of what was cancelled, or of what is left to ship."""
    if parcel is not None:
        return [_line(row.line, row.quantity, language) for row in parcel.lines.all()]
    if state == CANCELLED:
        return [_line(line, line.quantity, language) for line in lines]
    return [_line(line, line.quantity_left, language) for line in lines if line.quantity_left]


def _line(line: VendorOrderLine, quantity: int, language: str) -> TrackedLine:
    return TrackedLine(
        listing_id=line.listing_id,
        category_slug=line.category_slug,
        title=line.title_in(language),
        quantity=quantity,
        # A voucher is shown below all parcels, not in each line.
        total_minor=line.before_discount_minor * quantity // line.quantity,
    )
