"""Pairs the payments of a bank report with payout lines, and says what applying it would do."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from marketplace.payouts.bank_reports.report import ReportedPayment
from marketplace.payouts.models import (
    LineState,
    Outcome,
    PayoutLine,
    PayoutRun,
    Provider,
    ReportedStatus,
)
from marketplace.payouts.runs.states import AT_THE_BANK
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

_ORDER = (ReportedStatus.ACCEPTED, ReportedStatus.RETURNED, ReportedStatus.SETTLED)


@dataclass(frozen=True)
class MatchedPayment:
    """A reported payment, its run and the lines that it changes, and the outcome of applying it."""

    payment: ReportedPayment
    run: PayoutRun | None
    lines: tuple[PayoutLine, ...]
    outcome: Outcome


def match_payments(
    programme: Programme, payments: Sequence[ReportedPayment]
) -> list[MatchedPayment]:
    """Each payment with its lines, in the order of the report.

    Outcomes are decided in the order of application: single payments before the status of a whole
    file, accepted before returned before settled. Each takes account of those before it.
    """
    known = {line.end_to_end_id: line for line in lines_named(programme, payments)}
    runs = {run.reference: run for run in _runs_named(programme, payments, known.values())}
    states: dict[UUID, str] = {}
    matched: dict[int, MatchedPayment] = {}
    for n in sorted(range(len(payments)), key=lambda n: _rank(payments[n])):
        matched[n] = _match(payments[n], known, runs, states)
    return [matched[n] for n in range(len(payments))]


def lines_named(programme: Programme, payments: Iterable[ReportedPayment]) -> list[PayoutLine]:
    """The lines in the bank's hands that the payments name, singly or by their whole file."""
    rows = PayoutLine.objects.within(ProgrammeScope(programme.pk)).filter(
        run__provider=Provider.BANK_BATCH
    )
    unpaid = [LineState.HELD, LineState.CARRIED, LineState.FREED]
    rows = rows.exclude(state__in=unpaid).select_related("run__programme", "cooperative")
    ids = [payment.end_to_end_id for payment in payments if payment.end_to_end_id]
    files = _files_named(payments)
    named = rows.filter(end_to_end_id__in=ids) | rows.filter(run__reference__in=files)
    return list(named.order_by("run__reference", "position"))


def _runs_named(
    programme: Programme, payments: Iterable[ReportedPayment], lines: Iterable[PayoutLine]
) -> list[PayoutRun]:
    runs = {line.run_id: line.run for line in lines}
    rows = PayoutRun.objects.filter(programme=programme, reference__in=_files_named(payments))
    return [*runs.values(), *(run for run in rows if run.pk not in runs)]


def _files_named(payments: Iterable[ReportedPayment]) -> set[str]:
    return {payment.message_id for payment in payments if not payment.end_to_end_id}


def _rank(payment: ReportedPayment) -> tuple[bool, int]:
    return payment.end_to_end_id == "", _ORDER.index(ReportedStatus(payment.status))


def _match(
    payment: ReportedPayment,
    known: dict[str, PayoutLine],
    runs: dict[str, PayoutRun],
    states: dict[UUID, str],
) -> MatchedPayment:
    """``states`` holds the state of each line after the payments before; it is updated."""
    run, named = _run_and_lines(payment, known, runs)
    if run is None:
        return MatchedPayment(payment, None, (), Outcome.UNMATCHED)
    if run.state not in AT_THE_BANK:
        return MatchedPayment(payment, run, (), Outcome.TOO_EARLY)
    open_lines = [line for line in named if states.get(line.pk, line.state) == LineState.READY]
    if _differs(payment, run, named if payment.end_to_end_id else open_lines):
        return MatchedPayment(payment, run, (), Outcome.DIFFERENT)
    if payment.status == ReportedStatus.ACCEPTED:
        outcome = Outcome.APPLIED if run.accepted_at is None else Outcome.KNOWN
        return MatchedPayment(payment, run, (), outcome)
    changed = [line for line in named if _changes(payment, states.get(line.pk, line.state))]
    for line in changed:
        states[line.pk] = payment.status
    outcome = Outcome.APPLIED if changed else Outcome.KNOWN
    return MatchedPayment(payment, run, tuple(changed), outcome)


def _run_and_lines(
    payment: ReportedPayment, known: dict[str, PayoutLine], runs: dict[str, PayoutRun]
) -> tuple[PayoutRun | None, list[PayoutLine]]:
    if payment.end_to_end_id:
        line = known.get(payment.end_to_end_id)
        return (line.run, [line]) if line is not None else (None, [])
    run = runs.get(payment.message_id)
    return run, [line for line in known.values() if run is not None and line.run_id == run.pk]


def _differs(payment: ReportedPayment, run: PayoutRun, lines: Sequence[PayoutLine]) -> bool:
    """Whether the amount is not that of the line, or of the file's lines that are still unpaid.

    A file whose lines are all settled is known, whatever sum the bank repeats.
    """
    if payment.amount_minor is None or not lines:
        return False
    expected = sum(line.amount_minor for line in lines)
    return (payment.amount_minor, payment.currency) != (expected, run.currency)


def _changes(payment: ReportedPayment, state: str) -> bool:
    """A line is settled once; a settled one may still be returned, once and by name."""
    if payment.status == ReportedStatus.SETTLED:
        return state == LineState.READY
    return state == LineState.READY or (state == LineState.SETTLED and bool(payment.end_to_end_id))
