"""Steps of the card provider: disputes, and paying out what it collected."""

from uuid import uuid4

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition

from marketplace.payouts import handlers
from tests.payouts.books.sequence import Sequence, cuts, late, which
from tests.payouts.books.steps import step
from tests.payouts.world import Told


class ProviderSteps(Sequence):
    """What a buyer's bank and the provider do."""

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
