"""What must hold before a run is approved."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.ledger.chart import Cause
from marketplace.ledger.models import LedgerTransaction
from marketplace.payouts.bank_files.numbers import is_valid
from marketplace.payouts.models import (
    BY_STRIPE,
    PayoutHold,
    PayoutLine,
    PayoutRoute,
    PayoutRun,
    Provider,
)
from marketplace.payouts.runs.digest import digest_of
from marketplace.payouts.runs.states import lines_to_pay
from vendors.models import BankAccount
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Check:
    """A check and whether it passed."""

    label: str | Promise
    holds: bool


def checks(run: PayoutRun) -> list[Check]:
    """What must hold for a run to be approved; shown before and checked again on approval."""
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
        _account_numbers(lines),
        Check(
            _("No cooperative in the run is on hold"),
            not any(line.cooperative_id in on_hold for line in lines),
        ),
        Check(
            _("Lines and accounts are unchanged since preparation"),
            digest_of(run, lines) == run.lines_hash,
        ),
    ]


def _account_numbers(lines: list[PayoutLine]) -> Check:
    return Check(
        _("The check digits of every account number are valid"),
        all(
            is_valid(line.account_country, line.account_number)
            for line in lines
            if line.account_number
        ),
    )


def _destinations(run: PayoutRun, lines: list[PayoutLine], scope: ProgrammeScope) -> Check:
    """Whether each line still goes to its cooperative's account, confirmed by two people."""
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
