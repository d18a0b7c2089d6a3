"""A sale's lines, and its facts summed by kind: what its position is computed from."""

from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True)
class SoldLine:
    """An order line with its frozen commission and the VAT on it in basis points."""

    line_id: UUID
    total_minor: int
    rate_bp: int
    vat_bp: int = 0
    vat_included: bool = False
    # What a voucher took off that the cooperative does not bear, and who does.
    voucher_minor: int = 0
    voucher_by: str = ""

    def voucher_part(self, amount_minor: int) -> int:
        """What of the voucher belongs to so much of the line; parts of a line add up to it."""
        if not self.voucher_minor or self.total_minor <= 0:
            return 0
        part = max(0, min(amount_minor, self.total_minor))
        return self.voucher_minor * part // self.total_minor


@dataclass
class Amounts:
    """Amounts of one kind of fact in minor units: goods and delivery, and goods by line."""

    goods: int = 0
    shipping: int = 0
    by_line: dict[UUID, int] = field(default_factory=dict)

    def add(self, goods: int, shipping: int, lines: dict[UUID, int]) -> None:
        """Add one more fact of the kind."""
        self.goods += goods
        self.shipping += shipping
        for line_id, amount in lines.items():
            self.by_line[line_id] = self.by_line.get(line_id, 0) + amount

    def spread(self, sold: list[SoldLine]) -> dict[UUID, int]:
        """Goods by line; amounts without a line fill up the lines in their order."""
        spread = {line.line_id: self.by_line.get(line.line_id, 0) for line in sold}
        rest = self.goods - sum(spread.values())
        for line in sold:
            part = max(0, min(rest, line.total_minor - spread[line.line_id]))
            spread[line.line_id] += part
            rest -= part
        return spread


@dataclass
class SaleTotals:
    """The facts of a sale, summed by kind."""

    method: str = ""
    sold: list[SoldLine] = field(default_factory=list)
    captured: Amounts = field(default_factory=Amounts)
    delivered: Amounts = field(default_factory=Amounts)
    remitted: Amounts = field(default_factory=Amounts)
    refunded: Amounts = field(default_factory=Amounts)
    cancelled: Amounts = field(default_factory=Amounts)
    # Delivery made free for the buyer: ``shipping`` is the carrier's price.
    waived: Amounts = field(default_factory=Amounts)
    disputed: Amounts = field(default_factory=Amounts)
    dispute_won: Amounts = field(default_factory=Amounts)
    dispute_lost: Amounts = field(default_factory=Amounts)
    # What the programme pays for the cooperative, of refunds and of lost disputes.
    refund_borne: Amounts = field(default_factory=Amounts)
    dispute_borne: Amounts = field(default_factory=Amounts)

    @property
    def in_dispute(self) -> tuple[int, int]:
        """Goods and delivery of disputes that are not decided."""
        opened, won, lost = self.disputed, self.dispute_won, self.dispute_lost
        return (
            opened.goods - won.goods - lost.goods,
            opened.shipping - won.shipping - lost.shipping,
        )

    @property
    def outgoing_goods(self) -> int:
        """Goods refunded, disputed or lost, less what the programme bears of them."""
        borne = self.refund_borne.goods + self.dispute_borne.goods
        return self.refunded.goods + self.in_dispute[0] + self.dispute_lost.goods - borne
