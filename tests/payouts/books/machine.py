"""Whatever can happen to a programme's money, in any order, doubled, late and interrupted."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition

from marketplace.core.money import Money
from marketplace.payouts import handlers, services
from marketplace.payouts.balances.end_debt import DebtEnd
from marketplace.payouts.balances.set_commission import set_commission
from marketplace.payouts.errors import NothingToPay
from marketplace.payouts.models import LineState, RunState
from tests.payouts.books.looking import look
from tests.payouts.books.reckoning import Reckoned
from tests.payouts.books.sequence import BooksSequence, Course
from tests.payouts.books.steps import step
from tests.payouts.world import MACHINE, SaleOf, Told

which = st.integers(0, 7)
amounts = st.one_of(st.integers(1, 60), st.integers(1_000, 900_000))
# Mostly not; otherwise after so many writes.
cuts = st.one_of(st.none(), st.none(), st.none(), st.integers(0, 9))
late = st.sampled_from([False, False, True])


class BooksMachine(BooksSequence):
    """Each step is something that may happen."""

    # What happens.

    @step(
        cooperative=st.integers(0, 1),
        totals=st.lists(amounts, min_size=1, max_size=3),
        shipping=st.sampled_from([0, 1, 3_000]),
        method=st.sampled_from(["card", "cod"]),
        late=late,
        cut=cuts,
    )
    def sell(
        self,
        cooperative: int,
        totals: list[int],
        shipping: int,
        method: str,
        late: bool,
        cut: int | None,
    ) -> None:
        sale = SaleOf(
            self.world.cooperatives[cooperative],
            tuple(totals),
            shipping,
            method=method,
            when=timezone.now(),
        )
        course = Course(sale)
        self.courses.append(course)
        bp = self.rules_by_day.on(timezone.localdate(sale.when))
        self.reckoning.sales[sale.sale_id] = Reckoned(sale, [bp] * len(totals))
        self._happens(course, "placed", sale.placed(), late=late, cut=cut)

    @precondition(lambda self: any(c.may_be_paid for c in self.courses))
    @step(number=which, late=late, cut=cuts)
    def pay(self, number: int, late: bool, cut: int | None) -> None:
        course = self._course(number, lambda c: c.may_be_paid)
        course.is_paid = True
        self._happens(course, "captured", course.sale.captured(), late=late, cut=cut)

    @precondition(lambda self: any(c.missing and c.may_arrive for c in self.courses))
    @step(number=which, whole=st.booleans(), late=late, cut=cuts)
    def arrive(self, number: int, whole: bool, late: bool, cut: int | None) -> None:
        """All that is missing or the next line; the first parcel carries the delivery's price."""
        course = self._course(number, lambda c: bool(c.missing) and c.may_arrive)
        lines = course.missing if whole else dict(list(course.missing.items())[:1])
        told = course.sale.delivered(lines, shipping=not course.arrived)
        course.arrived += lines
        self._happens(course, "delivered", told, late=late, cut=cut)

    @precondition(lambda self: any(c.may_be_remitted for c in self.courses))
    @step(number=which, late=late, cut=cuts)
    def remit(self, number: int, late: bool, cut: int | None) -> None:
        course = self._course(number, lambda c: c.may_be_remitted)
        course.is_remitted = True
        goods = sum(course.sale.totals[index] for index in course.arrived)
        told = course.sale.remitted(goods, course.sale.shipping)
        self._happens(course, "remitted", told, late=late, cut=cut)

    @precondition(lambda self: any(c.refundable for c in self.courses))
    @step(
        number=which,
        line=which,
        part=st.sampled_from([1, 33, 50, 100, 100]),
        shipping=st.booleans(),
        late=late,
        cut=cuts,
    )
    def refund(
        self, number: int, line: int, part: int, shipping: bool, late: bool, cut: int | None
    ) -> None:
        """A hundredth to the whole of what is left of a line, with its delivery or without."""
        course = self._course(number, lambda c: bool(c.refundable))
        index = course.refundable[line % len(course.refundable)]
        left = course.sale.totals[index] - course.refunded.get(index, 0)
        amount = -(-left * part // 100)
        back = course.sale.shipping if shipping and not course.shipping_refunded else 0
        course.refunded[index] = course.refunded.get(index, 0) + amount
        course.shipping_refunded = course.shipping_refunded or bool(back)
        told = course.sale.refunded({index: amount}, shipping=back)
        self._happens(course, "refunded", told, late=late, cut=cut)

    @precondition(lambda self: any(c.missing and c.may_arrive for c in self.courses))
    @step(number=which, late=late, cut=cuts)
    def cancel_the_rest(self, number: int, late: bool, cut: int | None) -> None:
        course = self._course(number, lambda c: bool(c.missing) and c.may_arrive)
        told = course.sale.cancelled(course.missing, shipping=not course.arrived)
        course.is_cancelled = True
        self._happens(course, "cancelled", told, late=late, cut=cut)

    @precondition(lambda self: any(c.disputable for c in self.courses))
    @step(
        number=which,
        part=st.sampled_from([1, 50, 100]),
        fee=st.sampled_from([0, 1_500]),
        late=late,
        cut=cuts,
    )
    def dispute(self, number: int, part: int, fee: int, late: bool, cut: int | None) -> None:
        """A buyer's bank takes back a hundredth, half or all of what is still paid."""
        course = self._course(number, lambda c: bool(c.disputable))
        course.dispute = course.sale.disputed(-(-course.disputable * part // 100), fee=fee)
        told = Told(handlers.on_dispute_opened, course.dispute)
        self._happens(course, "disputed", told, late=late, cut=cut)

    @precondition(lambda self: any(c.dispute for c in self.courses))
    @step(number=which, is_won=st.booleans(), late=late, cut=cuts)
    def decide_a_dispute(self, number: int, is_won: bool, late: bool, cut: int | None) -> None:
        course = self._course(number, lambda c: c.dispute is not None)
        assert course.dispute is not None
        handler = handlers.on_dispute_won if is_won else handlers.on_dispute_lost
        told = Told(handler, course.dispute)
        course.dispute, course.is_lost = None, not is_won
        self._happens(course, "won" if is_won else "lost", told, late=late, cut=cut)

    @precondition(lambda self: self.reckoning.assets().get("psp_clearing", 0) > 0)
    @step(cut=cuts)
    def the_provider_pays_out(self, cut: int | None) -> None:
        amount = self.reckoning.assets()["psp_clearing"]
        payload = {
            "aggregate_id": str(uuid4()),
            "occurred_at": timezone.now().isoformat(),
            "key": str(uuid4()),
            "provider": "stripe",
            "amount_minor": amount,
            "currency": "MAD",
            "reference": "STRIPE",
        }
        for _ in range(2):
            self._do(lambda: handlers.on_provider_paid_out(payload), cut)
        self.reckoning.from_provider += amount

    # How it is heard.

    @precondition(lambda self: any(not each.times for each in self.news))
    @step(number=which, cut=cuts)
    def hear_what_is_late(self, number: int, cut: int | None) -> None:
        waiting = [each for each in self.news if not each.times]
        self._tell(waiting[-1 - number % len(waiting)], cut)

    @precondition(lambda self: any(each.times for each in self.news))
    @step(number=which)
    def hear_again(self, number: int) -> None:
        told = [each for each in self.news if each.times]
        self._tell(told[number % len(told)])

    # What people do.

    @step(days=st.sampled_from([1, 9, 27]))
    def time_passes(self, days: int) -> None:
        self.traveller.shift(timedelta(days=days))
        if (month := timezone.localdate().replace(day=1)) not in self.months:
            self.months.append(month)

    @step(bp=st.integers(0, 3_333), days=st.integers(1, 20), cut=cuts)
    def change_the_rule(self, bp: int, days: int, cut: int | None) -> None:
        since = timezone.localdate() + timedelta(days=days)
        self._do(
            lambda: set_commission(
                programme_id=self.world.programme.pk,
                rate_bp=bp,
                valid_from=since,
                source="board",
                by=MACHINE,
            ),
            cut,
        )
        by_day = self.rules_by_day.by_day
        self.rules_by_day.by_day = {day: was for day, was in by_day.items() if day < since}
        self.rules_by_day.by_day[since] = bp

    @precondition(lambda self: self.months[-1] > self.closed_until)
    @step(cut=cuts)
    def close_the_last_month(self, cut: int | None) -> None:
        last_on = self.months[-1] - timedelta(days=1)
        programme, by = self.world.programme, self.world.preparer.actor
        self._do(lambda: services.close_period(programme=programme, last_on=last_on, by=by), cut)
        self.closed_until = self.months[-1]

    @precondition(lambda self: self.run is None)
    @step(cut=cuts)
    def prepare_a_payout(self, cut: int | None) -> None:
        programme, by = self.world.programme, self.world.preparer.actor
        before = look()
        try:
            self.run = self._do(lambda: services.prepare_run(programme=programme, by=by), cut)
        except NothingToPay:
            return
        for line in self._lines():
            owner = line.cooperative_id
            assert line.amount_minor == before.owed[owner, "released"] > 0
            self.reckoning.set_aside[owner] = line.amount_minor
            self.touched.add(owner)

    @precondition(lambda self: self.run is not None and self.run.state == RunState.PREPARED)
    @step(goes_on=st.sampled_from([True, True, False]), cut=cuts)
    def decide_the_payout(self, goes_on: bool, cut: int | None) -> None:
        run, by = self._open_run(), self.world.approver.actor
        if goes_on:
            self.run = self._do(
                lambda: services.approve_run(run=run, typed_total=run.total_minor, by=by), cut
            )
            return
        self._do(lambda: services.send_back(run=run, remark="again", by=by), cut)
        self.touched |= set(self.reckoning.set_aside)
        self.reckoning.set_aside, self.run = {}, None

    @precondition(lambda self: self.run is not None and self.run.state == RunState.APPROVED)
    @step(cut=cuts)
    def send_the_payout(self, cut: int | None) -> None:
        run = self._open_run()
        self._do(lambda: services.make_bank_file(run=run, by=self.world.approver.actor), cut)
        by = self.world.preparer.actor
        self.run = self._do(lambda: services.mark_sent(run=run, by=by), cut)

    @precondition(lambda self: self.run is not None and self.run.state == RunState.SENT)
    @step(end=st.sampled_from(["settled", "returned", "settled, then returned"]), cut=cuts)
    def the_bank_reports(self, end: str, cut: int | None) -> None:
        """For the first payment that is still open."""
        run, by = self._open_run(), self.world.preparer.actor
        line = next(line for line in self._lines() if line.state == LineState.READY)
        owner = line.cooperative_id
        if end.startswith("settled"):
            self._do(lambda: services.mark_settled(run=run, lines=[line], by=by), cut)
        if end.endswith("returned"):
            self._do(lambda: services.mark_returned(line=line, reason="closed", by=by), cut)
        del self.reckoning.set_aside[owner]
        paid = line.amount_minor if end == "settled" else 0
        self.reckoning.paid_out[owner] = self.reckoning.paid_out.get(owner, 0) + paid
        self.touched.add(owner)
        run.refresh_from_db()
        self.run = None if run.closed_at else run

    @precondition(lambda self: self._in_debt())
    @step(
        number=which,
        part=st.sampled_from([1, 50, 100]),
        how=st.sampled_from([DebtEnd.REPAID, DebtEnd.BORNE]),
        cut=cuts,
    )
    def end_a_debt(self, number: int, part: int, how: DebtEnd, cut: int | None) -> None:
        """A hundredth, half or all of what a cooperative owes is paid back or given up."""
        owing = self._in_debt()
        cooperative = owing[number % len(owing)]
        debt = -self.owed[cooperative.pk, "released"]
        amount = -(-debt * part // 100)
        by = self.world.approver.actor
        self._do(
            lambda: services.end_debt(
                cooperative=cooperative,
                amount=Money(amount, "MAD"),
                seen_minor=debt,
                how=how,
                explanation="agreed",
                by=by,
            ),
            cut,
        )
        self.reckoning.end_debt(cooperative.pk, amount, is_repaid=how == DebtEnd.REPAID)
        self.touched.add(cooperative.pk)

    # What must hold after every step.
