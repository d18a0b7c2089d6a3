"""Orders that are collected: as their buyer sees them, and what waits at a cooperative."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import QuerySet
from django.utils import timezone

from marketplace.orders.models import Collection, VendorOrder, VendorOrderState, collection_of
from marketplace.orders.services.pickup_words import place_of
from vendors.scoping import Scope

# In the place of being prepared and of being on its way.
READY, HANDED_OVER = "ready", "handed_over"
_WAITS = (VendorOrderState.PLACED, VendorOrderState.CONFIRMED)


@dataclass(frozen=True)
class TrackedPickup:
    """Where and when a buyer collects. ``code`` is empty before it is paid and once it was used."""

    place: str
    hours: str
    code: str
    ready_at: datetime | None
    keep_until_on: date | None
    is_handed_over: bool


def tracked_pickup(part: VendorOrder, language: str) -> TrackedPickup | None:
    """How the buyer collects a part; None where it is sent."""
    found = collection_of(part)
    if found is None:
        return None
    waits = part.state in _WAITS
    return TrackedPickup(
        place=place_of(found.offer),
        hours=found.offer.hours_in(language),
        code="" if part.order.awaits_transfer or not waits else found.code,
        ready_at=found.ready_at,
        keep_until_on=found.keep_until_on if waits else None,
        is_handed_over=not waits,
    )


def state_of_collected(state: str, pickup: TrackedPickup) -> str:
    """The state of what is collected in the place of one of what is sent."""
    if state == "on_the_way":
        return HANDED_OVER
    return READY if state == "preparing" and pickup.ready_at else state


def waiting_to_be_collected(scope: Scope) -> QuerySet[Any]:
    """Orders of a cooperative that are ready and were not collected yet."""
    rows: QuerySet[Any] = Collection.objects.within(scope).filter(
        ready_at__isnull=False, vendor_order__state=VendorOrderState.CONFIRMED
    )
    return rows


def not_collected_in_time(scope: Scope, zone: ZoneInfo) -> int:
    """How many of them wait beyond their last day."""
    today = timezone.localdate(timezone.now(), zone)
    return waiting_to_be_collected(scope).filter(keep_until_on__lt=today).count()
