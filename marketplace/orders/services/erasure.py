"""Forgetting buyers: at their wish, and when the time of the retention rules has passed.

Amounts, lines and postings stay: they name nobody.
"""

import logging
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.core.private_files import delete_private
from marketplace.orders.events import BuyerErased
from marketplace.orders.models import CheckoutAttempt, Complaint, ComplaintPhoto, Order, OrderClaim
from marketplace.orders.retention import CHECKOUT, ORDER_CONTACT, days_kept
from marketplace.orders.services.engine_buyer import erase_at_engine
from marketplace.orders.services.tracking_links import revoke_links
from marketplace.saleor.errors import EngineRefused, EngineUnavailable
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

_ABOUT_THE_BUYER = (
    "name",
    "email",
    "email_key",
    "phone",
    "phone_key",
    "address_json",
    "gift_message",
    "note",
    "company_name",
    "company_number",
    "purchase_order",
)


def erase_buyer(*, order: Order, by: Actor) -> None:
    """Take name, e-mail, phone, address and words out of an order, and end its tracking links."""
    with transaction.atomic():
        revoke_links(order=order, by=by)
        CheckoutAttempt.objects.filter(order_id=order.pk).delete()
        order.cash_contacts.all().delete()
        order.text_messages.all().delete()
        order.lookups.all().delete()
        OrderClaim.objects.filter(order=order).delete()
        _erase_complaints(order)
        for field in _ABOUT_THE_BUYER:
            setattr(order, field, "")
        order.save(update_fields=_ABOUT_THE_BUYER)
        audit.record("order.buyer_erased", order, by=by)
        now = timezone.now()
        publish(BuyerErased(aggregate_id=order.pk, occurred_at=now, order_id=order.pk))


def _erase_complaints(order: Order) -> None:
    """What the buyer wrote and photographed; the steps stay, they name no buyer."""
    rows = Complaint.objects.crossing(Crossing.BUYER_ORDER).filter(vendor_order__order=order)
    for row in rows.exclude(text=""):
        row.text = ""
        row.save(update_fields=["text"])
    photos = ComplaintPhoto.objects.crossing(Crossing.BUYER_ORDER)
    for photo in photos.filter(complaint__vendor_order__order=order):
        photo.delete()
        transaction.on_commit(partial(delete_private, photo.stored_at))


def purge_personal_data(*, now: datetime | None = None) -> int:
    """Erase what the retention rules no longer allow to keep; returns how many orders and tries."""
    now = now or timezone.now()
    by = Actor.system("retention")
    old = now - timedelta(days=days_kept(CHECKOUT, now.date()))
    count, _ = CheckoutAttempt.objects.filter(updated_at__lt=old).delete()
    old = now - timedelta(days=days_kept(ORDER_CONTACT, now.date()))
    # The address is encrypted, so that only its emptiness can be asked for.
    for order in Order.objects.filter(placed_at__lt=old).exclude(address_json="")[:1000]:
        try:
            erase_at_engine(order=order)
        except EngineUnavailable:
            break  # the next night goes on
        except EngineRefused:
            logger.exception("The engine keeps the buyer of order %s", order.number)
        erase_buyer(order=order, by=by)
        count += 1
    return count
