"""Payout schedules: when payouts are due, by dated rules.

The rules are in ``data/payout_schedules.csv``: ``weekly`` on days (``mon``, ``mon thu``),
``monthly`` on days of the month (``1``, ``1 15``), in the programme's time zone. A programme's own
row precedes the general one. A row without a currency applies to every currency in which a
cooperative has an available amount.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from marketplace.core.dated import holds_on, read_rules, span_of
from marketplace.core.days import day_of
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Account
from marketplace.payouts.models import DuePayout, Provider
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

SCHEDULES_FILE = Path(__file__).parent.parent / "data" / "payout_schedules.csv"


_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


# After an outage, payouts of so many past days are made up for.
_LOOK_BACK_DAYS = 7


class Schedule(NamedTuple):
    """One dated rule; ``days`` are weekday names or days of the month."""

    valid_from: date
    valid_to: date | None
    programme: str
    currency: str
    provider: Provider
    rhythm: str
    days: frozenset[str]
    source: str

    def wants(self, day: date) -> bool:
        """Whether a payout is due on a day."""
        if not holds_on(day, self.valid_from, self.valid_to):
            return False
        name = _WEEKDAYS[day.weekday()] if self.rhythm == "weekly" else str(day.day)
        return name in self.days


@dataclass(frozen=True)
class Due:
    """A payout that is due since ``due_on``."""

    programme: Programme
    currency: str
    provider: Provider
    due_on: date


@cache
def known_schedules() -> tuple[Schedule, ...]:
    """The rules of the file; raises ValueError with the line of an invalid row."""
    return read_rules(SCHEDULES_FILE, _schedule)


def schedules_of(programme: Programme, on: date) -> list[Schedule]:
    """A programme's rules on a day: its own, and the general ones for other payout methods."""
    in_force = [
        rule
        for rule in known_schedules()
        if rule.programme in {"", programme.slug} and holds_on(on, rule.valid_from, rule.valid_to)
    ]
    own = {rule.provider for rule in in_force if rule.programme}
    return [rule for rule in in_force if rule.programme or rule.provider not in own]


def due_payouts(programme: Programme, now: datetime) -> Iterator[Due]:
    """For each rule its latest due day, unless a payout was prepared for it."""
    today = day_of(now, programme.time_zone)
    for rule in schedules_of(programme, today):
        days = [today - timedelta(days=back) for back in range(_LOOK_BACK_DAYS)]
        due_on = next((day for day in days if rule.wants(day)), None)
        if due_on is None or due_on < programme_began(programme):
            continue
        for currency in [rule.currency] if rule.currency else _currencies(programme):
            done = DuePayout.objects.filter(
                programme=programme, currency=currency, provider=rule.provider, due_on=due_on
            )
            if not done.exists():
                yield Due(programme, currency, rule.provider, due_on)


def next_due(programme: Programme, now: datetime | None = None) -> date | None:
    """The next due day of a bank file; None without a schedule."""
    today = day_of(now or timezone.now(), programme.time_zone)
    rules = [r for r in schedules_of(programme, today) if r.provider == Provider.BANK_BATCH]
    days = (today + timedelta(days=ahead) for ahead in range(1, 32))
    return next((day for day in days if any(rule.wants(day) for rule in rules)), None)


def programme_began(programme: Programme) -> date:
    """The day on which its book was opened; nothing was due before."""
    opened = programme.book.opened_at if hasattr(programme, "book") else timezone.now()
    return day_of(opened, programme.time_zone)


def _currencies(programme: Programme) -> list[str]:
    accounts = Account.objects.within(ProgrammeScope(programme.pk))
    found = accounts.filter(code=AccountCode.RELEASED).order_by("currency")
    return list(found.values_list("currency", flat=True).distinct())


def _schedule(row: dict[str, str]) -> Schedule:
    valid_from, valid_to = span_of(row)
    days = frozenset(row["days"].split())
    allowed = set(_WEEKDAYS) if row["rhythm"] == "weekly" else {str(n) for n in range(1, 29)}
    if row["rhythm"] not in {"weekly", "monthly"} or not days or days - allowed:
        raise ValueError("the rhythm is weekly on weekdays, or monthly on days 1 to 28")
    return Schedule(
        valid_from,
        valid_to,
        row["programme"],
        row["currency"],
        Provider(row["provider"]),
        row["rhythm"],
        days,
        row["source"],
    )
