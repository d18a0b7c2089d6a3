"""Steps of time and of the programme: news is heard late or again, rules change, months close."""

from datetime import timedelta

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition

from marketplace.payouts import services
from marketplace.payouts.balances.set_commission import set_commission
from tests.payouts.books.sequence import Sequence, cuts, which
from tests.payouts.books.steps import step
from tests.payouts.world import MACHINE


class ProgrammeSteps(Sequence):
    """What comes with time, apart from sales and payouts."""

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
