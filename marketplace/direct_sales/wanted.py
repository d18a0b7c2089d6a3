"""What is said of a sale, and whether it can be: quantity, price, means, place and moment."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.amounts import LARGEST_MINOR
from marketplace.core.dated_limits import limit_on
from marketplace.core.days import beginning_of, day_of
from marketplace.direct_sales.errors import ImpossibleSale
from marketplace.direct_sales.models import DirectSale, PaidBy, Place

LIMITS_FILE = Path(__file__).parent / "data" / "limits.csv"


@dataclass(frozen=True)
class Wanted:
    """A sale as the client says it; the price is that of one piece, minor units."""

    quantity: int
    unit_price_minor: int
    paid_by: str
    place: str
    sold_at: datetime

    def fields(self) -> dict[str, Any]:
        """The fields of the table that say it."""
        return {
            "quantity": self.quantity,
            "unit_price_minor": self.unit_price_minor,
            "amount_minor": self.quantity * self.unit_price_minor,
            "paid_by": self.paid_by,
            "place": self.place,
            "sold_at": self.sold_at,
        }

    def content(self) -> dict[str, Any]:
        """As a change keeps it, to be compared."""
        return {
            "quantity": self.quantity,
            "unit_price_minor": self.unit_price_minor,
            "paid_by": self.paid_by,
            "place": self.place,
            "sold_at": self.sold_at.isoformat(),
        }


def limit(name: str, day: date | None = None) -> int:
    """A limit of ``data/limits.csv``, on a day (today by default)."""
    return limit_on(LIMITS_FILE, name, day)


def first_day(today: date) -> date:
    """The earliest day of a sale that is recorded today."""
    return today - timedelta(days=limit("days_back", today))


def moment_on(day: date, zone: ZoneInfo) -> datetime:
    """The moment that stands for a day of which nobody said the hour: its noon."""
    return beginning_of(day, zone) + timedelta(hours=12)


def require_possible(wanted: Wanted, zone: ZoneInfo, before: DirectSale | None = None) -> date:
    """The day of the sale; raises ImpossibleSale with a message for each field.

    ``before`` is the sale that is corrected: its own day is never too long ago.
    """
    today = day_of(timezone.now(), zone)
    sold_on = day_of(wanted.sold_at, zone)
    problems = _problems(wanted)
    is_kept = before is not None and before.sold_on == sold_on
    if sold_on > today:
        problems["sold_on"] = _("This day is still to come.")
    elif sold_on < first_day(today) and not is_kept:
        days = limit("days_back", today)
        problems["sold_on"] = ngettext(
            "A sale can be entered up to %(days)s day later.",
            "A sale can be entered up to %(days)s days later.",
            days,
        ) % {"days": days}
    if problems:
        raise ImpossibleSale(problems)
    return sold_on


def _problems(wanted: Wanted) -> dict[str, str]:
    found = {}
    most = limit("pieces")
    if not 1 <= wanted.quantity <= most:
        found["quantity"] = _("Enter a quantity from 1 to %(most)s.") % {"most": f"{most:,}"}
    elif not 0 <= wanted.unit_price_minor * wanted.quantity <= LARGEST_MINOR:
        found["unit_price"] = _("Enter the price of one piece.")
    if wanted.paid_by not in PaidBy.values:
        found["paid_by"] = _("Choose how it was paid.")
    if wanted.place not in Place.values:
        found["place"] = _("Choose where it was sold.")
    return found
