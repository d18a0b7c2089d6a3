"""The carriers' weekly remittances of cash on delivery."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from marketplace.core.days import day_of
from marketplace.core.money import Money
from marketplace.demo.stages import BY
from marketplace.demo.world.orders import ZONE
from marketplace.orders.models import VendorOrder
from marketplace.payments import services as payments
from marketplace.payments.models import RemittanceLine
from vendors.models import Programme
from vendors.scoping import Crossing

WEEKS = 53
CARRIER = "Transporteur de démonstration"
# A carrier remits the week's cash some days after its end.
CASH_DAYS = 5


def remit_cash(first: int, last: int, begun_at: datetime) -> None:
    """Import the carriers' files week by week: cash is remitted some days after delivery."""
    today = day_of(begun_at, ZONE)
    monday = today - timedelta(days=today.weekday())
    for week in range(first, last):
        begins = monday - timedelta(weeks=WEEKS - 1 - week)
        received = begins + timedelta(days=7 + CASH_DAYS)
        if received <= today:
            for programme in Programme.objects.all():
                _remit_week(programme, begins, received)


def _remit_week(programme: Programme, begins: date, received: date) -> None:
    starts = timezone.make_aware(datetime.combine(begins, time()), ZONE)
    found = (
        VendorOrder.objects.crossing(Crossing.DEMO_WORLD)
        .filter(programme=programme, state="delivered", order__payment_method="cod")
        .filter(
            parcels__delivered_at__gte=starts, parcels__delivered_at__lt=starts + timedelta(days=7)
        )
        .distinct()
    )
    remitted = set(
        RemittanceLine.objects.crossing(Crossing.DEMO_WORLD)
        .filter(vendor_order_id__in=[row.pk for row in found])
        .values_list("vendor_order_id", flat=True)
    )
    by_currency: dict[str, list[VendorOrder]] = {}
    for row in found:
        if row.pk not in remitted:
            by_currency.setdefault(row.currency, []).append(row)
    for currency, rows in by_currency.items():
        payments.record_remittance(
            programme=programme,
            carrier=CARRIER,
            reference=f"VIR-{received:%Y%m%d}-{currency}",
            received_on=received,
            content=_file(rows).encode(),
            by=BY,
        )


def _file(rows: Iterable[VendorOrder]) -> str:
    lines = ["order,amount"]
    for row in sorted(rows, key=lambda r: r.number):
        due = Money(payments.due_at_door(row), row.currency)
        lines.append(f"{row.number},{due.decimal}")
    return "\n".join(lines) + "\n"
