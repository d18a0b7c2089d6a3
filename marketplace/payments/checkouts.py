"""What a checkout may be charged, and how: as it was quoted with taxes.

The quote says what the engine holds now, and where it is sent; our own attempt only what the buyer
began with us. Whoever knows a checkout's id changes its lines and its address at the engine.
"""

from dataclasses import dataclass
from uuid import UUID

from marketplace.orders.models import CheckoutAttempt, TaxQuote
from marketplace.orders.shipping_rates import PICKUP
from vendors.models import Cooperative
from vendors.scoping import Crossing


@dataclass(frozen=True)
class Payable:
    """A checkout that was quoted its taxes; ``total_minor`` in minor units of ``currency``.

    ``is_domestic``: every cooperative is of the buyer's country and paid in the currency.
    ``is_collected``: something of it is collected at its cooperative, where nobody takes cash.
    ``hides_prices``: whoever gets the parcel is not to see what it cost.
    """

    checkout_id: UUID
    order_id: UUID
    currency: str
    total_minor: int
    is_domestic: bool
    market: str = ""
    region_code: str = ""
    cooperative_slugs: tuple[str, ...] = ()
    hides_prices: bool = False
    is_collected: bool = False


def payable(checkout_id: UUID) -> Payable | None:
    """The facts that decide a payment; None when this checkout was never quoted its taxes."""
    attempt = CheckoutAttempt.objects.filter(checkout_id=checkout_id).first()
    quote = TaxQuote.objects.filter(checkout_id=checkout_id).first()
    if attempt is None or quote is None:
        return None
    rows = Cooperative.objects.crossing(Crossing.CHECKOUT).filter(pk__in=quote.cooperative_ids)
    found = list(rows.order_by("slug").values_list("slug", "country_code", "payout_currency"))
    domestic = (quote.country_code, quote.currency)
    # The engine does not keep our regions; in another country than the attempt's there is none.
    is_there = attempt.address.country_code == quote.country_code
    return Payable(
        checkout_id=checkout_id,
        order_id=attempt.order_id,
        currency=quote.currency,
        total_minor=quote.total_minor,
        is_domestic={row[1:] for row in found} == {domestic},
        market=attempt.market,
        region_code=attempt.address.region_code if is_there else "",
        cooperative_slugs=tuple(row[0] for row in found),
        hides_prices=attempt.hides_prices,
        is_collected=attempt.delivery_option == PICKUP,
    )
