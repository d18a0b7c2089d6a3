"""What a cooperative has paid for deliveries that were free for buyers."""

from dataclasses import dataclass

from django.db.models import Count, Sum

from marketplace.orders.models import VendorOrder, VendorOrderState
from vendors.scoping import Scope


@dataclass(frozen=True)
class WaivedSum:
    """Orders with a free delivery, and the carriers' prices of them, in minor units."""

    currency: str
    orders: int
    amount_minor: int


def waived_sums(scope: Scope) -> list[WaivedSum]:
    """By currency, without what was cancelled."""
    rows = VendorOrder.objects.within(scope).filter(waived_minor__gt=0)
    found = (
        rows.exclude(state=VendorOrderState.CANCELLED)
        .values_list("currency")
        .annotate(orders=Count("pk"), amount=Sum("waived_minor"))
        .order_by("currency")
    )
    return [WaivedSum(currency, orders, amount) for currency, orders, amount in found]
