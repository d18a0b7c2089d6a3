"""What would be kept of a sale placed today, before there is one: for offers."""

from datetime import date
from fractions import Fraction
from uuid import UUID

from marketplace.core.money import WHOLE_BP, Money
from marketplace.payouts.balances.commission_context import phase_on, volume_before
from marketplace.payouts.balances.commission_rules import rate_at, rule_for, rules_on
from marketplace.payouts.balances.commission_vat import NOT_CHARGED, vat_of
from vendors.models import Cooperative


def expected_commission(
    cooperative: Cooperative, *, category_slug: str, market: str, goods: Money, on: date
) -> int:
    """Commission with its VAT on goods sold at a price, by the rule in force; minor units."""
    rate_bp = _rate_bp(cooperative.programme_id, cooperative.pk, category_slug, market, on)
    vat = vat_of(cooperative.programme, on) or NOT_CHARGED
    agreed = goods.share(Fraction(rate_bp, WHOLE_BP))
    if vat.is_included:
        return agreed.amount_minor
    return agreed.amount_minor + agreed.share(Fraction(vat.rate_bp, WHOLE_BP)).amount_minor


def _rate_bp(
    programme_id: UUID, cooperative_id: UUID, category_slug: str, market: str, on: date
) -> int:
    rule = rule_for(
        rules_on(programme_id, on),
        cooperative_id,
        category_slug,
        phase=phase_on(programme_id, cooperative_id, on),
        market=market,
    )
    return rate_at(rule, volume_before(cooperative_id, on) if rule and rule.tiers else 0)
