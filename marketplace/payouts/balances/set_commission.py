"""Sets and ends commission rules."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.money import WHOLE_BP
from marketplace.payouts.balances.commission_rules import Tiers
from marketplace.payouts.errors import RuleNotInFuture, TiersWrong
from marketplace.payouts.models import CommissionRule, FrozenCommission
from vendors.scoping import Crossing


# long: one transaction: checks of a rule, the rule and its audit entry
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
    """Set the commission rate from a day on, in basis points; ends the rule it replaces.

    ``tiers`` are (sales volume of the month before in minor units, rate); below the first of them
    ``rate_bp`` applies. Orders already placed keep their frozen rates: once a programme has sold,
    a rule begins tomorrow at the earliest. Raises RuleNotInFuture, TiersWrong.
    """
    targets: dict[str, Any] = {
        "category_slug": category_slug,
        "cooperative_id": cooperative_id,
        "phase": phase,
        "market": market,
    }
    require_terms(programme_id, valid_from, valid_to, tiers)
    _end_replaced_rules(programme_id, targets, valid_from, valid_to)
    rule = CommissionRule.objects.create(
        programme_id=programme_id,
        rate_bp=rate_bp,
        tiers=[list(tier) for tier in tiers],
        valid_from=valid_from,
        valid_to=valid_to,
        source=source,
        **targets,
    )
    audit.record(
        "commission.set",
        rule,
        by=by,
        rate_bp=rate_bp,
        valid_from=str(valid_from),
        valid_to=str(valid_to or ""),
        tiers=rule.tiers,
        **{key: str(value) for key, value in targets.items() if value not in {None, ""}},
    )
    return rule


@transaction.atomic
def end_commission(*, rule: CommissionRule, valid_to: date, by: Actor) -> CommissionRule:
    """End a rule: ``valid_to`` is the first day without it. Raises RuleNotInFuture."""
    require_future(rule.programme_id, valid_to)
    rule = CommissionRule.objects.select_for_update().get(pk=rule.pk)
    if rule.valid_to is not None and rule.valid_to <= valid_to:
        raise RuleNotInFuture
    if valid_to <= rule.valid_from:
        # It has not begun and never applies: the rule that it was to replace continues.
        names = ("programme_id", "cooperative_id", "category_slug", "phase", "market")
        before = CommissionRule.objects.filter(**{name: getattr(rule, name) for name in names})
        before.filter(valid_to=rule.valid_from, valid_from__lt=rule.valid_from).update(
            valid_to=rule.valid_to
        )
    rule.valid_to = max(valid_to, rule.valid_from)
    rule.save(update_fields=["valid_to"])
    audit.record("commission.end", rule, by=by, valid_to=str(rule.valid_to))
    return rule


def _end_replaced_rules(
    programme_id: UUID, targets: dict[str, Any], valid_from: date, valid_to: date | None
) -> None:
    """End the rule that a new one replaces; if the new one ends, it continues afterwards."""
    same = CommissionRule.objects.select_for_update().filter(programme_id=programme_id, **targets)
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
                **targets,
            )


def require_terms(
    programme_id: UUID, valid_from: date, valid_to: date | None, tiers: Tiers
) -> None:
    """Raise RuleNotInFuture or TiersWrong for terms that no rule may have."""
    require_future(programme_id, valid_from)
    if not _are_tiers(tiers) or (valid_to is not None and valid_to <= valid_from):
        raise TiersWrong


def require_future(programme_id: UUID, day: date) -> None:
    """Raise RuleNotInFuture for a day before tomorrow, once the programme has sold."""
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
