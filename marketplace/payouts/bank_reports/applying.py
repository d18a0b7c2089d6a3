"""Looking at an answer, and taking it: what is new is booked, once, with the file beside it."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.ledger.permissions import finance_person
from marketplace.payouts.bank_reports.detection import read_answer
from marketplace.payouts.bank_reports.status_texts import Answer, Word
from marketplace.payouts.errors import AnswerTaken
from marketplace.payouts.models import (
    BankAnswer,
    BankAnswerItem,
    LineState,
    Outcome,
    PayoutLine,
    PayoutRun,
    Provider,
    StagedAnswer,
    Verdict,
)
from marketplace.payouts.runs.settling import AT_THE_BANK, accept, give_back, settle
from vendors.models import Programme
from vendors.permissions import StaffPermission
from vendors.scoping import ProgrammeScope


@dataclass(frozen=True)
class Matched:
    """A word, the run and the lines that it speaks of, and what taking it would do now."""

    word: Word
    run: PayoutRun | None
    lines: tuple[PayoutLine, ...]
    outcome: Outcome


@dataclass(frozen=True)
class Preview:
    """A file before it is taken: its hash, whether it was taken already, and each word's effect."""

    answer: Answer
    sha256: str
    is_taken: bool
    rows: list[Matched]


def preview_answer(*, programme: Programme, content: bytes) -> Preview:
    """Read a file and say what taking it would do; nothing changes. Raises AnswerUnreadable."""
    answer, sha256 = read_answer(content), hashlib.sha256(content).hexdigest()
    taken = BankAnswer.objects.filter(programme=programme, sha256=sha256).exists()
    return Preview(answer, sha256, taken, _match(programme, answer.words))


@transaction.atomic
def take_answer(*, programme: Programme, content: bytes, name: str, by: Actor) -> BankAnswer:
    """Book what a bank's file says, all of it or nothing, and keep the file.

    Payments that the file does not know stay open; one that it returned is held and its
    cooperative told. Raises AnswerUnreadable, AnswerTaken for the same bytes, Forbidden.
    """
    user = finance_person(by, programme, StaffPermission.PAYOUT_PREPARE)
    answer, sha256 = read_answer(content), hashlib.sha256(content).hexdigest()
    # One file at a time for a programme: two clicks on one file meet here.
    Programme.objects.select_for_update().get(pk=programme.pk)
    if BankAnswer.objects.filter(programme=programme, sha256=sha256).exists():
        raise AnswerTaken
    kept = BankAnswer.objects.create(
        programme=programme,
        kind=answer.kind,
        name=name[:120],
        sha256=sha256,
        content=content.decode("latin-1"),
        taken_by=user,
    )
    _lock_runs(programme, answer.words)
    rows = _match(programme, answer.words)
    items = [_item(kept, n, row) for n, row in enumerate(rows, start=1)]
    for run_id, of_run in _by_run(rows).items():
        run = PayoutRun.objects.select_for_update().get(pk=run_id)
        _apply(run, of_run, by)
        audit.record("payout.answer", run, by=by, sha256=sha256, kind=answer.kind, file=kept.name)
    BankAnswerItem.objects.bulk_create(items)
    audit.record("bank_answer.take", kept, by=by, sha256=sha256, words=len(items))
    return kept


@transaction.atomic
def stage_answer(*, programme: Programme, content: bytes, name: str, by: Actor) -> StagedAnswer:
    """Keep a file for the person who looks at it; raises AnswerUnreadable, Forbidden."""
    user = finance_person(by, programme, StaffPermission.PAYOUT_PREPARE)
    read_answer(content)
    yesterday = timezone.now() - timedelta(days=1)
    StagedAnswer.objects.filter(staged_at__lt=yesterday).delete()
    return StagedAnswer.objects.create(
        programme=programme, name=name[:120], content=content.decode("latin-1"), staged_by=user
    )


def _apply(run: PayoutRun, rows: list[Matched], by: Actor) -> None:
    """Accepted first, then what came back, then what was paid: a whole file's word comes after
    those of single payments, which it does not overrule."""
    now = timezone.now()
    if any(row.word.verdict == Verdict.ACCEPTED for row in rows):
        accept(run, by=by, at=now)
    for row in rows:
        if row.word.verdict == Verdict.RETURNED:
            for line in row.lines:
                give_back(run, line, reason=row.word.reason or "?", by=by, at=now)
    paid = {line.pk for row in rows if row.word.verdict == Verdict.SETTLED for line in row.lines}
    settle(run, paid, by=by, at=now)


def _match(programme: Programme, words: Iterable[Word]) -> list[Matched]:
    """Each word with its lines. What the words before it do counts for the words after it."""
    told = list(words)
    known = {line.end_to_end_id: line for line in _lines_named(programme, told)}
    runs = {run.reference: run for run in _runs_named(programme, told, known.values())}
    # How each line will stand as the words are taken one by one; single payments first.
    standing: dict[UUID, str] = {}
    order = sorted(range(len(told)), key=lambda n: (told[n].end_to_end_id == "", _rank(told[n])))
    found: dict[int, Matched] = {}
    for n in order:
        found[n] = _judge(told[n], known, runs, standing)
    return [found[n] for n in range(len(told))]


def _rank(word: Word) -> int:
    return (Verdict.ACCEPTED, Verdict.RETURNED, Verdict.SETTLED).index(Verdict(word.verdict))


def _judge(
    word: Word,
    known: dict[str, PayoutLine],
    runs: dict[str, PayoutRun],
    standing: dict[UUID, str],
) -> Matched:
    if word.end_to_end_id:
        line = known.get(word.end_to_end_id)
        run, wanted = (line.run, [line]) if line is not None else (None, [])
    else:
        run = runs.get(word.message_id)
        wanted = [line for line in known.values() if run is not None and line.run_id == run.pk]
    if run is None:
        return Matched(word, None, (), Outcome.UNMATCHED)
    if run.state not in AT_THE_BANK:
        return Matched(word, run, (), Outcome.TOO_EARLY)
    if word.end_to_end_id and _differs(word, wanted[0]):
        return Matched(word, run, (), Outcome.DIFFERENT)
    if word.verdict == Verdict.ACCEPTED:
        return Matched(word, run, (), Outcome.APPLIED if run.accepted_at is None else Outcome.KNOWN)
    moving = [line for line in wanted if _moves(word, standing.get(line.pk, line.state))]
    for line in moving:
        standing[line.pk] = word.verdict
    return Matched(word, run, tuple(moving), Outcome.APPLIED if moving else Outcome.KNOWN)


def _differs(word: Word, line: PayoutLine) -> bool:
    if word.amount_minor is None:
        return False
    return (word.amount_minor, word.currency) != (line.amount_minor, line.run.currency)


def _moves(word: Word, state: str) -> bool:
    """A payment is paid once; one that was paid may still come back, once."""
    if word.verdict == Verdict.SETTLED:
        return state == LineState.READY
    return state == LineState.READY or (state == LineState.SETTLED and bool(word.end_to_end_id))


def _lines_named(programme: Programme, words: list[Word]) -> list[PayoutLine]:
    rows = PayoutLine.objects.within(ProgrammeScope(programme.pk)).filter(
        run__provider=Provider.BANK_BATCH
    )
    unpaid = [LineState.HELD, LineState.CARRIED, LineState.FREED]
    rows = rows.exclude(state__in=unpaid).select_related("run__programme", "cooperative")
    ids = [word.end_to_end_id for word in words if word.end_to_end_id]
    wholes = [word.message_id for word in words if not word.end_to_end_id]
    named = rows.filter(end_to_end_id__in=ids) | rows.filter(run__reference__in=wholes)
    return list(named.order_by("run__reference", "position"))


def _runs_named(
    programme: Programme, words: list[Word], lines: Iterable[PayoutLine]
) -> list[PayoutRun]:
    wholes = {word.message_id for word in words if not word.end_to_end_id}
    found = {line.run_id: line.run for line in lines}
    rows = PayoutRun.objects.filter(programme=programme, reference__in=wholes)
    found |= {run.pk: run for run in rows if run.pk not in found}
    return list(found.values())


def _lock_runs(programme: Programme, words: tuple[Word, ...]) -> None:
    """The runs that a file speaks of wait for nobody else while it is taken."""
    lines = _lines_named(programme, list(words))
    ids = {line.run_id for line in lines}
    list(PayoutRun.objects.select_for_update().filter(pk__in=ids).order_by("pk"))


def _by_run(rows: list[Matched]) -> dict[UUID, list[Matched]]:
    found: dict[UUID, list[Matched]] = {}
    for row in rows:
        if row.run is not None and row.outcome == Outcome.APPLIED:
            found.setdefault(row.run.pk, []).append(row)
    return found


def _item(kept: BankAnswer, position: int, row: Matched) -> BankAnswerItem:
    return BankAnswerItem(
        answer=kept,
        position=position,
        end_to_end_id=row.word.end_to_end_id[:35],
        amount_minor=row.word.amount_minor,
        currency=row.word.currency[:3],
        verdict=row.word.verdict,
        reason=row.word.reason,
        outcome=row.outcome,
        line_id=row.lines[0].pk if row.word.end_to_end_id and row.lines else None,
    )
