"""Whether a share is paid in a run: the first reason against it is the one that is told."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.payouts.bank_files.names import is_payable_name
from marketplace.payouts.models import BY_STRIPE, LineState, PayoutRun, Provider, Reason
from marketplace.payouts.providers.availability import serves
from marketplace.payouts.runs.payable_amounts import Share
from marketplace.payouts.runs.payees import Payee
from marketplace.payouts.runs.terms import PayoutTerms
from vendors.models import CooperativeStatus


@dataclass(frozen=True)
class Judgement:
    """Paid, held or carried over, why, and how much of the share."""

    state: LineState
    reason: str
    payable_minor: int


def judge(
    run: PayoutRun,
    share: Share,
    payee: Payee,
    terms: PayoutTerms | None,
    kept_back_minor: int,
    now: datetime,
) -> Judgement:
    """What becomes of a share. A cooperative that has left is paid to the last centime."""
    payable = max(0, share.amount_minor - kept_back_minor)
    against: Reason | None
    if early := _early(share, payee, terms, payable):
        state, against = early
    else:
        assert terms is not None
        against = _against(run, payee, terms, now)
        state = LineState.HELD if against else LineState.READY
    if against:
        return Judgement(state, against, share.amount_minor)
    return Judgement(LineState.READY, "", payable)


def _early(
    share: Share, payee: Payee, terms: PayoutTerms | None, payable: int
) -> tuple[LineState, Reason] | None:
    """What has to do with the amount and the cooperative, whatever its account."""
    if share.amount_minor < 0:
        return LineState.CARRIED, Reason.NEGATIVE
    if payee.on_hold:
        return LineState.HELD, Reason.ON_HOLD
    if terms is None:
        return LineState.HELD, Reason.NO_TERMS
    if payable == 0:
        return LineState.CARRIED, Reason.RESTING
    has_left = payee.cooperative.status == CooperativeStatus.LEFT
    if payable < terms.smallest_minor and not has_left:
        return LineState.CARRIED, Reason.BELOW_MINIMUM
    return None


def _against(run: PayoutRun, payee: Payee, terms: PayoutTerms, now: datetime) -> Reason | None:
    if payee.cooperative.payout_currency != run.currency:
        return Reason.OTHER_CURRENCY
    if not _served(run, payee, now.date()):
        return Reason.NOT_SERVED
    if run.provider in BY_STRIPE:
        return _against_route(payee, terms, now)
    if not is_payable_name(payee.cooperative.legal_name_latin):
        return Reason.NAME_NOT_LATIN
    if run.provider == Provider.MANUAL and payee.account is None:
        return None  # A cheque, or cash.
    return _against_account(payee, terms, now)


def _served(run: PayoutRun, payee: Payee, on: date) -> bool:
    country = payee.cooperative.country_code
    return serves(run.provider, country=country, currency=run.currency, on=on)


def _against_route(payee: Payee, terms: PayoutTerms, now: datetime) -> Reason | None:
    route = payee.route
    if route is None or not route.destination:
        return Reason.NO_ROUTE
    if route.confirmed_at is None:
        return Reason.ACCOUNT_UNCONFIRMED
    if now - route.confirmed_at < terms.account_hold:
        return Reason.ACCOUNT_RECENT
    if payee.returned_at and route.confirmed_at < payee.returned_at:
        return Reason.RETURNED_BEFORE
    return None


def _against_account(payee: Payee, terms: PayoutTerms, now: datetime) -> Reason | None:
    """Why nothing is paid to this account now, if anything."""
    account = payee.account
    if account is None:
        return Reason.NO_ACCOUNT
    if account.confirmed_at is None:
        return Reason.ACCOUNT_UNCONFIRMED
    rested = now - max(account.valid_from, account.confirmed_at) >= terms.account_hold
    if payee.changed and not rested:
        return Reason.ACCOUNT_RECENT
    if payee.returned_at and account.confirmed_at < payee.returned_at:
        return Reason.RETURNED_BEFORE
    return None
