"""Which providers a market's checkout offers: those of a setting, or all that are set up.

``TWIZA_PAYMENTS="ma=cmi,bank-transfer,cash-on-delivery eu=stripe *=stripe"``: by market, else by
currency, else ``*``; in the order in which they are shown. Unset, every provider is offered that
can take the payment.
"""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from catalog.markets import Market
from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import PaymentRefused
from marketplace.payments.models import Method
from marketplace.payments.providers import Provider, available


def offered(payable: Payable) -> list[Provider]:
    """The providers that may take this payment, in the order in which they are shown."""
    return [p for p in providers_of_market(payable.market, payable.currency) if allows(p, payable)]


def providers_of_market(market: str, currency: str) -> list[Provider]:
    """The configured providers of a market, whatever is in the basket."""
    there = available()
    chosen = configured_names()
    for key in (market.lower(), currency.upper(), "*"):
        if key in chosen:
            return [there[name] for name in chosen[key] if name in there]
    return list(there.values()) if not chosen else []


def shown_providers(market: Market) -> list[Provider]:
    """The providers that a market's pages name: cash on delivery only within one country."""
    found = providers_of_market(market.code, market.currency)
    return [p for p in found if market.is_one_country or p.method != Method.CASH_ON_DELIVERY]


def offers_cash(
    market: Market, *, cooperative_slugs: Sequence[str] = (), total_minor: int = 0
) -> bool:
    """Whether a market's pages may say that this much can be paid on delivery, domestic parcels.

    The total in minor units of the market's currency. The checkout asks again with the address.
    """
    asked = Payable(
        # There is no checkout yet; rules do not ask for it.
        checkout_id=UUID(int=0),
        order_id=UUID(int=0),
        currency=market.currency,
        total_minor=total_minor,
        is_domestic=True,
        market=market.code,
        cooperative_slugs=tuple(cooperative_slugs),
    )
    found = shown_providers(market)
    return any(p.method == Method.CASH_ON_DELIVERY and allows(p, asked) for p in found)


def configured_names() -> dict[str, list[str]]:
    """Providers' names by market, currency or ``*``, as the setting says."""
    found = {}
    for part in settings.PAYMENT_PROVIDERS.split():
        key, _equals, names = part.partition("=")
        found[key] = [name for name in names.split(",") if name]
    return found


def allows(provider: Provider, payable: Payable) -> bool:
    """Whether the provider's own rules let it take this payment."""
    try:
        provider.check(payable)
    except PaymentRefused:
        return False
    return True
