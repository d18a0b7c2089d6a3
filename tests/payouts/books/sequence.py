"""A sequence under way: its sales, its news, its payout, and how something is done and told."""

from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Any, ClassVar

import time_machine
from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine

from marketplace.payouts.errors import DisputeUnknown, PaymentUnknown
from marketplace.payouts.models import LineState, PayoutLine, PayoutRun
from tests.payouts.books.course import Course, News
from tests.payouts.books.interruption import insisting
from tests.payouts.books.looking import Seen, counts
from tests.payouts.books.reckoning import Reckoned, Reckoning, Rules
from tests.payouts.books.world import FIRST_BP, STARTS, Begun, BooksWorld
from tests.payouts.world import Told
from vendors.models import Cooperative
from vendors.scoping import ProgrammeScope

if TYPE_CHECKING:
    from uuid import UUID

which = st.integers(0, 7)
amounts = st.one_of(st.integers(1, 60), st.integers(1_000, 900_000))
# Mostly not; otherwise after so many writes.
cuts = st.one_of(st.none(), st.none(), st.none(), st.integers(0, 9))
late = st.sampled_from([False, False, True])


class Sequence(RuleBasedStateMachine):
    """Starts where a first sale has begun and leaves nothing behind."""

    world: ClassVar[BooksWorld]
    begun: ClassVar[Begun]
    # How often each step was taken, over all sequences.
    taken: ClassVar[Counter[str]] = Counter()

    def __init__(self) -> None:
        super().__init__()
        self.travel = time_machine.travel(STARTS, tick=False)
        self.traveller = self.travel.start()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        first = Course(self.begun.sale, is_paid=True)
        self.courses: list[Course] = [first]
        self.news: list[News] = []
        self.reckoning = Reckoning()
        self.rules_by_day = Rules({date(2024, 1, 1): FIRST_BP})
        self.run: PayoutRun | None = None
        self.touched: set[UUID] = set()
        # What the statements told that were read; where sequences begin one reads for all.
        self.read = dict(self.begun.read)
        self.owed: dict[tuple[UUID, str], int] = {}
        self.is_at_the_start = True
        self.unseen = not self.begun.read
        # The books when they were looked at last.
        self.seen: Seen | None = None
        self.closed_until = STARTS.date()
        self.months = [STARTS.date().replace(day=1)]
        self._has_heard_of(first)

    def leave(self) -> None:
        """Undo everything."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)
        self.travel.stop()

    def _has_heard_of(self, first: Course) -> None:
        sale = first.sale
        reckoned = Reckoned(sale, [FIRST_BP] * len(sale.totals))
        self.reckoning.sales[sale.sale_id] = reckoned
        for what, told in self.begun.told:
            self.news.append(News(first, what, told, times=1))
            reckoned.hear(what, told.payload)
            if what == "delivered":
                first.arrived = list(range(len(sale.totals)))
        self.touched.add(sale.cooperative.pk)
        if self.begun.run is not None:
            self.run = PayoutRun.objects.get(pk=self.begun.run.pk)
            self.reckoning.set_aside = {n.cooperative_id: n.amount_minor for n in self._lines()}

    def _course(self, number: int, fits: Callable[[Course], bool]) -> Course:
        found = [course for course in self.courses if fits(course)]
        return found[-1 - number % len(found)]

    def _in_debt(self) -> list[Cooperative]:
        """Who owed something when the books were looked at last."""
        return [c for c in self.world.cooperatives if self.owed.get((c.pk, "released"), 0) < 0]

    def _open_run(self) -> PayoutRun:
        assert self.run is not None
        return self.run

    def _lines(self) -> list[PayoutLine]:
        lines = PayoutLine.objects.within(ProgrammeScope(self.world.programme.pk))
        return list(
            lines.filter(run=self._open_run())
            .exclude(state__in=[LineState.HELD, LineState.CARRIED])
            .order_by("position")
        )

    def _happens(
        self, course: Course, what: str, told: Told, *, late: bool, cut: int | None
    ) -> None:
        each = News(course, what, told)
        self.news.append(each)
        if not late:
            self._tell(each, cut)

    def _tell(self, each: News, cut: int | None = None) -> None:
        if each.what == "disputed":
            # A bank disputes days later: refunds of the order were heard by then.
            for earlier in self.news[: self.news.index(each)]:
                if earlier.course is each.course and not earlier.times:
                    self._tell(earlier)
        try:
            self._do(each.told, cut)
        except (DisputeUnknown, PaymentUnknown):
            assert not each.times
            return
        if not each.times:
            self.reckoning.sales[each.course.sale.sale_id].hear(each.what, each.told.payload)
        each.times += 1
        self.touched.add(each.course.sale.cooperative.pk)

    def _do(self, act: Callable[[], Any], cut: int | None) -> Any:
        self.unseen, self.is_at_the_start = True, False
        return insisting(act, cut, counts)
