"""Approving: another person, the total typed, and exactly the lines that were prepared."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.ledger.permissions import finance_person
from marketplace.payouts.bank_files.numbers import is_valid
from marketplace.payouts.errors import RunChanged, SamePerson, TotalMismatch, WrongState
from marketplace.payouts.models import (
    BY_STRIPE,
    LineState,
    PayoutHold,
    PayoutLine,
    PayoutRoute,
    PayoutRun,
    Provider,
    RunState,
)
from marketplace.payouts.runs.digest import seal
from marketplace.payouts.runs.preparing import move_all
from vendors.models import BankAccount
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Check:
    """Something looked at before approval, and whether it holds."""

    label: str | Promise
    holds: bool


def locked(run: PayoutRun) -> PayoutRun:
    """The run's row as it is now, locked until the transaction ends."""
    return PayoutRun.objects.select_for_update().get(pk=run.pk)


def lines_to_pay(run: PayoutRun) -> list[PayoutLine]:
    """The lines that this run pays, by position."""
    lines = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    unpaid = [LineState.HELD, LineState.CARRIED]
    return list(lines.exclude(state__in=unpaid).order_by("position"))


def checks(run: PayoutRun) -> list[Check]:
    """What must hold for a run to be approved; all of it is looked at again on approval."""
    lines = lines_to_pay(run)
    scope = ProgrammeScope(run.programme_id)
    reserved = (
        LedgerTransaction.objects.within(scope)
        .filter(cause=Cause.PAYOUT_RESERVED, payout_line_id__in=[line.pk for line in lines])
        .count()
    )
    held = PayoutHold.objects.within(scope).filter(lifted_at__isnull=True)
    on_hold = set(held.values_list("cooperative_id", flat=True))
    return [
        Check(
            _("The lines add up to the total"),
            sum(line.amount_minor for line in lines) == run.total_minor,
        ),
        Check(_("The amount of every line is reserved, exactly once"), reserved == len(lines)),
        _destinations(run, lines, scope),
        Check(
            _("The check digits of every account number are valid"),
            all(
                is_valid(line.account_country, line.account_number)
                for line in lines
                if line.account_number
            ),
        ),
        Check(
            _("No cooperative in the run is on hold"),
            not any(line.cooperative_id in on_hold for line in lines),
        ),
        Check(
            _("Lines and accounts are unchanged since preparation"),
            seal(run, lines) == run.lines_hash,
        ),
    ]


def _destinations(run: PayoutRun, lines: list[PayoutLine], scope: ProgrammeScope) -> Check:
    """Whether each line still goes where its cooperative is paid, confirmed by two people."""
    if run.provider in BY_STRIPE:
        routes = PayoutRoute.objects.within(scope).filter(
            replaced_at__isnull=True, confirmed_at__isnull=False, provider=run.provider
        )
        known = dict(routes.values_list("cooperative_id", "destination"))
        return Check(
            _("Every account with the provider is confirmed and unchanged"),
            all(known.get(line.cooperative_id) == line.destination for line in lines),
        )
    accounts = {
        account.pk: account.number
        for account in BankAccount.objects.within(scope).filter(
            replaced_at__isnull=True, confirmed_at__isnull=False
        )
    }
    return Check(
        _("Every bank account is confirmed and unchanged"),
        all(
            accounts.get(line.bank_account_id) == line.account_number
            for line in lines
            if line.bank_account_id or run.provider == Provider.BANK_BATCH
        ),
    )


@transaction.atomic
def approve_run(
    *, run: PayoutRun, typed_total: int, by: Actor, at: datetime | None = None
) -> PayoutRun:
    """Approve a prepared run; ``typed_total`` is in minor units of the run's currency.

    Only an operator's command passes ``at`` (now by default).

    Raises SamePerson, TotalMismatch, RunChanged, WrongState, Forbidden; nothing changes then.
    """
    user = finance_person(by, run.programme, StaffPermission.PAYOUT_APPROVE)
    run = locked(run)
    if run.state != RunState.PREPARED:
        raise WrongState
    if run.prepared_by_id == user.pk:
        raise SamePerson
    if typed_total != run.total_minor:
        raise TotalMismatch
    if not all(check.holds for check in checks(run)):
        raise RunChanged
    run.state, run.approved_by = RunState.APPROVED, user
    run.approved_at = at or timezone.now()
    run.save(update_fields=["state", "approved_by", "approved_at"])
    audit.record(
        "payout.approve", run, by=by, total_minor=run.total_minor, lines_hash=run.lines_hash
    )
    return run


@transaction.atomic
def send_back(*, run: PayoutRun, remark: str, by: Actor) -> PayoutRun:
    """Give a run back before it is approved: its money is available again. Raises WrongState."""
    permission = StaffPermission.PAYOUT_APPROVE
    if by.id == str(run.prepared_by_id) or run.state == RunState.DRAFT:
        permission = StaffPermission.PAYOUT_PREPARE
    finance_person(by, run.programme, permission)
    run = locked(run)
    if run.state not in {RunState.DRAFT, RunState.PREPARED}:
        raise WrongState
    now = timezone.now()
    lines = lines_to_pay(run)
    move_all(lines, run, Cause.PAYOUT_FREED, AccountCode.IN_RUN, AccountCode.RELEASED, at=now)
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id))
    rows.filter(pk__in=[line.pk for line in lines]).update(state=LineState.FREED)
    run.state, run.sent_back_at, run.remark = RunState.SENT_BACK, now, remark[:300]
    run.save(update_fields=["state", "sent_back_at", "remark"])
    audit.record("payout.send_back", run, by=by, remark=run.remark)
    return run
