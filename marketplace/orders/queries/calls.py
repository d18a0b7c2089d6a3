"""Cash orders about which a cooperative calls the buyer, to confirm them or to announce them."""

from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from catalog.markets import zone_of
from marketplace.orders.models import (
    CallOutcome,
    PaymentMethod,
    PhoneCall,
    VendorOrder,
    VendorOrderState,
)
from vendors.scoping import Scope

_CALLED_ABOUT = (
    VendorOrderState.PLACED,
    VendorOrderState.CONFIRMED,
    VendorOrderState.PART_SHIPPED,
    VendorOrderState.SHIPPED,
)


def orders_to_call(scope: Scope) -> QuerySet[Any]:
    """Orders of a scope to be paid on delivery that have not ended."""
    rows: QuerySet[Any] = VendorOrder.objects.within(scope)
    return rows.filter(state__in=_CALLED_ABOUT, order__payment_method=PaymentMethod.CASH)


def to_call_today(scope: Scope, market: str) -> QuerySet[Any]:
    """Those that nobody has reached today; who was not reached before comes last.

    The day is that of the market's clock. A buyer who does not want it stays until the order is
    cancelled.
    """
    calls = PhoneCall.objects.within(scope).filter(vendor_order=OuterRef("pk"))
    today = calls.filter(made_at__gte=_beginning_of_today(market))
    rows = orders_to_call(scope).exclude(Exists(today.filter(outcome=CallOutcome.REACHED)))
    rows = rows.annotate(was_tried=Exists(today))
    rows = rows.select_related("order").prefetch_related(
        "lines", "calls__made_by", "parcels__lines"
    )
    found: QuerySet[Any] = rows.order_by("was_tried", "placed_at", "number")
    return found


def _beginning_of_today(market: str) -> datetime:
    now = timezone.localtime(timezone.now(), zone_of(market))
    return now.replace(hour=0, minute=0, second=0, microsecond=0)
