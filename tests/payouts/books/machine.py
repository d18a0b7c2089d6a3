"""Whatever can happen to a programme's money, in any order, doubled, late and interrupted."""

from uuid import UUID

from hypothesis.stateful import invariant

from marketplace.payouts.statements.lines import statements
from tests.payouts.books.looking import Seen, look_and_check
from tests.payouts.books.payout_steps import PayoutSteps
from tests.payouts.books.programme_steps import ProgrammeSteps
from tests.payouts.books.provider_steps import ProviderSteps
from tests.payouts.books.sale_steps import SaleSteps
from vendors.scoping import CooperativeScope


class BooksMachine(SaleSteps, ProviderSteps, ProgrammeSteps, PayoutSteps):
    """All steps, and what must hold after each of them."""

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
            self.leave()

    @invariant()
    def the_books_are_right(self) -> None:
        if not self.unseen:
            return
        self.unseen = False
        seen, wrong = look_and_check()
        self.seen, self.owed = seen, seen.owed
        assert wrong == []
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
        seen = self.seen
        assert seen is not None
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
