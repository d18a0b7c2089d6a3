"""What this room holds about a buyer, by e-mail addresses and phones that were proven."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from marketplace.core.actors import Actor
from marketplace.orders.buyer_proofs import (
    Proof,
    contacts_without_email,
    orders_by,
    plain_name,
)
from marketplace.orders.models import (
    CheckoutAttempt,
    CheckoutState,
    Complaint,
    Order,
    SavedAddress,
    VendorOrder,
    VendorOrderLine,
    VendorOrderState,
)
from marketplace.orders.services.engine_buyer import erase_at_engine
from marketplace.orders.services.erasure import erase_buyer
from vendors.accounts import User
from vendors.scoping import Crossing

_OVER = (VendorOrderState.DELIVERED, VendorOrderState.CANCELLED)
_PAYING = {CheckoutState.PAYING, CheckoutState.PAID, CheckoutState.COMPLETING}


@dataclass(frozen=True)
class Obstacle:
    """Why a buyer's data cannot be erased yet, and the day it depends on."""

    text: str
    on: date | None = None


def orders_of(proof: Proof) -> QuerySet[Order]:
    """A buyer's orders, the newest first."""
    return orders_by(proof).order_by("-placed_at", "pk")


def obstacles(proof: Proof) -> Iterator[Obstacle]:
    """Orders that are under way, and complaints that are open."""
    orders = list(orders_of(proof))
    parts = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).filter(order__in=orders)
    for part in parts.exclude(state__in=_OVER).order_by("placed_at"):
        text = _("Order %(number)s has not been delivered yet.") % {"number": part.number}
        yield Obstacle(text, part.promised_to_on or part.ship_by_on)
    for complaint in _complaints(orders).exclude(state="closed").order_by("asked_at"):
        number = complaint.vendor_order.number
        text = _("A return or complaint about order %(number)s is open.") % {"number": number}
        yield Obstacle(text, complaint.due_on)
    for attempt in _attempts(proof):
        if attempt.state in _PAYING:
            yield Obstacle(_("A payment has begun, and its order is not placed yet."))


def export(proof: Proof) -> dict[str, Any]:
    """Orders with their lines, complaints and mails; checkouts that became no order."""
    return {
        "orders": [_order(order) for order in orders_of(proof)],
        "checkouts": [
            {
                "begun_at": attempt.created_at,
                "state": attempt.state,
                "email": attempt.email,
                "phone": attempt.phone,
                "address": attempt.address.model_dump(),
                "gift_message": attempt.gift_message,
                "note": attempt.note,
                "company_name": attempt.company_name,
                "company_number": attempt.company_number,
                "purchase_order": attempt.purchase_order,
            }
            for attempt in _attempts(proof)
        ],
    }


def erase(proof: Proof) -> int:
    """Take the buyer out of every order that is over, here and at the engine; returns how many.

    An order that is under way keeps its data: it needs them. Repeating it goes on where it stopped.
    Raises EngineUnavailable.
    """
    by, count = Actor.system("erasure"), 0
    # First, as those without an address are found by the orders.
    for attempt in _attempts(proof):
        if attempt.state not in _PAYING:
            attempt.delete()
    for order in orders_of(proof):
        if not is_open(order):
            erase_at_engine(order=order)
            erase_buyer(order=order, by=by)
            count += 1
    return count


def export_addresses(user: User) -> list[dict[str, Any]]:
    """The addresses that an account keeps."""
    rows = SavedAddress.objects.filter(user=user)
    return [
        {"label": row.label, "saved_at": row.saved_at, "address": row.address.model_dump()}
        for row in rows
    ]


def erase_addresses(user: User) -> int:
    """Delete the addresses that an account keeps; returns how many."""
    return SavedAddress.objects.filter(user=user).delete()[0]


def is_open(order: Order) -> bool:
    """Whether something of the order is still to be delivered, or is complained about."""
    parts = VendorOrder.objects.crossing(Crossing.BUYER_ORDER).filter(order=order)
    has_open = parts.exclude(state__in=_OVER).exists()
    return has_open or _complaints([order]).exclude(state="closed").exists()


def _complaints(orders: Collection[Order]) -> QuerySet[Complaint]:
    rows = Complaint.objects.crossing(Crossing.BUYER_ORDER).filter(vendor_order__order__in=orders)
    found: QuerySet[Complaint] = rows.select_related("vendor_order")
    return found


def _attempts(proof: Proof) -> list[CheckoutAttempt]:
    """Checkouts of the buyer that became no order: what tells is encrypted, so each is read."""
    wanted = {email.strip().lower() for email in proof.emails}
    contacts = contacts_without_email(Order.objects.filter(pk__in=proof.order_ids))
    rows = CheckoutAttempt.objects.exclude(state=CheckoutState.COMPLETED).iterator()
    return [attempt for attempt in rows if _is_of(attempt, wanted, contacts)]


def _is_of(attempt: CheckoutAttempt, emails: set[str], contacts: set[tuple[str, str]]) -> bool:
    if attempt.email:
        return attempt.email.strip().lower() in emails
    return bool(contacts) and (attempt.phone, plain_name(attempt.address.name)) in contacts


def _order(order: Order) -> dict[str, Any]:
    lines = VendorOrderLine.objects.crossing(Crossing.BUYER_ORDER)
    return {
        "number": order.number,
        "placed_at": order.placed_at,
        "name": order.name,
        "email": order.email,
        "phone": order.phone,
        "address": order.address.model_dump() if order.address else None,
        "gift_message": order.gift_message,
        "note": order.note,
        "company_name": order.company_name,
        "company_number": order.company_number,
        "purchase_order": order.purchase_order,
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
