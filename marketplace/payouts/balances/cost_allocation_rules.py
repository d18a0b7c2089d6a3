"""Cost allocation between programme and cooperative: dated rules, each with its source.

In ``data/cost_allocation.csv``, ``cost`` is ``refund_goods`` (goods refunded to a buyer),
``dispute_lost`` (goods of a payment lost in a dispute) or ``dispute_fee``; ``programme_bp`` is the
programme's share in basis points, the rest is the cooperative's. A programme's own row precedes the
general one; of equals the latest applies. The programme always bears delivery costs, because it has
the contract with the carrier.
"""

from collections.abc import Sequence
from datetime import date, datetime
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import NamedTuple
from uuid import UUID

from marketplace.core.dated import read_rules, rule_on, span_of
from marketplace.core.days import day_of
from marketplace.core.money import WHOLE_BP
from vendors.models import Programme

RULES_FILE = Path(__file__).parent.parent / "data" / "cost_allocation.csv"
REFUND_GOODS, DISPUTE_LOST, DISPUTE_FEE = "refund_goods", "dispute_lost", "dispute_fee"


class CostAllocationRule(NamedTuple):
    """One dated rule."""

    valid_from: date
    valid_to: date | None
    programme: str
    cost: str
    programme_bp: int
    source: str


@cache
def known_rules() -> tuple[CostAllocationRule, ...]:
    """The rules of the file."""
    return read_rules(RULES_FILE, _rule)


def programme_share(
    programme: str, cost: str, on: date, *, known: Sequence[CostAllocationRule] | None = None
) -> int:
    """The programme's share in basis points on a day; 0, all the cooperative's, without a rule."""
    fitting = (
        rule
        for rule in (known_rules() if known is None else known)
        if rule.cost == cost and rule.programme in {"", programme}
    )
    found = rule_on(fitting, on, is_own=lambda rule: bool(rule.programme))
    return found.programme_bp if found else 0


def share_at(programme_id: UUID, cost: str, at: datetime) -> Fraction:
    """The programme's share of a cost at a moment, by the day in its time zone."""
    programme = Programme.objects.get(pk=programme_id)
    day = day_of(at, programme.time_zone)
    return Fraction(programme_share(programme.slug, cost, day), WHOLE_BP)


def _rule(row: dict[str, str]) -> CostAllocationRule:
    valid_from, ends = span_of(row)
    share = int(row["programme_bp"])
    if row["cost"] not in {REFUND_GOODS, DISPUTE_LOST, DISPUTE_FEE}:
        raise ValueError(f"unknown cost: {row['cost']}")
    if not 0 <= share <= WHOLE_BP or not row["source"].strip():
        raise ValueError("the share or the source is missing or wrong")
    return CostAllocationRule(valid_from, ends, row["programme"], row["cost"], share, row["source"])
