"""When payouts are due, by dated rules; the clock prepares each as a draft, each day once.

The rules stand in ``data/payout_schedules.csv``: ``weekly`` on days (``mon``, ``mon thu``),
``monthly`` on days of the month (``1``, ``1 15``), in the programme's time zone. A programme's own
row goes before the general one. A row without a currency is for every currency in which somebody
has an amount. A draft moves no money to a bank: a person stands for it, another approves it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.dated import holds_on, read_rules, span_of
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Account
from marketplace.payouts.errors import NoPayoutTerms, NothingToPay, RunAlreadyOpen
from marketplace.payouts.models import DueOutcome, DuePayout, PayoutRun, Provider
from marketplace.payouts.runs.preparing import prepare_draft
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

SCHEDULES_FILE = Path(__file__).parent.parent / "data" / "payout_schedules.csv"
CLOCK = Actor.system("payout schedule")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
# A clock that stood still makes up for so many days, not for all of them.
_LOOKS_BACK = 7


class Schedule(NamedTuple):
    """One dated rule."""

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
    """A payout that is due: of whom, in which currency, by which way, since when."""

    programme: Programme
    currency: str
    provider: Provider
    due_on: date


@cache
def known_schedules() -> tuple[Schedule, ...]:
    """The rules of the file; raises ValueError, with the line, for a row that is none."""
    return read_rules(SCHEDULES_FILE, _schedule)


def schedules_of(programme: Programme, on: date) -> list[Schedule]:
    """The rules for a programme on a day: its own, and the general ones of other ways."""
    held = [
        rule
        for rule in known_schedules()
        if rule.programme in {"", programme.slug} and holds_on(on, rule.valid_from, rule.valid_to)
    ]
    own = {rule.provider for rule in held if rule.programme}
    return [rule for rule in held if rule.programme or rule.provider not in own]


def due_payouts(programme: Programme, now: datetime) -> Iterator[Due]:
    """The newest day of each rule on which a payout was due and that nothing came of yet."""
    today = now.astimezone(ZoneInfo(programme.time_zone)).date()
    for rule in schedules_of(programme, today):
        days = [today - timedelta(days=back) for back in range(_LOOKS_BACK)]
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
    """The next day on which the schedule prepares a bank file; None without a schedule."""
    today = (now or timezone.now()).astimezone(ZoneInfo(programme.time_zone)).date()
    rules = [r for r in schedules_of(programme, today) if r.provider == Provider.BANK_BATCH]
    days = (today + timedelta(days=ahead) for ahead in range(1, 32))
    return next((day for day in days if any(rule.wants(day) for rule in rules)), None)


def programme_began(programme: Programme) -> date:
    """The day of its first books: nothing was due before."""
    opened = programme.book.opened_at if hasattr(programme, "book") else timezone.now()
    return opened.astimezone(ZoneInfo(programme.time_zone)).date()


def prepare_due(now: datetime | None = None) -> list[DuePayout]:
    """Prepare what is due in every programme; what came of each is written with it."""
    at = now or timezone.now()
    return [
        made
        for programme in Programme.objects.select_related("book").order_by("slug")
        for due in list(due_payouts(programme, at))
        if (made := _prepare(due, at)) is not None
    ]


@transaction.atomic
def _prepare(due: Due, at: datetime) -> DuePayout | None:
    # Two clocks at once: one of them waits here, and then finds the day done.
    Programme.objects.select_for_update().get(pk=due.programme.pk)
    row = DuePayout(
        programme=due.programme,
        currency=due.currency,
        provider=due.provider,
        due_on=due.due_on,
        done_at=at,
    )
    done = DuePayout.objects.filter(
        programme=due.programme, currency=due.currency, provider=due.provider, due_on=due.due_on
    )
    if done.exists():
        return None
    try:
        row.outcome, row.run = _outcome(due, at)
    except RunAlreadyOpen:
        return None  # Asked again in an hour; the doctor says that the one before is not finished.
    row.save()
    return row


def _outcome(due: Due, at: datetime) -> tuple[DueOutcome, PayoutRun | None]:
    try:
        with transaction.atomic():
            run = prepare_draft(
                programme=due.programme,
                currency=due.currency,
                provider=due.provider,
                by=CLOCK,
                now=at,
            )
    except NothingToPay:
        return DueOutcome.NOTHING, None
    except NoPayoutTerms:
        return DueOutcome.NO_TERMS, None
    return DueOutcome.PREPARED, run


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
