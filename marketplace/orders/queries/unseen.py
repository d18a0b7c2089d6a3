"""Orders that nobody at the cooperative seems to have seen, so that somebody calls.

After how many hours without a confirmation that is so is dated data
(``data/order_attention.csv``); where nobody can sign in or be mailed, at once.
"""

from datetime import datetime, timedelta
from pathlib import Path

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils import timezone

from marketplace.core.dated_limits import limit_on
from marketplace.orders.models import (
    PaymentMethod,
    PaymentStatus,
    VendorOrder,
    VendorOrderState,
)
from vendors.queries import has_shipping_member

LIMITS_FILE = Path(__file__).parents[1] / "data" / "order_attention.csv"


def patience(now: datetime) -> timedelta:
    """How long a new order may stay without a confirmation."""
    return timedelta(hours=limit_on(LIMITS_FILE, "unconfirmed_hours", now.date()))


def unseen(rows: QuerySet[VendorOrder], now: datetime | None = None) -> QuerySet[VendorOrder]:
    """Of vendor orders those that are not confirmed in time, or of which nobody could be told.

    The time runs from the mail to the cooperative, else from the order. One that waits for its
    bank transfer is nobody's task yet.
    """
    now = now or timezone.now()
    awaits_transfer = Q(
        order__payment_method=PaymentMethod.BANK, order__payment_status=PaymentStatus.PENDING
    )
    asked = rows.filter(state=VendorOrderState.PLACED).exclude(awaits_transfer)
    return asked.annotate(asked_at=Coalesce(F("notified_at"), F("placed_at"))).filter(
        Q(asked_at__lt=now - patience(now)) | ~has_shipping_member("cooperative")
    )


def is_unseen(vendor_order: VendorOrder) -> bool:
    """Whether one vendor order is such."""
    rows = VendorOrder.objects.within(vendor_order.cooperative.scope)
    return bool(unseen(rows.filter(pk=vendor_order.pk)).exists())
