"""Cash on delivery: possible where everything comes from the buyer's country, in its currency."""

from collections.abc import Iterable
from uuid import UUID

from marketplace.orders.delivery_plans import cooperatives_by_id
from marketplace.orders.models import CheckoutAttempt
from marketplace.orders.shipping_rates import PICKUP


def cash_is_possible(cooperative_ids: Iterable[UUID], country: str, currency: str) -> bool:
    """Whether all these cooperatives are of the country and paid in the currency."""
    cooperatives = cooperatives_by_id(cooperative_ids).values()
    return bool(cooperatives) and all(
        cooperative.country_code == country and cooperative.payout_currency == currency
        for cooperative in cooperatives
    )


def cash_is_possible_for(attempt: CheckoutAttempt) -> bool:
    """Whether a checkout may be paid on delivery: no hidden prices, nothing collected."""
    if attempt.hides_prices or attempt.delivery_option == PICKUP:
        return False
    cooperative_ids = {UUID(line["cooperative_id"]) for line in attempt.lines}
    return cash_is_possible(cooperative_ids, attempt.address.country_code, attempt.currency)
