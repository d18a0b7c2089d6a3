"""Which providers a market's checkout offers: those of a setting, or all that are set up.

``TWIZA_PAYMENTS="ma=cmi,bank-transfer,cash-on-delivery eu=stripe *=stripe"``: by market, else by
currency, else ``*``; in the order in which they are shown. Unset, every provider is offered that
can take the payment.
"""

from django.conf import settings

from marketplace.payments.checkouts import Payable
from marketplace.payments.errors import PaymentRefused
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
