"""Commission: dated rules in basis points, frozen for each line when its order is placed.

Precedence, the most exact rule first: one that names the cooperative, then one that names the
category, then the phase of the programme, then the market; a rule that names more of a kind goes
before one that names less (cooperative and category before the cooperative alone). Of equally
exact rules the youngest counts. A rate of 0 for a time is a rule like any other.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.payouts.balances.commission_vat import NOT_CHARGED, Vat, vat_of
from marketplace.payouts.balances.sales_volume import Circumstances
from marketplace.payouts.errors import RuleNotInFuture, TiersWrong
from marketplace.payouts.models import CommissionRule, FrozenCommission, Sale
from vendors.models import Programme
from vendors.scoping import Crossing

if TYPE_CHECKING:
    from marketplace.orders.events import OrderedLine

WHOLE_BP = 10_000
Tiers = Sequence[tuple[int, int]]


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
    phase: int | None = None,
    market: str = "",
    tiers: Tiers = (),
    valid_to: date | None = None,
) -> CommissionRule:
    """Say what the programme keeps from a day on, in basis points; ends the rule it replaces.

    ``tiers`` are (volume of the month before in minor units, rate); below the first of them
    ``rate_bp`` counts. Orders placed before keep what was frozen with them: once a programme has
    sold, a rule begins tomorrow at the earliest. Raises RuleNotInFuture, TiersWrong.
    """
    named: dict[str, Any] = {
        "category_slug": category_slug,
        "cooperative_id": cooperative_id,
        "phase": phase,
        "market": market,
    }
    _require_future(programme_id, valid_from)
    if not _are_tiers(tiers) or (valid_to is not None and valid_to <= valid_from):
        raise TiersWrong
    _make_room(programme_id, named, valid_from, valid_to)
    rule = CommissionRule.objects.create(
        programme_id=programme_id,
        rate_bp=rate_bp,
        tiers=[list(tier) for tier in tiers],
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        **named,
    )
    audit.record(
        "commission.set",
        rule,
        by=by,
        rate_bp=rate_bp,
        valid_from=str(valid_from),
        valid_to=str(valid_to or ""),
        tiers=rule.tiers,
        **{key: str(value) for key, value in named.items() if value not in {None, ""}},
    )
    return rule


@transaction.atomic
def end_commission(*, rule: CommissionRule, valid_to: date, by: Actor) -> CommissionRule:
    """End a rule: ``valid_to`` is the first day without it. Raises RuleNotInFuture."""
    _require_future(rule.programme_id, valid_to)
    rule = CommissionRule.objects.select_for_update().get(pk=rule.pk)
    if rule.valid_to is not None and rule.valid_to <= valid_to:
        raise RuleNotInFuture
    if valid_to <= rule.valid_from:
        # It has not begun and never holds for a day: what it was to replace goes on.
        names = ("programme_id", "cooperative_id", "category_slug", "phase", "market")
        before = CommissionRule.objects.filter(**{name: getattr(rule, name) for name in names})
        before.filter(valid_to=rule.valid_from, valid_from__lt=rule.valid_from).update(
            valid_to=rule.valid_to
        )
    rule.valid_to = max(valid_to, rule.valid_from)
    rule.save(update_fields=["valid_to"])
    audit.record("commission.end", rule, by=by, valid_to=str(rule.valid_to))
    return rule


def _make_room(
    programme_id: UUID, named: dict[str, Any], valid_from: date, valid_to: date | None
) -> None:
    """End the rule that a new one replaces; after one with an end it goes on as it was."""
    same = CommissionRule.objects.select_for_update().filter(programme_id=programme_id, **named)
    for old in same.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=valid_from)):
        if valid_to is not None and old.valid_from >= valid_to:
            continue
        ends, old.valid_to = old.valid_to, max(old.valid_from, valid_from)
        old.save(update_fields=["valid_to"])
        if valid_to is not None and (ends is None or ends > valid_to):
            CommissionRule.objects.create(
                programme_id=programme_id,
                rate_bp=old.rate_bp,
                tiers=old.tiers,
                valid_from=valid_to,
                valid_to=ends,
                source=old.source,
                **named,
            )


def _require_future(programme_id: UUID, day: date) -> None:
    sold = FrozenCommission.objects.crossing(Crossing.LEDGER_POSTING).filter(
        sale__programme_id=programme_id
    )
    if day <= timezone.localdate() and sold.exists():
        raise RuleNotInFuture


def _are_tiers(tiers: Tiers) -> bool:
    volumes = [volume for volume, _rate in tiers]
    return volumes == sorted(set(volumes)) and all(
        volume > 0 and 0 <= rate <= WHOLE_BP for volume, rate in tiers
    )


def rules_on(programme_id: UUID, on: date) -> list[CommissionRule]:
    """The rules in force on a day (``valid_to`` is the first day without)."""
    return list(
        CommissionRule.objects.filter(programme_id=programme_id, valid_from__lte=on)
        .filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on))
        .order_by("valid_from")
    )


def rank(rule: CommissionRule) -> int:
    """How exact a rule is: cooperative before category before phase before market."""
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
    """The most exact rule that fits; of equals the one that began last."""
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
    """Basis points of a rule for a volume of the month before; 0 without a rule."""
    if rule is None:
        return 0
    reached = [rate for volume, rate in rule.tiers if volume <= volume_minor]
    return reached[-1] if reached else rule.rate_bp


@dataclass(frozen=True)
class Placed:
    """A sale with the lines that were ordered, and the day of the order."""

    sale: Sale
    lines: Iterable["OrderedLine"]
    on: date


def freeze_commissions(placed: Sequence[Placed]) -> None:
    """Keep each line's rate as agreed on the day of its order; without a rule it is zero."""
    if not placed:
        return
    agreed: dict[tuple[UUID, date], list[CommissionRule]] = {}
    programmes = Programme.objects.in_bulk({each.sale.programme_id for each in placed})
    charged: dict[tuple[UUID, date], Vat] = {}
    frozen = []
    for each in placed:
        terms = (each.sale.programme_id, each.on)
        if terms not in agreed:
            agreed[terms] = rules_on(*terms)
            charged[terms] = vat_of(programmes[terms[0]], each.on) or NOT_CHARGED
        around = Circumstances(each.sale, each.on, agreed[terms])
        for position, line in enumerate(each.lines):
            rule = rule_for(
                agreed[terms],
                each.sale.cooperative_id,
                line.category_slug,
                phase=around.phase,
                market=around.market,
            )
            frozen.append(
                FrozenCommission(
                    sale=each.sale,
                    line_id=line.line_id,
                    position=position,
                    category_slug=line.category_slug,
                    quantity=line.quantity,
                    total_minor=line.total_minor,
                    rate_bp=rate_at(rule, around.volume_for(rule)),
                    vat_bp=charged[terms].rate_bp,
                    vat_included=charged[terms].is_included,
                    rule=rule,
                )
            )
    FrozenCommission.objects.create_all(frozen)
