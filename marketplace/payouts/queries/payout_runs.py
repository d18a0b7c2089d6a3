"""Payout runs and their lines."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet, Sum

from marketplace.core.errors import NotFound
from marketplace.payouts.models import (
    LineState,
    PayoutLine,
    PayoutRun,
)
from vendors.scoping import ProgrammeScope, Scope

PAGE_SIZE = 25


def runs(scope: ProgrammeScope) -> QuerySet[PayoutRun]:
    """A programme's payout runs with what became of their lines, for a list.

    ``paid_minor`` leaves out what the bank returned, also after it was settled.
    """
    return (
        PayoutRun.objects.filter(programme_id=scope.programme_id)
        .select_related("prepared_by", "approved_by")
        .annotate(
            waiting_count=Count("lines", filter=Q(lines__state__in=["held", "carried"])),
            returned_count=Count("lines", filter=_in_state(LineState.RETURNED)),
            paid_minor=_amount_in(LineState.SETTLED),
            returned_minor=_amount_in(LineState.RETURNED),
        )
    )


def _in_state(state: LineState) -> Q:
    return Q(lines__state=state)


def _amount_in(state: LineState) -> Sum:
    return Sum("lines__amount_minor", filter=_in_state(state), default=0)


def run(scope: ProgrammeScope, reference: str) -> PayoutRun:
    """A run of the programme by its reference; raises NotFound."""
    found = (
        PayoutRun.objects.select_related("programme", "prepared_by", "approved_by", "sent_by")
        .filter(programme_id=scope.programme_id, reference=reference)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def run_lines(
    scope: ProgrammeScope, of_run: PayoutRun, *, states: Iterable[str] = (), page: int | str = 1
) -> Page[PayoutLine]:
    """Lines of a run, by position, of some states or all."""
    found = PayoutLine.objects.within(scope).filter(run=of_run).select_related("cooperative")
    if wanted := list(states):
        found = found.filter(state__in=wanted)
    return Paginator(found.order_by("position"), PAGE_SIZE).get_page(page)


def run_line(scope: Scope, of_run: PayoutRun, line_id: UUID) -> PayoutLine:
    """One line of a run; raises NotFound."""
    found = PayoutLine.objects.within(scope).select_related("run__programme", "cooperative")
    line: PayoutLine | None = found.filter(run=of_run, pk=line_id).first()
    if line is None:
        raise NotFound
    return line


@dataclass(frozen=True)
class StateTally:
    """Lines of a run in one state: their number, and their sum in minor units."""

    state: LineState
    count: int
    amount_minor: int


def tallies(scope: ProgrammeScope, of_run: PayoutRun) -> dict[str, StateTally]:
    """The lines of a run by state."""
    rows = (
        PayoutLine.objects.within(scope)
        .filter(run=of_run)
        .values_list("state")
        .annotate(count=Count("id"), total=Sum("amount_minor"))
        .order_by()
    )
    return {state: StateTally(LineState(state), count, total) for state, count, total in rows}
