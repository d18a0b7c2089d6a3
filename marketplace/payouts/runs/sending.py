"""Sending a run through a provider that we call: line by line, killed anywhere, paid once each.

Before each call we write that it is tried, and commit. Called again after a crash with the same
idempotency key, the provider answers as it did; because providers forget keys, a line that was
tried before is first looked for among the payments that were made.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import finance_person
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
    NotNow,
    Progress,
    Refused,
)
from marketplace.payouts.providers.registry import caller_of
from marketplace.payouts.runs.approving import lines_to_pay, locked
from marketplace.payouts.runs.digest import seal
from marketplace.payouts.runs.settling import give_back, settle
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope

MACHINE = Actor.system("payouts")


def send_by_provider(*, run: PayoutRun, by: Actor) -> PayoutRun:
    """Pay an approved run through its provider; may be called again until every line is answered.

    Raises WrongState for another way or step, RunChanged if a line is not what was approved.
    """
    _begin(run, by)
    return pay_open_lines(run)


@transaction.atomic
def _begin(run: PayoutRun, by: Actor) -> None:
    user = finance_person(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run = locked(run)
    if run.provider not in BY_STRIPE or run.state not in {RunState.APPROVED, RunState.SENT}:
        raise WrongState
    if run.state == RunState.SENT:
        return
    if seal(run, lines_to_pay(run)) != run.lines_hash:
        raise RunChanged
    run.state, run.sent_by, run.sent_at = RunState.SENT, user, timezone.now()
    run.save(update_fields=["state", "sent_by", "sent_at"])
    audit.record("payout.send", run, by=by)


def pay_open_lines(run: PayoutRun) -> PayoutRun:
    """Go on with a sent run: pay what was not paid, ask after what is on its way."""
    caller = caller_of(run.provider)
    stuck = ""
    for line_id in _open_lines(run):
        try:
            _go_on(caller, run, line_id)
        except NotNow as later:
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


def _go_on(caller: Caller, run: PayoutRun, line_id: UUID) -> None:
    line, tried = _try(run, line_id)
    if line is None:
        return
    try:
        if line.provider_reference:
            answer = caller.look(line)
        else:
            answer = (caller.find(line) if tried else None) or caller.pay(line)
    except Refused as refused:
        _record_refusal(line, str(refused))
        return
    except NotNow as later:
        if later.sure:
            _count_refusal(line)
        raise
    _record(line, answer)


@transaction.atomic
def _try(run: PayoutRun, line_id: UUID) -> tuple[PayoutLine | None, bool]:
    """The line with the note that it is tried, and whether that was noted before."""
    line = _locked_line(run, line_id)
    if line.state != LineState.READY:
        return None, False
    tried = line.attempted_at is not None
    if not tried:
        line.attempted_at = timezone.now()
        line.save(update_fields=["attempted_at"])
    return line, tried


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
    elif answer.progress is Progress.SENT_BACK:
        give_back(run, line, reason=answer.reason, by=MACHINE, at=now)


@transaction.atomic
def _record_refusal(line: PayoutLine, reason: str) -> None:
    """The provider will never pay there: the money is available again, the cooperative is told."""
    run = locked(line.run)
    if _locked_line(run, line.pk).state == LineState.READY:
        give_back(run, line, reason=reason, by=MACHINE, at=timezone.now())


@transaction.atomic
def _count_refusal(line: PayoutLine) -> None:
    """The next try is a new one: under its old key the provider would repeat its refusal."""
    row = _locked_line(line.run, line.pk)
    row.refusals = line.refusals + 1
    row.save(update_fields=["refusals"])


def _locked_line(run: PayoutRun, line_id: UUID) -> PayoutLine:
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    found: PayoutLine = (
        rows.select_for_update(of=("self",)).select_related("run__programme").get(pk=line_id)
    )
    return found


def look_after_sent_runs(now: datetime | None = None) -> int:
    """What the clock does: every sent run of a called provider goes on; how many there were."""
    sent = PayoutRun.objects.filter(
        state=RunState.SENT, provider__in=[Provider(p) for p in BY_STRIPE]
    )
    if now is not None:
        sent = sent.filter(sent_at__lte=now)
    runs = list(sent.select_related("programme").order_by("sent_at"))
    for run in runs:
        pay_open_lines(run)
    return len(runs)
