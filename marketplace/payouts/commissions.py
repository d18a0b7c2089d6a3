"""Commission: dated rules in basis points, frozen for each line when its order is placed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.payouts.models import CommissionRule, FrozenCommission, Sale

if TYPE_CHECKING:
    from marketplace.orders.events import OrderedLine


@transaction.atomic
def set_commission(
    *,
    programme_id: UUID,
    rate_bp: int,
    valid_from: date,
    source: str,
    by: Actor,
    category_slug: str = "",
    cooperative_id: UUID | None = None,
) -> CommissionRule:
    """Say what the programme keeps from a day on, in basis points; ends the rule it replaces.

    Orders placed before keep the rate that was frozen with them.
    """
    same = CommissionRule.objects.filter(
        programme_id=programme_id, category_slug=category_slug, cooperative_id=cooperative_id
    )
    same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)).update(valid_to=valid_from)
    rule = CommissionRule.objects.create(
        programme_id=programme_id,
        cooperative_id=cooperative_id,
        category_slug=category_slug,
        rate_bp=rate_bp,
        valid_from=valid_from,
        source=source,
    )
    audit.record("commission.set", rule, by=by, rate_bp=rate_bp, valid_from=str(valid_from))
    return rule


def rules_on(programme_id: UUID, on: date) -> list[CommissionRule]:
    """The rules in force on a day (``valid_to`` is the first day without)."""
    return list(
        CommissionRule.objects.filter(programme_id=programme_id, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .order_by("valid_from")
    )


def rule_for(
    rules: Iterable[CommissionRule], cooperative_id: UUID, category_slug: str
) -> CommissionRule | None:
    """The most exact rule: the cooperative's, then the category's, then the programme's own."""
    best, best_rank = None, -1
    for rule in rules:
        fits = rule.cooperative_id in {None, cooperative_id}
        if not fits or rule.category_slug not in {"", category_slug}:
            continue
        rank = 2 * (rule.cooperative_id is not None) + bool(rule.category_slug)
        if rank >= best_rank:
            best, best_rank = rule, rank
    return best


@dataclass(frozen=True)
class Placed:
    """A sale with the lines that were ordered, and the day of the order."""

    sale: Sale
    lines: Iterable["OrderedLine"]
    on: date


def freeze_commissions(placed: Sequence[Placed]) -> None:
    """Keep each line's rate as agreed on the day of its order; without a rule it is zero."""
    agreed: dict[tuple[UUID, date], list[CommissionRule]] = {}
    frozen = []
    for each in placed:
        terms = (each.sale.programme_id, each.on)
        if terms not in agreed:
            agreed[terms] = rules_on(*terms)
        for position, line in enumerate(each.lines):
            rule = rule_for(agreed[terms], each.sale.cooperative_id, line.category_slug)
            frozen.append(
                FrozenCommission(
                    sale=each.sale,
                    line_id=line.line_id,
                    position=position,
                    category_slug=line.category_slug,
                    quantity=line.quantity,
                    total_minor=line.total_minor,
                    rate_bp=rule.rate_bp if rule else 0,
                    rule=rule,
                )
            )
    FrozenCommission.objects.create_all(frozen)
