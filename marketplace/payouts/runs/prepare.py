"""Prepares a run: which cooperatives it pays how much, and why others are not paid.

The amounts are reserved at once (posted from ``released`` to ``in_run``).
"""

from datetime import date, datetime, timedelta

from django.db import connection, transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.chart import AccountCode, Cause
from marketplace.ledger.models import Book
from marketplace.ledger.permissions import require_permission
from marketplace.ledger.post import book_of, booked_on
from marketplace.payouts.errors import NoPayoutTerms, NothingToPay, RunAlreadyOpen
from marketplace.payouts.models import (
    OPEN_STATES,
    LineState,
    PayoutLine,
    PayoutRun,
    Provider,
    Reason,
    RunState,
)
from marketplace.payouts.runs.book_lines import move_all
from marketplace.payouts.runs.digest import LinesDigest
from marketplace.payouts.runs.payable_amounts import payable_amounts
from marketplace.payouts.runs.prepare_lines import prepare_lines
from vendors.accounts import User
from vendors.models import Programme
from vendors.permissions import StaffPermission


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

    It pays the cooperatives whose payout method is ``provider``. Their amounts move from available
    to "being paid" at once, so that no second run can pay them. A cooperative without payout terms
    is held; the others are paid. Raises RunAlreadyOpen, NothingToPay, NoPayoutTerms (if that is why
    nothing can be paid), Forbidden.
    """
    user = require_permission(by, programme, StaffPermission.PAYOUT_PREPARE)
    return _prepare(programme, currency, Provider(provider), user, by, now or timezone.now())


@transaction.atomic
def prepare_draft(
    *, programme: Programme, currency: str, provider: str, by: Actor, now: datetime | None = None
) -> PayoutRun:
    """Prepare a run on schedule, not yet owned by a person (see ``submit_draft``).

    Raises as ``prepare_run`` does, except Forbidden.
    """
    return _prepare(programme, currency, Provider(provider), None, by, now or timezone.now())


def _prepare(
    programme: Programme,
    currency: str,
    provider: Provider,
    user: User | None,
    by: Actor,
    now: datetime,
) -> PayoutRun:
    currency = currency or programme.base_currency
    # Preparations of one programme run one after the other.
    book = Book.objects.select_for_update().get(pk=book_of(programme.pk).pk)
    _require_none_open(programme, currency, provider)
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


def _require_none_open(programme: Programme, currency: str, provider: Provider) -> None:
    runs = PayoutRun.objects.filter(programme=programme, currency=currency, provider=provider)
    if open_run := runs.filter(state__in=OPEN_STATES).first():
        raise RunAlreadyOpen(reference=open_run.reference)


def _fill(run: PayoutRun, book: Book, day: date, now: datetime) -> None:
    """Write the run and its lines in batches, so that memory does not grow with their number.

    The run's row is written last, because it never changes afterwards; its foreign key constraint
    is deferred until the transaction ends.
    """
    amounts = payable_amounts(book, run.currency, until=day)
    digest, lacks_terms = LinesDigest(run), False
    for lines in prepare_lines(run, book, amounts, day, now):
        lacks_terms = lacks_terms or any(line.reason == Reason.NO_TERMS for line in lines)
        ready = [line for line in lines if line.state == LineState.READY]
        run.total_minor += sum(line.amount_minor for line in ready)
        run.line_count += len(ready)
        for line in ready:
            digest.add(line)
        PayoutLine.objects.create_all(lines)
        move_all(
            ready, run, Cause.PAYOUT_RESERVED, AccountCode.RELEASED, AccountCode.IN_RUN, at=now
        )
    if not run.line_count:
        if lacks_terms:
            raise NoPayoutTerms(currency=run.currency, on=day)
        raise NothingToPay
    run.lines_hash = digest.hexdigest()
    run.save(force_insert=True)


def _reference(stem: str) -> str:
    """The first free reference of the day among all programmes' runs.

    Whoever prepares one at the same time waits until this transaction ends: the row that takes
    the reference is written at its end.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [stem])
    taken = set(
        PayoutRun.objects.filter(reference__startswith=stem).values_list("reference", flat=True)
    )
    if stem not in taken:
        return stem
    return next(name for n in range(2, 1000) if (name := f"{stem}-{n}") not in taken)
