"""Up to which amount one person refunds alone, as dated rules.

They stand in ``data/refund_limits.csv``, in the currency's main unit: all refunds of an order
within ``within_days`` together count against ``alone``, and all that one person refunded alone
within 24 hours, of whichever orders, against ``alone_a_day``. What is above waits ``open_days`` for
a second person. A programme's own row goes before the general one. A currency without a row takes
two persons for every refund.
"""

from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from marketplace.core.dated import Row, read_rules, rule_on, span_of
from marketplace.core.money import Money

FILE = Path(__file__).resolve().parent / "data" / "refund_limits.csv"
# For a currency without a rule.
UNKNOWN_OPEN = timedelta(days=7)


class RefundLimit(NamedTuple):
    """One rule; amounts in minor units of ``currency``."""

    valid_from: date
    valid_to: date | None
    programme: str
    currency: str
    alone_minor: int
    within: timedelta
    day_minor: int
    open_for: timedelta


@cache
def known_limits() -> tuple[RefundLimit, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(FILE, _limit_of)


def refund_limit(currency: str, *, programme: str = "", on: date | None = None) -> RefundLimit:
    """The rule of a programme (its slug) and a currency on a day (today by default)."""
    day = on or timezone.localdate()
    fitting = (
        rule
        for rule in known_limits()
        if rule.currency == currency and rule.programme in {"", programme}
    )
    unknown = RefundLimit(day, None, "", currency, 0, UNKNOWN_OPEN, 0, UNKNOWN_OPEN)
    return rule_on(fitting, day, is_own=lambda rule: bool(rule.programme)) or unknown


def _limit_of(row: Row) -> RefundLimit:
    valid_from, valid_to = span_of(row)
    currency, days = row["currency"], (int(row["within_days"]), int(row["open_days"]))
    alone, a_day = (
        Money.from_decimal(Decimal(row[name]), currency).amount_minor
        for name in ("alone", "alone_a_day")
    )
    if min(alone, a_day) < 0 or min(days) < 1 or not row["source"].strip():
        raise ValueError("an amount, the days or the source are missing or wrong")
    return RefundLimit(
        valid_from,
        valid_to,
        row["programme"],
        currency,
        alone,
        timedelta(days=days[0]),
        a_day,
        timedelta(days=days[1]),
    )
