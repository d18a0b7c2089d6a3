"""Preparing a run: who is paid what, who waits and why; the money is set aside at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.payouts.bank_files.names import is_payable_name
from marketplace.payouts.errors import NoPayoutTerms, NothingToPay, RunAlreadyOpen
from marketplace.payouts.ledger.chart import AccountCode, Cause
from marketplace.payouts.ledger.posting import About, Leg, book_of, booked_on, post
from marketplace.payouts.models import (
    OPEN_STATES,
    Book,
    LineState,
    PayoutLine,
    PayoutRun,
    Reason,
    RunState,
)
from marketplace.payouts.runs.people import finance_person
from marketplace.payouts.runs.sealing import seal
from marketplace.payouts.runs.shares import Share, shares
from marketplace.payouts.runs.terms import PayoutTerms, terms_for
from vendors.models import BankAccount, Cooperative, Programme
from vendors.policy import StaffPermission
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Payee:
    """A cooperative's account, whether it replaced another, when the bank last refused one."""

    account: BankAccount | None
    changed: bool
    returned_at: datetime | None


@transaction.atomic
def prepare_run(
    *, programme: Programme, by: Actor, currency: str = "", now: datetime | None = None
) -> PayoutRun:
    """Prepare the payout of a programme in one currency (its base currency by default).

    The amounts to pay move from available to "being paid" at once, so that no second run can pay
    them. A cooperative for which no payment rule is known waits; the others are paid. Raises
    RunAlreadyOpen, NothingToPay, NoPayoutTerms (when that is why nothing can be paid), Forbidden.
    """
    user = finance_person(by, programme, StaffPermission.PAYOUT_PREPARE)
    currency, now = currency or programme.base_currency, now or timezone.now()
    # One preparation at a time for a programme.
    book = Book.objects.select_for_update().get(pk=book_of(programme.pk).pk)
    runs = PayoutRun.objects.filter(programme=programme, currency=currency)
    if open_run := runs.filter(state__in=OPEN_STATES).first():
        raise RunAlreadyOpen(reference=open_run.reference)
    day = booked_on(book, now)
    run = PayoutRun(
        programme=programme,
        reference=_reference(f"VR-{day:%Y-%m-%d}"),
        currency=currency,
        state=RunState.PREPARED,
        execution_on=day + timedelta(days=1),
        prepared_by=user,
        prepared_at=now,
    )
    lines = _lines(run, programme, shares(book, currency, until=day), now)
    ready = [line for line in lines if line.state == LineState.READY]
    if not ready:
        if any(line.reason == Reason.NO_TERMS for line in lines):
            raise NoPayoutTerms(currency=currency, on=day)
        raise NothingToPay
    run.total_minor = sum(line.amount_minor for line in ready)
    run.line_count = len(ready)
    run.lines_hash = seal(run, ready)
    run.save()
    PayoutLine.objects.create_all(lines)
    for line in ready:
        move(
            line,
            run,
            Cause.PAYOUT_RESERVED,
            AccountCode.RELEASED,
            AccountCode.IN_RUN,
            at=now,
        )
    audit.record("payout.prepare", run, by=by, total_minor=run.total_minor, lines=len(ready))
    return run


def move(
    line: PayoutLine,
    run: PayoutRun,
    cause: Cause,
    source: AccountCode,
    target: AccountCode,
    *,
    at: datetime,
) -> None:
    """Book a line's amount from one account to the other, once for each cause and line."""
    book = book_of(run.programme_id)
    post(
        book=book,
        key=f"{cause.value.replace('_', '-')}:{line.pk}",
        cause=cause,
        legs=[
            Leg(source, Money(line.amount_minor, run.currency)),
            Leg(target, Money(-line.amount_minor, run.currency)),
        ],
        occurred_at=at,
        booked_on=booked_on(book, at),
        about=About(cooperative_id=line.cooperative_id, payout_line_id=line.pk, memo=run.reference),
    )


def _reference(stem: str) -> str:
    """The first free reference of the day."""
    taken = set(
        PayoutRun.objects.filter(reference__startswith=stem).values_list("reference", flat=True)
    )
    if stem not in taken:
        return stem
    return next(name for n in range(2, 1000) if (name := f"{stem}-{n}") not in taken)


def _lines(
    run: PayoutRun, programme: Programme, found: Iterable[Share], now: datetime
) -> list[PayoutLine]:
    scope = ProgrammeScope(programme.pk)
    cooperatives = {c.pk: c for c in Cooperative.objects.within(scope)}
    accounts = {
        account.cooperative_id: account
        for account in BankAccount.objects.within(scope).filter(replaced_at__isnull=True)
    }
    changed = set(
        BankAccount.objects.within(scope)
        .filter(replaced_at__isnull=False)
        .values_list("cooperative_id", flat=True)
    )
    returned = _last_returns(scope)
    ordered = sorted(
        (share for share in found if share.cooperative_id in cooperatives),
        key=lambda share: cooperatives[share.cooperative_id].slug,
    )
    return [
        _line(
            run,
            position,
            share,
            cooperatives[share.cooperative_id],
            Payee(
                accounts.get(share.cooperative_id),
                share.cooperative_id in changed,
                returned.get(share.cooperative_id),
            ),
            now,
        )
        for position, share in enumerate(ordered, start=1)
    ]


def _last_returns(scope: ProgrammeScope) -> dict[UUID, datetime]:
    returned = PayoutLine.objects.within(scope).filter(state=LineState.RETURNED)
    return {line.cooperative_id: line.returned_at for line in returned.order_by("returned_at")}


def _line(
    run: PayoutRun,
    position: int,
    share: Share,
    cooperative: Cooperative,
    payee: Payee,
    now: datetime,
) -> PayoutLine:
    state, reason = _judge(run, share, cooperative, payee, now)
    line = PayoutLine(
        id=uuid4(),
        run=run,
        cooperative=cooperative,
        position=position,
        amount_minor=share.amount_minor,
        sale_count=share.sale_count,
        gross_minor=share.gross_minor,
        commission_minor=share.commission_minor,
        end_to_end_id=f"{run.reference}-{position:04d}",
        state=state,
        reason=reason,
    )
    if (account := payee.account) is not None:
        line.bank_account = account
        line.holder_name = cooperative.legal_name_latin
        line.account_number = account.number
        line.account_digits = account.last_digits
        line.account_bic = account.bic
        line.account_country = account.country_code
    return line


def _judge(
    run: PayoutRun, share: Share, cooperative: Cooperative, payee: Payee, now: datetime
) -> tuple[LineState, str]:
    """Whether a share is paid now; the first reason against it is the one that is told."""
    if share.amount_minor < 0:
        return LineState.CARRIED, Reason.NEGATIVE
    try:
        terms = terms_for(
            programme=run.programme.slug,
            country=cooperative.country_code,
            currency=run.currency,
            on=now.astimezone(ZoneInfo(run.programme.time_zone)).date(),
        )
    except NoPayoutTerms:
        return LineState.HELD, Reason.NO_TERMS
    if share.amount_minor < terms.smallest_minor:
        return LineState.CARRIED, Reason.BELOW_MINIMUM
    if cooperative.payout_currency != run.currency:
        against: Reason | None = Reason.OTHER_CURRENCY
    elif not is_payable_name(cooperative.legal_name_latin):
        against = Reason.NAME_NOT_LATIN
    else:
        against = _against_account(payee, terms, now)
    return (LineState.HELD, against) if against else (LineState.READY, "")


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
