"""Cash parcels that were not paid at the door, by carrier and commune."""

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from marketplace.orders.models import Parcel, ParcelState, PaymentMethod
from vendors.scoping import Scope

LOOKED_BACK = timedelta(days=180)
# The latest parcels that are counted: addresses are encrypted, so each is read.
MOST = 5_000


@dataclass(frozen=True)
class CashRefusals:
    """How many cash parcels of a carrier to a commune ended, and how many of them came back."""

    carrier: str
    town: str
    ended: int
    refused: int

    @property
    def pk(self) -> str:
        """What tells one row from another."""
        return f"{self.carrier}\0{self.town}"

    @property
    def percent(self) -> int:
        """The share that came back, in whole percent."""
        return round(100 * self.refused / self.ended)


def cash_refusals(scope: Scope) -> list[CashRefusals]:
    """Of the last half year, the most refused first; without orders whose buyers were erased."""
    rows = Parcel.objects.within(scope).filter(
        state__in=[ParcelState.DELIVERED, ParcelState.RETURNED],
        shipped_at__gt=timezone.now() - LOOKED_BACK,
        vendor_order__order__payment_method=PaymentMethod.CASH,
    )
    ended: Counter[tuple[str, str]] = Counter()
    refused: Counter[tuple[str, str]] = Counter()
    names: dict[tuple[str, str], tuple[str, str]] = {}
    for parcel in rows.select_related("vendor_order__order").order_by("-shipped_at")[:MOST]:
        address = parcel.vendor_order.order.address
        if address is None:
            continue
        carrier, town = parcel.carrier.strip(), " ".join(address.city.split())
        key = (carrier.casefold(), town.casefold())
        names.setdefault(key, (carrier, town))
        ended[key] += 1
        refused[key] += parcel.state == ParcelState.RETURNED and parcel.delivered_at is None
    found = [CashRefusals(*names[key], ended[key], refused[key]) for key in ended if refused[key]]
    return sorted(found, key=lambda row: (-row.refused, -row.percent, row.carrier, row.town))
