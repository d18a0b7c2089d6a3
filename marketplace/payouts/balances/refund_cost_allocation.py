"""What the programme bears of a refund of goods, by the dated rule of its day."""

from dataclasses import replace
from fractions import Fraction
from zoneinfo import ZoneInfo

from marketplace.core.money import Money
from marketplace.payouts.balances import booking
from marketplace.payouts.balances.booking import Fact
from marketplace.payouts.balances.cost_allocation_rules import (
    REFUND_GOODS,
    WHOLE_BP,
    programme_share,
)
from vendors.models import Programme


def borne_of_refund(fact: Fact) -> list[Fact]:
    """The programme's part of a refund's goods, line by line; nothing when it bears none."""
    programme = Programme.objects.get(pk=fact.programme_id)
    day = fact.occurred_at.astimezone(ZoneInfo(programme.time_zone)).date()
    share = Fraction(programme_share(programme.slug, REFUND_GOODS, day), WHOLE_BP)
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
            kind=booking.REFUND_BORNE,
            goods_minor=goods.amount_minor,
            shipping_minor=0,
            lines=lines,
        )
    ]
