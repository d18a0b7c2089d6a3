"""Commission rules: dated, in basis points (1200 = 12 %).

Precedence, the most specific rule first: one that names the cooperative, then one that names the
category, then the phase of the programme, then the market; a rule that names more precedes one that
names less (cooperative and category before the cooperative alone). Of equally specific rules the
latest applies. A rate of 0 for some time is a rule like any other.
"""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from django.db.models import Q

from marketplace.payouts.models import CommissionRule

Tiers = Sequence[tuple[int, int]]


def rules_on(programme_id: UUID, on: date) -> list[CommissionRule]:
    """The rules in force on a day (``valid_to`` is the first day without)."""
    return list(
        CommissionRule.objects.filter(programme_id=programme_id, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .order_by("valid_from")
    )


def rank(rule: CommissionRule) -> int:
    """How specific a rule is: cooperative before category before phase before market."""
    return (
        8 * (rule.cooperative_id is not None)
        + 4 * bool(rule.category_slug)
        + 2 * (rule.phase is not None)
        + bool(rule.market)
    )


def rule_for(
    rules: Iterable[CommissionRule],
    cooperative_id: UUID,
    category_slug: str,
    *,
    phase: int | None = None,
    market: str = "",
) -> CommissionRule | None:
    """The most specific rule that applies; of equals the one that began last."""
    fitting = [
        rule
        for rule in rules
        if rule.cooperative_id in {None, cooperative_id}
        and rule.category_slug in {"", category_slug}
        and rule.phase in {None, phase}
        and rule.market in {"", market}
    ]
    return max(fitting, key=lambda rule: (rank(rule), rule.valid_from), default=None)


def rate_at(rule: CommissionRule | None, volume_minor: int) -> int:
    """Basis points of a rule for the sales volume of the month before; 0 without a rule."""
    if rule is None:
        return 0
    reached = [rate for volume, rate in rule.tiers if volume <= volume_minor]
    return reached[-1] if reached else rule.rate_bp
