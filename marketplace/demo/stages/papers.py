"""By which numbers the programmes issue invoices, and the commission invoices of past months.

The numbers have the form and control digits that the law's have, belong to nobody, and say so.
"""

from datetime import datetime, timedelta

from marketplace.demo.stages import BY
from marketplace.demo.stages.people import FIRST_DAY
from marketplace.demo.world.chance import stream
from marketplace.demo.world.cooperatives import MOROCCO, NEIGHBOURS
from marketplace.demo.world.legal_numbers import ice, tax_number
from marketplace.demo.world.orders import ZONE
from marketplace.payouts.papers.commission import issue_for_month
from vendors import services
from vendors.models import PayerIdentifier, Programme

MONTHS = 11
SOURCE = "invented number of the demo"


def make(first: int, last: int, begun_at: datetime) -> None:
    """Numbers before the first month; then each month's invoices, as on the first of the next."""
    for programme in Programme.objects.order_by("slug"):
        _name(programme)
        for month in range(first, last):
            issued_at = _first_of(begun_at, MONTHS - 1 - month)
            of = (issued_at - timedelta(days=1)).date()
            issue_for_month(programme=programme, month=of, by=BY, now=issued_at)


def _first_of(begun_at: datetime, months_ago: int) -> datetime:
    today = begun_at.astimezone(ZONE).date()
    months = today.year * 12 + today.month - 1 - months_ago
    return datetime(months // 12, months % 12 + 1, 1, 9, tzinfo=ZONE)


def _name(programme: Programme) -> None:
    if PayerIdentifier.objects.filter(programme=programme).exists():
        return
    chance = stream("legal", programme.slug)
    numbers = {
        MOROCCO: {
            "ice": ice(chance),
            "if": tax_number(chance),
            "rc": f"Rabat {tax_number(chance)[:6]} (démo)",
            "address": "1, rue imaginaire, 10000 Rabat (démo)",
        },
        NEIGHBOURS: {
            "tax_id": f"{tax_number(chance)} (démo)",
            "address": "1, rue imaginaire, 1000 Tunis (démo)",
            "vat_exemption": "Exonération inventée pour la démo",
        },
    }[programme.slug]
    for kind, value in numbers.items():
        services.set_payer_identifier(
            programme=programme, kind=kind, value=value, valid_from=FIRST_DAY, source=SOURCE, by=BY
        )
