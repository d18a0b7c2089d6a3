"""Whatever a cooperative refuses of a line, before and between its parcels: the money adds up."""

from dataclasses import dataclass, field
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import Money
from marketplace.ledger.chart import AccountCode as Code
from marketplace.orders.models import VendorOrderLine
from marketplace.orders.services.amounts import worth
from marketplace.orders.services.refuse import worth_refused
from marketplace.payouts.balances.sale_position import CASH, Position, position
from marketplace.payouts.balances.sale_totals import SaleTotals, SoldLine

LINE = UUID(int=1)
SHIPPING = 4_500


@dataclass
class Story:
    """One line: what happens to its units, and what the books know of it."""

    total: int
    units: int
    method: str
    voucher: int
    refused: int = 0
    arrived: int = 0
    claimed: int = 0
    refunded_units: int = 0
    known: SaleTotals = field(init=False)

    def __post_init__(self) -> None:
        sold = SoldLine(LINE, self.total, 1_200, 2_000, voucher_minor=self.voucher)
        if self.voucher:
            sold = SoldLine(
                LINE, self.total, 1_200, 2_000, voucher_minor=self.voucher, voucher_by="programme"
            )
        self.known = SaleTotals(method=self.method, sold=[sold])
        if self.method != CASH:
            self.known.captured.add(self.total, SHIPPING, {})

    @property
    def line(self) -> VendorOrderLine:
        return VendorOrderLine(
            total_minor=self.total, quantity=self.units, quantity_refused=self.refused
        )

    @property
    def left(self) -> int:
        return self.units - self.refused - self.arrived

    def refuse(self, wanted: int) -> int:
        """What its units cost; a card's refund is made at once, as ``request_refund`` reckons."""
        units = min(wanted, self.left)
        if not units:
            return 0
        cost = worth_refused(self.line, units)
        ends = units == self.left and not self.arrived
        self.known.cancelled.add(cost, SHIPPING if ends else 0, {LINE: cost})
        self.refused += units
        if self.method != CASH:
            self.refund(units, SHIPPING if ends else 0)
        return cost

    def refund(self, units: int, shipping: int = 0) -> None:
        paid, first = self.total, self.refunded_units
        if self.method == CASH:
            paid -= self.line.refused_minor
        parts = Money(self.total, "MAD").allocate([1] * self.units)
        amount = sum(part.amount_minor for part in parts[first : first + units])
        amount = min(amount, paid - self.known.refunded.goods)
        self.refunded_units += units
        self.known.refunded.add(amount, shipping, {LINE: amount})

    def arrive(self, wanted: int) -> None:
        units = min(wanted, self.left)
        if not units:
            return
        amount = worth(self.line, already=self.arrived, more=units)
        self.known.delivered.add(amount, 0 if self.arrived else SHIPPING, {LINE: amount})
        self.arrived += units

    def hand_over_cash(self) -> None:
        if self.method == CASH and self.arrived:
            due = self.total - self.line.refused_minor
            self.known.remitted.add(due, SHIPPING, {})

    def complain(self, wanted: int) -> None:
        units = min(wanted, self.arrived - self.claimed)
        if units > 0:
            self.claimed += units
            self.refund(units)

    @property
    def stands(self) -> Position:
        return position(self.known, "MAD")


acts = st.lists(st.tuples(st.sampled_from(["refuse", "arrive"]), st.integers(1, 4)), max_size=8)


@given(
    total=st.integers(1, 100_003),
    units=st.integers(1, 9),
    method=st.sampled_from(["card", CASH]),
    voucher=st.integers(0, 5_000),
    before=acts,
    claimed=st.integers(0, 9),
)
def test_nothing_is_lost_or_paid_twice(
    total: int, units: int, method: str, voucher: int, before: list[tuple[str, int]], claimed: int
) -> None:
    story = Story(total, units, method, voucher)
    for act, many in before:
        getattr(story, act)(many)
        assert sum(story.stands.balances.values()) == 0
        assert story.known.refunded.goods <= total
    story.arrive(story.left)
    story.hand_over_cash()

    kept = story.stands
    gross = _paid_for_goods(kept)
    paid = story.known.remitted if method == CASH else story.known.captured
    assert gross == paid.goods - story.known.refunded.goods + _voucher(kept)
    assert sum(kept.balances.values()) == 0
    for account in (Code.HELD, Code.BUYER_REFUNDABLE, Code.CARRIER_COD, Code.VOUCHER_PAYABLE):
        assert kept.balances.get(account, 0) == 0, account

    story.complain(claimed)

    known = story.known
    assert known.refunded.goods + known.refunded.shipping <= paid.goods + paid.shipping
    assert sum(story.stands.balances.values()) == 0
    assert story.stands.net_goods_minor <= kept.net_goods_minor


@given(total=st.integers(0, 100_003), units=st.integers(1, 9), parts=st.lists(st.integers(1, 4)))
def test_refused_and_delivered_units_cost_the_whole_line(
    total: int, units: int, parts: list[int]
) -> None:
    story = Story(total, units, CASH, 0)

    refused = sum(story.refuse(part) for part in parts)

    assert refused == story.line.refused_minor
    assert refused + worth(story.line, already=0, more=story.left) == total


def _paid_for_goods(stands: Position) -> int:
    """What the cooperative gets, and what is kept of it."""
    codes = (Code.RELEASED, Code.COMMISSION, Code.TAX_PAYABLE)
    return -sum(stands.balances.get(code, 0) for code in codes)


def _voucher(stands: Position) -> int:
    return stands.balances.get(Code.VOUCHER_COST, 0)
