"""The programme's share of refunded goods, by the cost allocation rule of the day.

Where a mediator decided a complaint, the decision says who bears it: the cooperative all of it, or
the programme all of it. What the carrier is to bear the programme pays, and claims from the carrier
by their contract.
"""

from dataclasses import replace
from fractions import Fraction

from marketplace.core.money import Money
from marketplace.orders.models import CostBearer
from marketplace.payouts.balances.cost_allocation_rules import REFUND_GOODS, share_at
from marketplace.payouts.balances.facts import REFUND_BORNE, Fact


def programme_part_of_refund(fact: Fact, borne_by: str = "") -> list[Fact]:
    """The programme's share of a refund's goods by line, as a fact; empty if it bears none.

    ``borne_by`` is a ``CostBearer`` where a mediator decided; otherwise the dated rule holds.
    """
    share = _share(fact, borne_by)
    goods = Money(fact.goods_minor, fact.currency).share(share)
    if not goods:
        return []
    weights = [amount for _line, _quantity, amount in fact.lines]
    parts = goods.allocate(weights) if any(weights) else []
    lines = [
        (line, quantity, part.amount_minor)
        for (line, quantity, _amount), part in zip(fact.lines, parts, strict=False)
    ]
    return [
        replace(
            fact,
            key=f"refund-borne:{fact.key}",
            kind=REFUND_BORNE,
            goods_minor=goods.amount_minor,
            shipping_minor=0,
            lines=lines,
        )
    ]


def _share(fact: Fact, borne_by: str) -> Fraction:
    if not borne_by:
        return share_at(fact.programme_id, REFUND_GOODS, fact.occurred_at)
    return Fraction(borne_by != CostBearer.COOPERATIVE)
