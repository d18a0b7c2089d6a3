"""Preparing a run: who is paid what, who waits and why; the money is set aside at once."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Book
from marketplace.ledger.permissions import finance_person
from marketplace.ledger.posting import About, Leg, Posting, book_of, booked_on, post_all
from marketplace.payouts.errors import NoPayoutTerms, NothingToPay, RunAlreadyOpen, WrongState
from marketplace.payouts.models import (
    BY_STRIPE,
    OPEN_STATES,
    LineState,
    PayoutLine,
    PayoutRun,
    Provider,
    Reason,
    RunState,
)
from marketplace.payouts.runs.digest import Seal
from marketplace.payouts.runs.eligibility import Judgement, judge
from marketplace.payouts.runs.payable_amounts import Share, kept_back, shares
from marketplace.payouts.runs.payees import Payee, payees
from marketplace.payouts.runs.terms import PayoutTerms, terms_for
from vendors.accounts import User
from vendors.models import Cooperative, Programme
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope

# So many cooperatives are looked at and written together: memory stays flat however many there are.
TOGETHER = 500


@transaction.atomic
def prepare_run(
    *,
    programme: Programme,
    by: Actor,
    currency: str = "",
    provider: str = Provider.BANK_BATCH,
    now: datetime | None = None,
) -> PayoutRun:
    """Prepare the payout of a programme in one currency (its base currency by default).

    It holds the cooperatives that are paid by ``provider``. The amounts to pay move from available
    to "being paid" at once, so that no second run can pay them. A cooperative for which no payment
    rule is known waits; the others are paid. Raises RunAlreadyOpen, NothingToPay, NoPayoutTerms
    (when that is why nothing can be paid), Forbidden.
    """
    user = finance_person(by, programme, StaffPermission.PAYOUT_PREPARE)
    return _prepare(programme, currency, Provider(provider), user, by, now or timezone.now())


@transaction.atomic
def prepare_draft(
    *, programme: Programme, currency: str, provider: str, by: Actor, now: datetime | None = None
) -> PayoutRun:
    """What the clock prepares: a run that nobody stands for yet. Raises as ``prepare_run`` does."""
    return _prepare(programme, currency, Provider(provider), None, by, now or timezone.now())


@transaction.atomic
def stand_for(*, run: PayoutRun, by: Actor) -> PayoutRun:
    """A person has looked at a draft and stands for it, as if they had prepared it.

    Somebody else approves it. Raises WrongState, Forbidden.
    """
    user = finance_person(by, run.programme, StaffPermission.PAYOUT_PREPARE)
    run = PayoutRun.objects.select_for_update().get(pk=run.pk)
    if run.state != RunState.DRAFT:
        raise WrongState
    run.state, run.prepared_by = RunState.PREPARED, user
    run.save(update_fields=["state", "prepared_by"])
    audit.record("payout.stand_for", run, by=by, total_minor=run.total_minor)
    return run


def _prepare(
    programme: Programme,
    currency: str,
    provider: Provider,
    user: User | None,
    by: Actor,
    now: datetime,
) -> PayoutRun:
    currency = currency or programme.base_currency
    # One preparation at a time for a programme.
    book = Book.objects.select_for_update().get(pk=book_of(programme.pk).pk)
    runs = PayoutRun.objects.filter(programme=programme, currency=currency, provider=provider)
    if open_run := runs.filter(state__in=OPEN_STATES).first():
        raise RunAlreadyOpen(reference=open_run.reference)
    day = booked_on(book, now)
    run = PayoutRun(
        programme=programme,
        reference=_reference(f"VR-{day:%Y-%m-%d}"),
        currency=currency,
        provider=provider,
        state=RunState.PREPARED if user else RunState.DRAFT,
        execution_on=day + timedelta(days=1),
        prepared_by=user,
        prepared_at=now,
        total_minor=0,
        line_count=0,
        lines_hash="",
    )
    _fill(run, book, day, now)
    audit.record("payout.prepare", run, by=by, total_minor=run.total_minor, lines=run.line_count)
    return run


def _fill(run: PayoutRun, book: Book, day: date, now: datetime) -> None:
    """Write the run and its lines, some hundreds at a time: none of them stays in memory.

    The row of the run comes last, because what it says never changes; the lines wait for it until
    the transaction ends.
    """
    found = shares(book, run.currency, until=day)
    seal, lacks_terms = Seal(run), False
    for lines in _lines(run, book, found, day, now):
        lacks_terms = lacks_terms or any(line.reason == Reason.NO_TERMS for line in lines)
        ready = [line for line in lines if line.state == LineState.READY]
        run.total_minor += sum(line.amount_minor for line in ready)
        run.line_count += len(ready)
        for line in ready:
            seal.add(line)
        PayoutLine.objects.create_all(lines)
        move_all(
            ready, run, Cause.PAYOUT_RESERVED, AccountCode.RELEASED, AccountCode.IN_RUN, at=now
        )
    if not run.line_count:
        if lacks_terms:
            raise NoPayoutTerms(currency=run.currency, on=day)
        raise NothingToPay
    run.lines_hash = seal.digest()
    run.save(force_insert=True)


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
    move_all([line], run, cause, source, target, at=at)


def move_all(
    lines: Sequence[PayoutLine],
    run: PayoutRun,
    cause: Cause,
    source: AccountCode,
    target: AccountCode,
    *,
    at: datetime,
) -> None:
    """Book the amounts of many lines, some hundreds at a time, each once for each cause and line.

    Inside the caller's transaction: all of them or none.
    """
    book = book_of(run.programme_id)
    on = booked_on(book, at)
    for start in range(0, len(lines), TOGETHER):
        post_all(
            [
                Posting(
                    book,
                    f"{cause.value.replace('_', '-')}:{line.pk}",
                    cause,
                    [
                        Leg(source, Money(line.amount_minor, run.currency)),
                        Leg(target, Money(-line.amount_minor, run.currency)),
                    ],
                    at,
                    on,
                    About(
                        cooperative_id=line.cooperative_id,
                        payout_line_id=line.pk,
                        memo=run.reference,
                    ),
                )
                for line in lines[start : start + TOGETHER]
            ]
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
    run: PayoutRun, book: Book, found: list[Share], day: date, now: datetime
) -> Iterator[list[PayoutLine]]:
    """The lines of the run in the order of the cooperatives' names, some hundreds at a time."""
    scope, position = ProgrammeScope(run.programme_id), 0
    ordered = _in_order(scope, found)
    for start in range(0, len(ordered), TOGETHER):
        chunk = ordered[start : start + TOGETHER]
        known = payees(scope, [share.cooperative_id for share in chunk])
        mine = [s for s in chunk if known[s.cooperative_id].provider == run.provider]
        terms = {
            s.cooperative_id: rule
            for s in mine
            if (rule := _terms(run, known[s.cooperative_id], day)) is not None
        }
        waiting = kept_back(book, run.currency, until=day, terms=terms)
        lines = []
        for share in mine:
            position += 1
            payee, rule = known[share.cooperative_id], terms.get(share.cooperative_id)
            back = waiting.get(share.cooperative_id, 0)
            judgement = judge(run, share, payee, rule, back, now)
            lines.append(_line(run, position, share, payee, judgement))
        yield lines


def _in_order(scope: ProgrammeScope, found: list[Share]) -> list[Share]:
    slugs = dict(Cooperative.objects.within(scope).values_list("pk", "slug"))
    mine = [share for share in found if share.cooperative_id in slugs]
    return sorted(mine, key=lambda share: slugs[share.cooperative_id])


def _terms(run: PayoutRun, payee: Payee, day: date) -> PayoutTerms | None:
    try:
        return terms_for(
            programme=run.programme.slug,
            country=payee.cooperative.country_code,
            currency=run.currency,
            on=day,
        )
    except NoPayoutTerms:
        return None


def _line(
    run: PayoutRun, position: int, share: Share, payee: Payee, judgement: Judgement
) -> PayoutLine:
    line = PayoutLine(
        id=uuid4(),
        run=run,
        cooperative=payee.cooperative,
        position=position,
        amount_minor=judgement.payable_minor,
        sale_count=share.sale_count,
        gross_minor=share.gross_minor,
        commission_minor=share.commission_minor,
        kept_back_minor=max(0, share.amount_minor - judgement.payable_minor),
        recovered_minor=share.refunded_minor,
        end_to_end_id=f"{run.reference}-{position:04d}",
        state=judgement.state,
        reason=judgement.reason,
    )
    if run.provider in BY_STRIPE:
        line.holder_name = payee.cooperative.legal_name_latin
        line.destination = payee.route.destination if payee.route else ""
    elif (account := payee.account) is not None:
        line.bank_account = account
        line.holder_name = payee.cooperative.legal_name_latin
        line.account_number = account.number
        line.account_digits = account.last_digits
        line.account_bic = account.bic
        line.account_country = account.country_code
    elif run.provider == Provider.MANUAL:
        line.holder_name = payee.cooperative.legal_name_latin
    return line
