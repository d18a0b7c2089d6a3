"""What a checkout may be charged: never more than the total that was quoted with taxes."""

from dataclasses import dataclass
from uuid import UUID

from marketplace.orders.models import CheckoutAttempt, TaxQuote
from vendors.models import Cooperative
from vendors.scoping import Crossing


@dataclass(frozen=True)
class Payable:
    """A checkout that was quoted its taxes; ``total_minor`` in minor units of ``currency``."""

    checkout_id: UUID
    order_id: UUID
    currency: str
    total_minor: int
    country_code: str
    origin_country_codes: tuple[str, ...]
    market: str = ""
    region_code: str = ""
    cooperative_slugs: tuple[str, ...] = ()


def payable(checkout_id: UUID) -> Payable | None:
    """The facts that decide a payment; None when this checkout was never quoted its taxes."""
    attempt = CheckoutAttempt.objects.filter(checkout_id=checkout_id).first()
    quote = TaxQuote.objects.filter(checkout_id=checkout_id).first()
    if attempt is None or quote is None:
        return None
    cooperative_ids = {line["cooperative_id"] for line in attempt.lines}
    rows = Cooperative.objects.crossing(Crossing.CHECKOUT).filter(pk__in=cooperative_ids)
    found = list(rows.values_list("slug", "country_code"))
    return Payable(
        checkout_id=checkout_id,
        order_id=attempt.order_id,
        currency=quote.currency,
        total_minor=quote.total_minor,
        country_code=attempt.address.country_code,
        origin_country_codes=tuple(sorted({country for _slug, country in found})),
        market=attempt.market,
        region_code=attempt.address.region_code,
        cooperative_slugs=tuple(sorted(slug for slug, _country in found)),
    )
