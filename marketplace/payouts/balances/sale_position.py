"""The position of a sale: the balance of each of its accounts, computed from all its facts.

It depends on the facts alone and not on their order: posting the difference between it and what is
already posted leads to the same balances, however late, duplicated or reordered the events are.

Rules (amounts in minor units of the sale's currency; account balances, debit positive):

* net goods = delivered less refunded; they are released, less commission and the VAT on it, as far
  as their money has been received (card: captured; cash: remitted);
* goods paid and not delivered are held; cancelled ones are owed to the buyer until refunded;
* delivery charges belong to the carrier; refunded after delivery, they are the programme's cost;
* a disputed amount is held until the decision; if lost, it counts as not received;
* what the programme bears of a refund or lost dispute, the cooperative gets as if it was paid;
* of a voucher that the programme or a region bears, the cooperative gets what it took off a line,
  in proportion to what of the line is paid and kept; commission is on both together;
* cash collected by a courier is with the carrier until remitted;
* delivery that was free for the buyer is in accounts of its own (see ``delivery_position``).
"""

from dataclasses import dataclass, field
from fractions import Fraction
from uuid import UUID

from marketplace.core.money import WHOLE_BP, Money
from marketplace.ledger.chart import AccountCode as Code
from marketplace.payouts.balances.delivery_position import delivery_balances
from marketplace.payouts.balances.sale_totals import SaleTotals, SoldLine
from marketplace.payouts.balances.voucher_position import book_vouchers, with_vouchers

CARD, CASH = "card", "cod"


@dataclass(frozen=True)
class Position:
    """Balances of the sale's accounts; net goods, and the commission on them, in minor units.

    ``delivery`` are the balances of a delivery that was free for the buyer, posted apart.
    """

    balances: dict[Code, int]
    net_goods_minor: int
    commission_minor: int
    delivery: dict[Code, int] = field(default_factory=dict)

    @property
    def released_minor(self) -> int:
        """What is released to the cooperative, as a balance: below zero."""
        return self.balances.get(Code.RELEASED, 0) + self.delivery.get(Code.RELEASED, 0)

    @property
    def releases(self) -> bool:
        """Whether anything is released to the cooperative, or deducted from that."""
        return bool(self.balances.get(Code.RELEASED) or self.delivery.get(Code.RELEASED))


def position(known: SaleTotals, currency: str) -> Position:
    """The position of a sale."""
    net = _net_goods_by_line(known)
    received = known.captured if known.method != CASH else known.remitted
    released = _release(known.sold, net, received.goods - known.outgoing_goods)
    credited = with_vouchers(known.sold, released)
    commission, tax = _commission(known.sold, credited, currency)
    balances = _cash(known) if known.method == CASH else _card(known)
    gross = sum(released.values())
    balances[Code.RELEASED] = -(sum(credited.values()) - commission - tax)
    balances[Code.COMMISSION] = -commission
    balances[Code.TAX_PAYABLE] = -tax
    balances[Code.HELD] += gross
    _dispute(known, balances)
    if known.method != CASH and known.sold:
        _owe_cancelled(known, net, balances)
    book_vouchers(known, net, released, balances, is_cash=known.method == CASH)
    sold = with_vouchers(known.sold, net)
    return Position(
        {code: amount for code, amount in balances.items() if amount},
        sum(sold.values()),
        _commission(known.sold, sold, currency)[0],
        delivery_balances(known, is_received=received.goods > 0),
    )


def _net_goods_by_line(known: SaleTotals) -> dict[UUID, int]:
    """Delivered less refunded; a refund that the programme bears is not deducted."""
    delivered, refunded = known.delivered.spread(known.sold), known.refunded.spread(known.sold)
    borne = known.refund_borne.spread(known.sold)
    return {
        line.line_id: max(
            0,
            min(
                delivered[line.line_id],
                line.total_minor - refunded[line.line_id] + borne[line.line_id],
            ),
        )
        for line in known.sold
    }


def _release(sold: list[SoldLine], net: dict[UUID, int], budget: int) -> dict[UUID, int]:
    """How much of each line is released: its net goods, as far as the money is received."""
    released, left = {}, max(0, budget)
    for line in sold:
        released[line.line_id] = min(net[line.line_id], left)
        left -= released[line.line_id]
    return released


def _commission(sold: list[SoldLine], amounts: dict[UUID, int], currency: str) -> tuple[int, int]:
    """Commission and VAT, rounded by line on the whole amount so far, so that parts add up."""
    parts = [_commission_of(line, amounts[line.line_id], currency) for line in sold]
    return sum(net for net, _tax in parts), sum(tax for _net, tax in parts)


def _commission_of(line: SoldLine, amount_minor: int, currency: str) -> tuple[int, int]:
    agreed = Money(amount_minor, currency).share(Fraction(line.rate_bp, WHOLE_BP))
    if line.vat_included:
        net = agreed.share(Fraction(WHOLE_BP, WHOLE_BP + line.vat_bp))
        return net.amount_minor, agreed.amount_minor - net.amount_minor
    return agreed.amount_minor, agreed.share(Fraction(line.vat_bp, WHOLE_BP)).amount_minor


def _card(known: SaleTotals) -> dict[Code, int]:
    captured, refunded = known.captured, known.refunded
    balances = {
        Code.PSP_CLEARING: captured.goods + captured.shipping - refunded.goods - refunded.shipping,
        Code.HELD: -(captured.goods - refunded.goods),
        Code.SHIPPING_PAYABLE: -(captured.shipping - refunded.shipping),
    }
    return _carrier_keeps(known, balances)


def _cash(known: SaleTotals) -> dict[Code, int]:
    delivered, remitted, refunded = known.delivered, known.remitted, known.refunded
    balances = {
        Code.CARRIER_COD: delivered.goods + delivered.shipping - remitted.goods - remitted.shipping,
        Code.BANK: remitted.goods + remitted.shipping - refunded.goods - refunded.shipping,
        Code.HELD: -(delivered.goods - refunded.goods),
        Code.SHIPPING_PAYABLE: -(delivered.shipping - refunded.shipping),
    }
    return _carrier_keeps(known, balances)


def _dispute(known: SaleTotals, balances: dict[Code, int]) -> None:
    """Disputed money is with the provider; goods await the decision, delivery does not.

    What is lost is the programme's cost as far as it is not the cooperative's.
    """
    goods, shipping = known.in_dispute
    lost, borne = known.dispute_lost, known.dispute_borne
    gone = goods + shipping + lost.goods + lost.shipping
    balances[Code.PSP_CLEARING] = balances.get(Code.PSP_CLEARING, 0) - gone
    balances[Code.PSP_DISPUTED] = goods + shipping
    balances[Code.HELD] += goods + lost.goods - borne.goods - known.refund_borne.goods
    balances[Code.DISPUTED] = -goods
    balances[Code.CHARGEBACK] = lost.shipping + borne.goods
    balances[Code.REFUND_COST] = known.refund_borne.goods


def _carrier_keeps(known: SaleTotals, balances: dict[Code, int]) -> dict[Code, int]:
    """A delivery made is owed to the carrier even if its price was refunded."""
    if known.delivered.shipping:
        balances[Code.SHIPPING_REFUNDED] = known.refunded.shipping
        balances[Code.SHIPPING_PAYABLE] -= known.refunded.shipping
    return balances


def _owe_cancelled(known: SaleTotals, net: dict[UUID, int], balances: dict[Code, int]) -> None:
    """Paid and cancelled: moves from the cooperative and carrier to the buyer."""
    cancelled, refunded = known.cancelled.spread(known.sold), known.refunded.spread(known.sold)
    goods = sum(
        max(
            0,
            min(
                line.total_minor - refunded[line.line_id] - net[line.line_id],
                cancelled[line.line_id] - refunded[line.line_id],
            ),
        )
        for line in known.sold
    )
    goods = max(0, min(goods, -balances[Code.HELD]))
    shipping = 0
    if not known.delivered.shipping:
        owed = known.cancelled.shipping - known.refunded.shipping
        shipping = max(0, min(owed, -balances[Code.SHIPPING_PAYABLE]))
    balances[Code.HELD] += goods
    balances[Code.SHIPPING_PAYABLE] += shipping
    balances[Code.BUYER_REFUNDABLE] = -(goods + shipping)
