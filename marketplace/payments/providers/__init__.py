"""Who moves the money: one module for each provider, chosen by the name in the data."""

from django.conf import settings

from marketplace.payments.errors import ProviderUnavailable
from marketplace.payments.providers.base import Answer, Provider
from marketplace.payments.providers.cash_on_delivery import CashOnDelivery
from marketplace.payments.providers.test_card import TestCard

__all__ = ["Answer", "Provider", "available", "provider_named"]


def available() -> dict[str, Provider]:
    """The providers of this deployment, by name; the test card only where tests are allowed."""
    found: list[Provider] = [CashOnDelivery()]
    if settings.TEST_PAYMENTS:
        found.insert(0, TestCard())
    return {provider.name: provider for provider in found}


def provider_named(name: object) -> Provider:
    """The provider that takes payments under a name; raises ProviderUnavailable."""
    provider = available().get(str(name))
    if provider is None:
        raise ProviderUnavailable
    return provider
