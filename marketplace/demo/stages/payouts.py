"""Stage of a year of monthly payouts: prepared by one person, approved by another, settled.

Every step is dated in the past; only the files carry today's date.
"""

import time
from datetime import date, datetime, timedelta

from django.db.models import Q

from marketplace.core.actors import Actor
from marketplace.core.days import day_of
from marketplace.core.models import EventDelivery
from marketplace.demo.accounts import ACCOUNTS
from marketplace.demo.world.cooperatives import MOROCCO
from marketplace.demo.world.orders import ZONE
from marketplace.payouts import services
from marketplace.payouts.errors import NothingToPay
from marketplace.payouts.models import LineState, PayoutLine, PayoutRun, RunState
from vendors.accounts import User
from vendors.models import Cooperative, Programme
from vendors.scoping import Crossing, ProgrammeScope

MONTHS = 11
# Payouts of a month are made on this day of the next one.
DAY = 5
# The bank returned a payment of this month, counted from the latest.
RETURNED_IN = MONTHS - 3
PATIENCE_SECONDS = 600


def make(first: int, last: int, begun_at: datetime) -> None:
    """The payouts of some months, oldest first, for each programme and currency."""
    _wait_for_the_books()
    for month in range(first, last):
        day = _payday(begun_at, month)
        for programme in Programme.objects.order_by("slug"):
            for currency in _currencies(programme):
                _pay(programme, currency, day, returned=month == RETURNED_IN)


def _wait_for_the_books() -> None:
    """Wait until the worker has posted all sales, so that payouts are complete."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    waiting = EventDelivery.objects.filter(
        Q(handler__startswith="marketplace.payouts."), delivered_at__isnull=True
    )
    while waiting.exists() and time.monotonic() < deadline:
        time.sleep(0.5)


def _payday(begun_at: datetime, month: int) -> datetime:
    """The day of payouts ``MONTHS - month`` months ago, in the morning."""
    today = day_of(begun_at, ZONE)
    months = today.year * 12 + today.month - 1 - (today.day <= DAY) - (MONTHS - 1 - month)
    on = date(months // 12, months % 12 + 1, DAY)
    return datetime(on.year, on.month, on.day, 10, tzinfo=ZONE)


def _currencies(programme: Programme) -> list[str]:
    rows = Cooperative.objects.within(ProgrammeScope(programme.pk))
    return sorted(set(rows.values_list("payout_currency", flat=True)))


def _finance(programme: Programme, role: str) -> Actor:
    account = next(a for a in ACCOUNTS if a.programme == programme.slug and a.role == role)
    return User.objects.get(email=account.email).actor


def _pay(programme: Programme, currency: str, day: datetime, *, returned: bool) -> None:
    """One payout from preparation to bank report; completed steps are not repeated."""
    preparer = _finance(programme, "finance_preparer")
    run = PayoutRun.objects.filter(programme=programme, currency=currency, prepared_at=day).first()
    if run is None:
        try:
            run = services.prepare_run(programme=programme, currency=currency, by=preparer, now=day)
        except NothingToPay:
            return
    if run.state == RunState.PREPARED:
        approver = _finance(programme, "finance_approver")
        at = day + timedelta(hours=5)
        run = services.approve_run(run=run, typed_total=run.total_minor, by=approver, at=at)
    if run.state == RunState.APPROVED:
        services.make_bank_file(run=run, by=preparer)
        run.refresh_from_db()
    if run.state == RunState.FILED:
        run = services.mark_sent(run=run, by=preparer, at=day + timedelta(hours=6))
    if run.state == RunState.SENT:
        if returned and programme.slug == MOROCCO:
            _send_one_back(run, preparer, day + timedelta(days=3))
        services.mark_settled(run=run, by=preparer, at=day + timedelta(days=2))


def _send_one_back(run: PayoutRun, by: Actor, at: datetime) -> None:
    lines = PayoutLine.objects.crossing(Crossing.DEMO_WORLD).filter(run=run)
    line = lines.filter(state=LineState.READY).order_by("position").last()
    if line is not None:
        services.mark_returned(line=line, reason="AC04 Compte clos", by=by, at=at)
