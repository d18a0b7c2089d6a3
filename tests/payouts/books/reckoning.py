"""What the books should say, reckoned from what was told, by other means than the books' own.

Amounts are minor units. Everything here is written from the point of view of the money's owners
and knows no accounts: who paid, who has it, who is owed.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from typing import Any
from uuid import UUID

from tests.payouts.world import SaleOf


@dataclass
class Reckoned:
    """One sale: what was heard of it so far, each thing once."""

    sale: SaleOf
    bp: list[int]
    captured: list[int] = field(default_factory=lambda: [0, 0])
    remitted: list[int] = field(default_factory=lambda: [0, 0])
    delivered: dict[int, int] = field(default_factory=dict)
    refunded: dict[int, int] = field(default_factory=dict)
    cancelled: dict[int, int] = field(default_factory=dict)
    shipping_delivered: int = 0
    shipping_refunded: int = 0
    shipping_cancelled: int = 0
    is_placed: bool = False
    # Goods and delivery that the buyer's bank disputes, and that it kept.
    in_dispute: list[int] = field(default_factory=lambda: [0, 0])
    lost: list[int] = field(default_factory=lambda: [0, 0])
    fees: int = 0

    @property
    def cash(self) -> bool:
        return self.sale.method == "cod"

    def at_provider(self) -> int:
        """What the card provider took for us less what it gave back."""
        if self.cash:
            return 0
        disputed = sum(self.in_dispute) + sum(self.lost)
        return sum(self.captured) - self.gone_back - disputed - self.fees

    def at_carrier(self) -> int:
        """What couriers collected and have not handed over."""
        if not self.cash:
            return 0
        return sum(self.delivered.values()) + self.shipping_delivered - sum(self.remitted)

    def in_bank(self) -> int:
        """What carriers handed over less what was given back to buyers by transfer."""
        return sum(self.remitted) - self.gone_back if self.cash else 0

    @property
    def gone_back(self) -> int:
        return sum(self.refunded.values()) + self.shipping_refunded

    def kept(self, index: int) -> int:
        """What the buyer keeps of a line, as far as it has arrived."""
        whole = self.sale.totals[index]
        return max(0, min(self.delivered.get(index, 0), whole - self.refunded.get(index, 0)))

    def paid_for(self) -> list[int]:
        """Of each line what is kept, as far as the buyer's money for it came in and stayed."""
        came_in = self.remitted[0] if self.cash else self.captured[0]
        left = came_in - sum(self.refunded.values()) - self.in_dispute[0] - self.lost[0]
        found = []
        for index in range(len(self.sale.totals)):
            found.append(min(self.kept(index), max(left, 0)))
            left -= found[-1]
        return found

    def commission(self) -> int:
        """Of the goods that are kept and paid, line by line."""
        lines = zip(self.paid_for(), self.bp, strict=True)
        return sum(commission_of(amount, bp) for amount, bp in lines)

    def earned(self) -> int:
        """What the cooperative may have."""
        return sum(self.paid_for()) - self.commission()

    def hear(self, what: str, payload: dict[str, Any]) -> None:
        """Note something that was told for the first time."""
        getattr(self, f"_hear_{what}")(payload)

    def _hear_placed(self, _payload: dict[str, Any]) -> None:
        self.is_placed = True

    def _hear_captured(self, payload: dict[str, Any]) -> None:
        (part,) = payload["parts"]
        self.captured = [part["goods_minor"], part["shipping_minor"]]

    def _hear_remitted(self, payload: dict[str, Any]) -> None:
        self.remitted = [payload["goods_minor"], payload["shipping_minor"]]

    def _hear_delivered(self, payload: dict[str, Any]) -> None:
        self._add(self.delivered, payload["lines"])
        self.shipping_delivered += payload["shipping_minor"]

    def _hear_refunded(self, payload: dict[str, Any]) -> None:
        self._add(self.refunded, payload["lines"])
        self.shipping_refunded += payload["shipping_minor"]

    def _hear_cancelled(self, payload: dict[str, Any]) -> None:
        self._add(self.cancelled, payload["lines"])
        self.shipping_cancelled += payload["shipping_minor"]

    def _hear_disputed(self, payload: dict[str, Any]) -> None:
        paid = (
            self.captured[0] - sum(self.refunded.values()) - self.lost[0],
            self.captured[1] - self.shipping_refunded - self.lost[1],
        )
        self.in_dispute = in_proportion(payload["amount_minor"], *(max(0, part) for part in paid))
        self.fees += payload["fee_minor"]

    def _hear_won(self, _payload: dict[str, Any]) -> None:
        self.in_dispute = [0, 0]

    def _hear_lost(self, _payload: dict[str, Any]) -> None:
        self.lost = [was + now for was, now in zip(self.lost, self.in_dispute, strict=True)]
        self.in_dispute = [0, 0]

    def _add(self, into: dict[int, int], lines: Iterable[dict[str, Any]]) -> None:
        ids = [str(line_id) for line_id in self.sale.line_ids]
        for line in lines:
            index = ids.index(line["line_id"])
            into[index] = into.get(index, 0) + line["amount_minor"]


def in_proportion(amount: int, goods: int, shipping: int) -> list[int]:
    """An amount over two parts; the unit that is left goes where more of it was cut off."""
    amount, whole = min(amount, goods + shipping), goods + shipping
    if not whole:
        return [0, 0]
    first, second = amount * goods // whole, amount * shipping // whole
    if first + second < amount:
        if amount * goods % whole >= amount * shipping % whole:
            first += 1
        else:
            second += 1
    return [first, second]


def commission_of(amount_minor: int, bp: int) -> int:
    """Half to even, to a whole minor unit."""
    exact = Decimal(amount_minor) * bp / 10_000
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_EVEN))


@dataclass
class Rules:
    """Commission by day, as the programme agreed it."""

    by_day: dict[date, int]

    def on(self, day: date) -> int:
        return self.by_day[max(since for since in self.by_day if since <= day)]


@dataclass
class Reckoning:
    """The whole world's money beside the books."""

    sales: dict[UUID, Reckoned] = field(default_factory=dict)
    # By cooperative: paid by the bank and not sent back; set aside for a payout.
    paid_out: dict[UUID, int] = field(default_factory=dict)
    set_aside: dict[UUID, int] = field(default_factory=dict)
    # What the card provider paid into the bank.
    from_provider: int = 0
    # Debts of cooperatives that were paid back or given up; what was paid back.
    ended: Counter[UUID] = field(default_factory=Counter)
    repaid: int = 0

    def of(self, cooperative_id: UUID) -> list[Reckoned]:
        return [s for s in self.sales.values() if s.sale.cooperative.pk == cooperative_id]

    def end_debt(self, cooperative_id: UUID, amount: int, *, is_repaid: bool) -> None:
        """A cooperative owes so much less; the programme has it if it was paid back."""
        self.ended[cooperative_id] += amount
        self.repaid += amount * is_repaid

    def assets(self) -> dict[str, int]:
        """What the programme has, and where."""
        every = self.sales.values()
        found = {
            "psp_clearing": sum(s.at_provider() for s in every) - self.from_provider,
            "psp_disputed": sum(sum(s.in_dispute) for s in every),
            "carrier_cod": sum(s.at_carrier() for s in every),
            "bank": sum(s.in_bank() for s in every)
            + self.from_provider
            + self.repaid
            - sum(self.paid_out.values()),
        }
        return {code: amount for code, amount in found.items() if amount}
