"""Steps of a sale: sold, paid, delivered, paid in by the carrier, refunded, cancelled."""

from django.utils import timezone
from hypothesis import strategies as st
from hypothesis.stateful import precondition

from tests.payouts.books.course import Course
from tests.payouts.books.reckoning import Reckoned
from tests.payouts.books.sequence import Sequence, amounts, cuts, late, which
from tests.payouts.books.steps import step
from tests.payouts.world import SaleOf


class SaleSteps(Sequence):
    """What happens between a buyer and a cooperative."""

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
