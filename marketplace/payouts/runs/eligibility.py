"""Whether an amount is paid in a run; the first reason against it is the one shown."""

from dataclasses import dataclass
from datetime import date, datetime

from marketplace.core.days import day_of
from marketplace.payouts.bank_files.names import is_payable_name
from marketplace.payouts.models import BY_STRIPE, LineState, PayoutRun, Provider, Reason
from marketplace.payouts.providers.availability import serves
from marketplace.payouts.runs.payable_amounts import PayableAmount
from marketplace.payouts.runs.recipients import Recipient
from marketplace.payouts.runs.terms import PayoutTerms
from vendors.models import CooperativeStatus


@dataclass(frozen=True)
class Eligibility:
    """Paid, held or carried over; why (empty: paid); and how much, in minor units."""

    state: LineState
    reason: str
    payable_minor: int


def assess(
    run: PayoutRun,
    amount: PayableAmount,
    recipient: Recipient,
    terms: PayoutTerms | None,
    withheld_minor: int,
    now: datetime,
) -> Eligibility:
    """Whether an amount is paid. For a cooperative that has left there is no minimum."""
    payable = max(0, amount.amount_minor - withheld_minor)
    against: Reason | None
    if refusal := _before_account(amount, recipient, terms, payable):
        state, against = refusal
    else:
        assert terms is not None
        against = _against(run, recipient, terms, now)
        state = LineState.HELD if against else LineState.READY
    if against:
        return Eligibility(state, against, amount.amount_minor)
    return Eligibility(LineState.READY, "", payable)


def _before_account(
    amount: PayableAmount, recipient: Recipient, terms: PayoutTerms | None, payable: int
) -> tuple[LineState, Reason] | None:
    """Reasons about the amount and the cooperative, whatever its account."""
    if amount.amount_minor < 0:
        return LineState.CARRIED, Reason.NEGATIVE
    if recipient.on_hold:
        return LineState.HELD, Reason.ON_HOLD
    if terms is None:
        return LineState.HELD, Reason.NO_TERMS
    if payable == 0:
        return LineState.CARRIED, Reason.RESTING
    has_left = recipient.cooperative.status == CooperativeStatus.LEFT
    if payable < terms.smallest_minor and not has_left:
        return LineState.CARRIED, Reason.BELOW_MINIMUM
    return None


def _against(
    run: PayoutRun, recipient: Recipient, terms: PayoutTerms, now: datetime
) -> Reason | None:
    if recipient.cooperative.payout_currency != run.currency:
        return Reason.OTHER_CURRENCY
    if not _served(run, recipient, day_of(now, run.programme.time_zone)):
        return Reason.NOT_SERVED
    if run.provider in BY_STRIPE:
        return _against_route(recipient, terms, now)
    if not is_payable_name(recipient.cooperative.legal_name_latin):
        return Reason.NAME_NOT_LATIN
    if run.provider == Provider.MANUAL and recipient.account is None:
        return None  # Paid by cheque or in cash.
    return _against_account(recipient, terms, now)


def _served(run: PayoutRun, recipient: Recipient, on: date) -> bool:
    country = recipient.cooperative.country_code
    return serves(run.provider, country=country, currency=run.currency, on=on)


def _against_route(recipient: Recipient, terms: PayoutTerms, now: datetime) -> Reason | None:
    route = recipient.route
    if route is None or not route.destination:
        return Reason.NO_ROUTE
    if route.confirmed_at is None:
        return Reason.ACCOUNT_UNCONFIRMED
    if now - route.confirmed_at < terms.account_hold:
        return Reason.ACCOUNT_RECENT
    if recipient.returned_at and route.confirmed_at < recipient.returned_at:
        return Reason.RETURNED_BEFORE
    return None


def _against_account(recipient: Recipient, terms: PayoutTerms, now: datetime) -> Reason | None:
    """Why the account cannot be paid to now, if so."""
    account = recipient.account
    if account is None:
        return Reason.NO_ACCOUNT
    if account.confirmed_at is None:
        return Reason.ACCOUNT_UNCONFIRMED
    hold_is_over = now - max(account.valid_from, account.confirmed_at) >= terms.account_hold
    if recipient.changed and not hold_is_over:
        return Reason.ACCOUNT_RECENT
    if recipient.returned_at and account.confirmed_at < recipient.returned_at:
        return Reason.RETURNED_BEFORE
    return None
