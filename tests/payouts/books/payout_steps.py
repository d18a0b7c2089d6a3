"""Steps of a payout, from its preparation to the bank's report, and of a cooperative's debt."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition

from marketplace.core.money import Money
from marketplace.payouts import services
from marketplace.payouts.balances.end_debt import DebtEnd
from marketplace.payouts.errors import NothingToPay
from marketplace.payouts.models import LineState, RunState
from tests.payouts.books.looking import look
from tests.payouts.books.sequence import Sequence, cuts, which
from tests.payouts.books.steps import step


class PayoutSteps(Sequence):
    """What the two finance people do."""

    @precondition(lambda self: self.run is None)
    @step(cut=cuts)
    def prepare_a_payout(self, cut: int | None) -> None:
        programme, by = self.world.programme, self.world.preparer.actor
        before = self.seen or look()
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
