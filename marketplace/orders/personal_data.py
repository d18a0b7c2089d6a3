"""What this room holds about a buyer, by e-mail addresses that were proven."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.core.actors import Actor
from marketplace.orders.buyer_keys import email_key
from marketplace.orders.models import (
    CheckoutAttempt,
    CheckoutState,
    Complaint,
    Order,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.orders.services.engine_buyer import erase_at_engine
from marketplace.orders.services.erasure import erase_buyer
from vendors.scoping import Crossing

_OVER = (VendorOrderState.DELIVERED, VendorOrderState.CANCELLED)


@dataclass(frozen=True)
class Obstacle:
    """Why a buyer's data cannot be erased yet, and the day it depends on."""

    text: str
    on: date | None = None


def orders_of(emails: Collection[str]) -> QuerySet[Order]:
    """The orders placed with the addresses, the newest first."""
    keys = [key for key in map(email_key, emails) if key]
    return Order.objects.filter(email_key__in=keys).order_by("-placed_at", "pk")


def obstacles(emails: Collection[str]) -> Iterator[Obstacle]:
    """Orders that are under way, and complaints that are open."""
    orders = list(orders_of(emails))
    parts = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).filter(order__in=orders)
    for part in parts.exclude(state__in=_OVER).order_by("placed_at"):
        text = _("Order %(number)s has not been delivered yet.") % {"number": part.number}
        yield Obstacle(text, part.promised_to_on or part.ship_by_on)
    for complaint in _complaints(orders).exclude(state="closed").order_by("asked_at"):
        number = complaint.vendor_order.number
        text = _("A return or complaint about order %(number)s is open.") % {"number": number}
        yield Obstacle(text, complaint.due_on)
    for attempt in _attempts(emails):
        if attempt.state in {CheckoutState.PAYING, CheckoutState.PAID, CheckoutState.COMPLETING}:
            yield Obstacle(_("A payment has begun, and its order is not placed yet."))


def export(emails: Collection[str]) -> dict[str, Any]:
    """Orders with their lines, complaints and mails; checkouts that became no order."""
    return {
        "orders": [_order(order) for order in orders_of(emails)],
        "checkouts": [
            {
                "begun_at": attempt.created_at,
                "state": attempt.state,
                "email": attempt.email,
                "phone": attempt.phone,
                "address": attempt.address.model_dump(),
            }
            for attempt in _attempts(emails)
        ],
    }


def erase(emails: Collection[str]) -> int:
    """Take the buyer out of every order that is over, here and at the engine; returns how many.

    An order that is under way keeps its data: it needs them. Repeating it goes on where it stopped.
    Raises EngineUnavailable.
    """
    by, count = Actor.system("erasure"), 0
    for order in orders_of(emails):
        if not is_open(order):
            erase_at_engine(order=order)
            erase_buyer(order=order, by=by)
            count += 1
    for attempt in _attempts(emails):
        if attempt.state not in {
            CheckoutState.PAYING,
            CheckoutState.PAID,
            CheckoutState.COMPLETING,
        }:
            attempt.delete()
    return count


def is_open(order: Order) -> bool:
    """Whether something of the order is still to be delivered, or is complained about."""
    parts = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).filter(order=order)
    has_open = parts.exclude(state__in=_OVER).exists()
    return has_open or _complaints([order]).exclude(state="closed").exists()


def _complaints(orders: Collection[Order]) -> QuerySet[Complaint]:
    rows = Complaint.objects.crossing(Crossing.BUYER_ORDER).filter(vendor_order__order__in=orders)
    found: QuerySet[Complaint] = rows.select_related("vendor_order")
    return found


def _attempts(emails: Collection[str]) -> list[CheckoutAttempt]:
    """Checkouts with one of the addresses that became no order: the address is encrypted."""
    wanted = {email.strip().lower() for email in emails}
    rows = CheckoutAttempt.objects.exclude(state=CheckoutState.COMPLETED).iterator()
    return [attempt for attempt in rows if attempt.email.strip().lower() in wanted]


def _order(order: Order) -> dict[str, Any]:
    lines = VendorOrderLine.objects.crossing(Crossing.BUYER_ORDER)
    return {
        "number": order.number,
        "placed_at": order.placed_at,
        "name": order.name,
        "email": order.email,
        "phone": order.phone,
        "address": order.address.model_dump() if order.address else None,
        "currency": order.currency,
        "total_minor": order.total_minor,
        "payment_method": order.payment_method,
        "payment_status": order.payment_status,
        "lines": [
            {"title": line.title, "quantity": line.quantity, "total_minor": line.total_minor}
            for line in lines.filter(vendor_order__order=order).order_by("vendor_order", "position")
        ],
        "complaints": [
            {"asked_at": each.asked_at, "reason": each.reason, "text": each.text}
            for each in _complaints([order])
        ],
        "mails": [
            {"about": notice.key, "sent_at": notice.told_at} for notice in order.notices.all()
        ],
    }
