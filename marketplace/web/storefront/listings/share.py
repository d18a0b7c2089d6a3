"""The cooperative's share of a price, by today's commission rule."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.models import ListingOffer, ListingPage
from marketplace.core.money import WHOLE_BP, Money
from marketplace.payouts.balances.commission_rules import rule_for, rules_on
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import Share


@dataclass(frozen=True)
class CooperativeShare:
    """The cooperative's share of the price in minor units, and both shares in per cent."""

    amount_minor: int
    currency: str
    shares: list[Share]


def cooperative_share(
    shop: Shop, page: ListingPage, offer: ListingOffer
) -> CooperativeShare | None:
    """Today's share; None where the programme has no commission rule."""
    rules = rules_on(page.programme_id, timezone.localdate())
    rule = rule_for(rules, page.cooperative_id, page.category_slug)
    if rule is None:
        return None
    price = Money(offer.amount_minor, offer.currency)
    kept = price.share(Fraction(rule.rate_bp, WHOLE_BP))
    rate = Fraction(rule.rate_bp, 100)
    shares = [
        Share(_("The cooperative"), WHOLE_BP - rule.rate_bp, _percent(shop, 100 - rate)),
        Share(_("Shop and payment costs"), rule.rate_bp, _percent(shop, rate)),
    ]
    return CooperativeShare((price - kept).amount_minor, offer.currency, shares)


def _percent(shop: Shop, rate: Fraction) -> str:
    ratio = Decimal(rate.numerator) / Decimal(rate.denominator) / 100
    return shop.format.percent(ratio, decimals=0 if rate.denominator == 1 else 1)
