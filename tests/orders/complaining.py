"""Complaints in tests: an order that arrived, and what its buyer asks."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.orders.models import Complaint, Order, VendorOrder
from marketplace.orders.services import complaints
from marketplace.orders.services.record_delivery import record_delivery
from marketplace.orders.services.ship import ship_parcel
from tests.orders.world import World
from vendors.models import Cooperative, Membership, User
from vendors.scoping import Crossing


def arrived(
    world: World,
    order: Order,
    cooperative: Cooperative,
    *,
    kind: str = "staff",
    at: datetime | None = None,
) -> VendorOrder:
    """A cooperative's part of an order, sent and delivered."""
    part = world.part(order, cooperative)
    parcel = ship_parcel(
        vendor_order=part,
        lines={line.pk: line.quantity for line in part.lines.all()},
        tracking_number="CP1",
        carrier="Amana",
        by=Actor.system("test"),
    )
    when = at or timezone.now()
    record_delivery(parcel=parcel, kind=kind, occurred_at=when, by=Actor.system("test"))
    return world.part(order, cooperative)


def asked(part: VendorOrder, quantity: int | None = None, **changes: Any) -> Complaint:
    """A complaint about the first line of a part: all of it unless told otherwise."""
    line = part.lines.get()
    given: dict[str, Any] = {
        "quantities": {line.pk: quantity or line.quantity},
        "reason": "damaged",
        "text": "Une déchirure au milieu",
        "key": uuid4(),
        "by": Actor.buyer(part.order_id),
        **changes,
    }
    return complaints.ask(vendor_order=part, **given)


def settled_member(cooperative: Cooperative, user: User) -> User:
    """A member who joined long ago, and so agrees to refunds alone."""
    rows = Membership.objects.within(cooperative.scope).filter(user=user)
    rows.update(created_at=datetime(2025, 1, 1, tzinfo=timezone.get_current_timezone()))
    return user


def now(complaint: Complaint | UUID) -> Complaint:
    """The complaint as it is now."""
    key = complaint if isinstance(complaint, UUID) else complaint.pk
    rows = Complaint.objects.crossing(Crossing.POLICY)
    found: Complaint = rows.select_related("vendor_order__order", "vendor_order__cooperative").get(
        pk=key
    )
    return found
