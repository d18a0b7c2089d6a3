"""How long a buyer may send goods back without a reason: dated data by the buyer's country.

``data/return_periods.csv``: a row holds from ``valid_from`` until the day before ``valid_to``
(empty: until further notice); the row without a country is the programme's own promise, for
countries of which no rule is recorded. ``counted`` is ``calendar`` or ``working`` days. What
perishes or was made to order is excepted everywhere. These are defaults, not legal advice.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from marketplace.core.dated import read_rules, rule_on, span_of

PERIODS_FILE = Path(__file__).parent / "data" / "return_periods.csv"
_COUNTED = {"calendar", "working"}


class ReturnPeriod(NamedTuple):
    """A country's rule: so many days from the arrival of the goods."""

    valid_from: date
    valid_to: date | None
    country: str
    days: int
    counted: str
    source: str

    @property
    def in_working_days(self) -> bool:
        """Whether days of rest do not count."""
        return self.counted == "working"


@cache
def known_periods() -> tuple[ReturnPeriod, ...]:
    """The rules of the file."""
    return read_periods(PERIODS_FILE)


def read_periods(path: Path) -> tuple[ReturnPeriod, ...]:
    """Read a file of rules; raises ValueError, with the line, for a row that is none."""
    return read_rules(path, _period)


def return_period(
    country: str, on: date, known: Sequence[ReturnPeriod] | None = None
) -> ReturnPeriod:
    """The rule for a buyer of a country who orders on a day.

    Raises LookupError when not even the programme's own promise holds then.
    """
    periods = known_periods() if known is None else known
    fitting = (period for period in periods if period.country in {"", country})
    found = rule_on(fitting, on, is_own=lambda period: bool(period.country))
    if found is None:
        raise LookupError(f"No return period is known for {country or 'anybody'} on {on}.")
    return found


def _period(row: dict[str, str]) -> ReturnPeriod:
    days, (valid_from, valid_to) = int(row["days"]), span_of(row)
    if days < 1 or row["counted"] not in _COUNTED or not row["source"].strip():
        raise ValueError("the days, how they are counted or the source is missing or wrong")
    return ReturnPeriod(
        valid_from=valid_from,
        valid_to=valid_to,
        country=row["country"],
        days=days,
        counted=row["counted"],
        source=row["source"],
    )
