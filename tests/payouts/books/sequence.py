"""What every sequence of the books has: its sales, what was told of them, and the checks."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, ClassVar
from uuid import UUID

import time_machine
from django.db import transaction
from hypothesis.stateful import RuleBasedStateMachine, invariant

from marketplace.payouts.book_checks import findings
from marketplace.payouts.errors import DisputeUnknown, PaymentUnknown
from marketplace.payouts.models import LineState, PayoutLine, PayoutRun
from marketplace.payouts.statements.lines import statements
from tests.payouts.books.interruption import insisting
from tests.payouts.books.looking import Seen, check_constraints_now, counts, look, wrong
from tests.payouts.books.reckoning import Reckoned, Reckoning, Rules
from tests.payouts.books.world import FIRST_BP, STARTS, Begun, BooksWorld
from tests.payouts.world import SaleOf, Told
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope, ProgrammeScope


@dataclass
class Course:
    """What has happened to a sale, whether or not the books have heard of it."""

    sale: SaleOf
    is_paid: bool = False
    is_remitted: bool = False
    is_cancelled: bool = False
    arrived: list[int] = field(default_factory=list)
    refunded: dict[int, int] = field(default_factory=dict)
    shipping_refunded: bool = False
    # What the provider says of a dispute while it is open; nothing happens after a lost one.
    dispute: dict[str, Any] | None = None
    is_lost: bool = False

    @property
    def disputable(self) -> int:
        """What is still paid and may be disputed."""
        if not self.is_paid or self.dispute or self.is_lost:
            return 0
        back = sum(self.refunded.values()) + self.sale.shipping * self.shipping_refunded
        return self.sale.goods + self.sale.shipping - back

    @property
    def may_be_paid(self) -> bool:
        return self.sale.method == "card" and not self.is_paid

    @property
    def may_arrive(self) -> bool:
        return not self.is_cancelled and not self.is_remitted

    @property
    def may_be_remitted(self) -> bool:
        return self.sale.method == "cod" and bool(self.arrived) and not self.is_remitted

    @property
    def missing(self) -> dict[int, int]:
        """What has not arrived, by line."""
        return {i: total for i, total in enumerate(self.sale.totals) if i not in self.arrived}

    @property
    def refundable(self) -> list[int]:
        """The lines of which the buyer has paid something that did not go back."""
        paid = range(len(self.sale.totals)) if self.is_paid else self.arrived
        if (self.sale.method == "card" and not self.is_paid) or self.dispute or self.is_lost:
            return []
        return [i for i in paid if self.refunded.get(i, 0) < self.sale.totals[i]]


@dataclass
class News:
    """Something that happened, and whether it was told already."""

    course: Course
    what: str
    told: Told
    times: int = 0


class BooksSequence(RuleBasedStateMachine):
    """Each sequence starts where a first sale has begun and leaves nothing behind."""

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
        self.closed_until = STARTS.date()
        self.months = [STARTS.date().replace(day=1)]
        self._has_heard_of(first)

    def teardown(self) -> None:
        """Hear all that was not heard yet, look once more, and leave nothing behind."""
        try:
            for _again in range(3):
                for each in self.news:
                    if not each.times:
                        self._tell(each)
            assert all(each.times for each in self.news)
            self._look_at_everything()
        finally:
            transaction.set_rollback(True)
            self.atomic.__exit__(None, None, None)
            self.travel.stop()

    @invariant()
    def the_books_are_right(self) -> None:
        if not self.unseen:
            return
        self.unseen = False
        check_constraints_now()
        seen = look()
        self.owed = seen.owed
        assert wrong() == []
        assert sum(seen.totals.values()) == 0
        assets = self.reckoning.assets()
        for code in ("psp_clearing", "psp_disputed", "carrier_cod", "bank"):
            assert seen.totals.get(code, 0) == assets.get(code, 0), code
        for cooperative in self.world.cooperatives:
            in_run = seen.owed.get((cooperative.pk, "in_run"), 0)
            assert in_run == self.reckoning.set_aside.get(cooperative.pk, 0)
            disputed = sum(sale.in_dispute[0] for sale in self.reckoning.of(cooperative.pk))
            assert seen.owed.get((cooperative.pk, "disputed"), 0) == disputed
        for owner in self.touched:
            self._statement_sums_to(owner, seen)
        self.touched = set()
        if self.is_at_the_start:
            self.begun.read.update(self.read)

    def _statement_sums_to(self, owner: UUID, seen: Seen) -> None:
        """Each month's statement, read again only when what it tells has changed."""
        scope = CooperativeScope(owner)
        closing = 0
        for month in self.months:
            tells = (closing, *seen.released.get((owner, month), (0, 0)))
            if self.read.get((owner, month)) != tells:
                self.read[owner, month] = tells
                told = [
                    (s.opening_minor, sum(r.amount_minor for r in s.rows), s.closing_minor)
                    for s in statements(scope, month)
                ]
                moved = tells[-1]
                assert told == ([(closing, moved, closing + moved)] if any(tells) else [])
            closing += tells[-1]
        assert closing == seen.owed.get((owner, "released"), 0)

    def _look_at_everything(self) -> None:
        """Once all is heard nothing is negative that must not be, and everybody has theirs."""
        self.unseen = True
        self.the_books_are_right()
        assert list(findings()) == []
        seen = look()
        assert seen.totals.get("carrier_cod", 0) >= 0
        if not self.reckoning.from_provider and not any(
            s.fees for s in self.reckoning.sales.values()
        ):
            assert seen.totals.get("psp_clearing", 0) >= 0
        for code in (
            *("commission", "held", "in_run", "disputed", "shipping_payable", "buyer_refundable"),
        ):
            assert seen.totals.get(code, 0) <= 0, code
        for cooperative in self.world.cooperatives:
            key = cooperative.pk
            assert seen.owed.get((key, "held"), 0) >= 0
            sales = self.reckoning.of(key)
            has = sum(seen.owed.get((key, code), 0) for code in ("released", "in_run"))
            has += self.reckoning.paid_out.get(key, 0)
            assert has == sum(sale.earned() for sale in sales) + self.reckoning.ended[key]
        commissions = [sale.commission() for sale in self.reckoning.sales.values()]
        assert -seen.totals.get("commission", 0) == sum(commissions)

    # The machine's own.

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
