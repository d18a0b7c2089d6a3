"""Limits of cash on delivery: dated, per region and cooperative.

Staff set a programme's limits on a page (``CashLimit``); an operator may set some for the whole
deployment in a file (``TWIZA_CASH_LIMITS``, else ``data/cash_limits.csv``, which is empty). Each
holds for a currency, and for a region (ISO 3166-2) or a cooperative (its slug) or both if it names
them; empty means every one. ``most`` in the file is in the currency's main unit; 0 means no cash
there. Of all that hold for an order the lowest counts, against the order's whole total.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from marketplace.core.dated import Row, holds_on, read_rules, span_of
from marketplace.core.money import Money
from marketplace.payments import models
from marketplace.payments.checkouts import Payable

FILE = Path(__file__).resolve().parent / "data" / "cash_limits.csv"


@dataclass(frozen=True)
class CashLimit:
    """One limit; ``most_minor`` in minor units of ``currency``."""

    currency: str
    region: str
    cooperative: str
    most_minor: int
    valid_from: date
    valid_to: date | None

    def concerns(self, payable: Payable) -> bool:
        """Whether the row is about this checkout's currency, place and cooperatives."""
        return (
            self.currency == payable.currency
            and self.region in {"", payable.region_code}
            and (not self.cooperative or self.cooperative in payable.cooperative_slugs)
        )


def most_in_cash(payable: Payable, on: date | None = None) -> int | None:
    """The highest total that may be paid at the door, in minor units; None without a limit."""
    day = on or timezone.localdate()
    found = [
        limit.most_minor
        for limit in (*limits(settings.CASH_LIMITS), *_of_the_cooperatives(payable))
        if holds_on(day, limit.valid_from, limit.valid_to) and limit.concerns(payable)
    ]
    return min(found, default=None)


def _of_the_cooperatives(payable: Payable) -> list[CashLimit]:
    """What the programmes of the cooperatives have set."""
    rows = models.CashLimit.objects.filter(
        currency=payable.currency, programme__cooperatives__slug__in=payable.cooperative_slugs
    ).distinct()
    return [
        CashLimit(
            row.currency,
            row.region_code,
            row.cooperative_slug,
            row.most_minor,
            row.valid_from,
            row.valid_to,
        )
        for row in rows
    ]


@cache
def limits(path: str) -> tuple[CashLimit, ...]:
    """The rows of a file (ours when none is named); raises ValueError for a row that is none."""
    return read_rules(Path(path) if path else FILE, _limit_of)


def _limit_of(row: Row) -> CashLimit:
    most = Money.from_decimal(row["most"], row["currency"])
    return CashLimit(
        row["currency"], row["region"], row["cooperative"], most.amount_minor, *span_of(row)
    )
