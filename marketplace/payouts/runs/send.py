"""Sends a run through a provider's API, line by line; interrupted anywhere, each is paid once.

Before each call the attempt is recorded and committed. The call has an idempotency key, so that a
repeated call gets the first one's response; because providers forget keys, a line attempted before
is first searched among the payments that were made.

After commit of a returned line, its cooperative is told by mail (``PayoutReturned``).
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import require_permission
from marketplace.payouts.errors import RunChanged, WrongState
from marketplace.payouts.models import (
    BY_STRIPE,
    LineState,
    PayoutLine,
    PayoutRun,
    Provider,
    RunState,
)
from marketplace.payouts.providers.base import (
    Answer,
    Caller,
    PayoutRefused,
    Progress,
    RetryLater,
)
from marketplace.payouts.providers.registry import caller_of
from marketplace.payouts.runs.digest import digest_of
from marketplace.payouts.runs.return_payment import return_payment
from marketplace.payouts.runs.settle import settle
from marketplace.payouts.runs.states import lines_to_pay, locked
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope

MACHINE = Actor.system("payouts")


def send_by_provider(*, run: PayoutRun, by: Actor) -> PayoutRun:
    """Pay an approved run through its provider; may be repeated until no line is open.

    Raises WrongState for another payout method or state, RunChanged if a line is not as approved.
    """
    _begin(run, by)
    return pay_open_lines(run)


@transaction.atomic
def _begin(run: PayoutRun, by: Actor) -> None:
    user = require_permission(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run = locked(run)
    if run.provider not in BY_STRIPE or run.state not in {RunState.APPROVED, RunState.SENT}:
        raise WrongState
    if run.state == RunState.SENT:
        return
    if digest_of(run, lines_to_pay(run)) != run.lines_hash:
        raise RunChanged
    run.state, run.sent_by, run.sent_at = RunState.SENT, user, timezone.now()
    run.save(update_fields=["state", "sent_by", "sent_at"])
    audit.record("payout.send", run, by=by)


def pay_open_lines(run: PayoutRun) -> PayoutRun:
    """Resume a sent run: pay its open lines, and poll those in transit."""
    caller = caller_of(run.provider)
    stuck = ""
    for line_id in _open_lines(run):
        try:
            _resume(caller, run, line_id)
        except RetryLater as later:
            stuck = later.reason
            break
    PayoutRun.objects.filter(pk=run.pk).exclude(stuck_reason=stuck[:200]).update(
        stuck_reason=stuck[:200]
    )
    run.refresh_from_db()
    return run


def _open_lines(run: PayoutRun) -> list[UUID]:
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    ready = rows.filter(state=LineState.READY).order_by("position")
    return list(ready.values_list("pk", flat=True))


def _resume(caller: Caller, run: PayoutRun, line_id: UUID) -> None:
    line, was_attempted = _record_attempt(run, line_id)
    if line is None:
        return
    try:
        if line.provider_reference:
            answer = caller.status(line)
        else:
            answer = (caller.find(line) if was_attempted else None) or caller.pay(line)
    except PayoutRefused as refused:
        _return_refused(line, str(refused))
        return
    except RetryLater as later:
        if later.is_definite:
            _count_refusal(line)
        raise
    _record(line, answer)


@transaction.atomic
def _record_attempt(run: PayoutRun, line_id: UUID) -> tuple[PayoutLine | None, bool]:
    """The open line, and whether an attempt was recorded before; (None, False) if it is closed."""
    line = _locked_line(run, line_id)
    if line.state != LineState.READY:
        return None, False
    was_attempted = line.attempted_at is not None
    if not was_attempted:
        line.attempted_at = timezone.now()
        line.save(update_fields=["attempted_at"])
    return line, was_attempted


@transaction.atomic
def _record(line: PayoutLine, answer: Answer) -> None:
    run, now = locked(line.run), timezone.now()
    line = _locked_line(run, line.pk)
    if line.state != LineState.READY:
        return
    line.provider_reference = answer.reference
    line.save(update_fields=["provider_reference"])
    if answer.progress is Progress.PAID:
        settle(run, {line.pk}, by=MACHINE, at=now)
    elif answer.progress is Progress.RETURNED:
        return_payment(run, line, reason=answer.reason, by=MACHINE, at=now)


@transaction.atomic
def _return_refused(line: PayoutLine, reason: str) -> None:
    """The provider refuses for good: the money is available again."""
    run = locked(line.run)
    if _locked_line(run, line.pk).state == LineState.READY:
        return_payment(run, line, reason=reason, by=MACHINE, at=timezone.now())


@transaction.atomic
def _count_refusal(line: PayoutLine) -> None:
    """Changes the idempotency key: under the old one the provider would repeat its refusal."""
    row = _locked_line(line.run, line.pk)
    row.refusals = line.refusals + 1
    row.save(update_fields=["refusals"])


def _locked_line(run: PayoutRun, line_id: UUID) -> PayoutLine:
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    found: PayoutLine = (
        rows.select_for_update(of=("self",)).select_related("run__programme").get(pk=line_id)
    )
    return found


def resume_sent_runs(now: datetime | None = None) -> int:
    """Resume every sent run of a provider called through an API; returns how many there were."""
    sent = PayoutRun.objects.filter(
        state=RunState.SENT, provider__in=[Provider(p) for p in BY_STRIPE]
    )
    if now is not None:
        sent = sent.filter(sent_at__lte=now)
    runs = list(sent.select_related("programme").order_by("sent_at"))
    for run in runs:
        pay_open_lines(run)
    return len(runs)
