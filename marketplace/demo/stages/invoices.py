"""Stage of commission invoices of past months."""

from datetime import datetime, timedelta

from marketplace.core.days import day_of
from marketplace.demo.stages import BY, payers
from marketplace.demo.stages.people import FIRST_DAY
from marketplace.demo.world.orders import ZONE
from marketplace.payouts.documents.issue_commission_invoices import issue_for_month
from vendors.models import Programme

MONTHS = 11


def make(first: int, last: int, begun_at: datetime) -> None:
    """Number series before the first month; then each month's invoices, dated the next first."""
    for programme in Programme.objects.order_by("slug"):
        payers.name(programme, FIRST_DAY)
        for month in range(first, last):
            issued_at = _first_of(begun_at, MONTHS - 1 - month)
            of = (issued_at - timedelta(days=1)).date()
            issue_for_month(programme=programme, month=of, by=BY, now=issued_at)


def _first_of(begun_at: datetime, months_ago: int) -> datetime:
    today = day_of(begun_at, ZONE)
    months = today.year * 12 + today.month - 1 - months_ago
    return datetime(months // 12, months % 12 + 1, 1, 9, tzinfo=ZONE)
