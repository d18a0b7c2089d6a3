"""Who moves the money: one module for each provider, chosen by the name in the data."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from marketplace.payments.errors import ProviderUnavailable
from marketplace.payments.providers.base import Answer, Provider
from marketplace.payments.providers.cash_on_delivery import CashOnDelivery
from marketplace.payments.providers.test_card import TestCard

__all__ = ["Answer", "Provider", "available", "provider_for", "provider_named"]


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


def provider_for(data: Mapping[str, Any]) -> Provider:
    """The provider named in a transaction's data, or the first one for its ``method``."""
    if name := data.get("provider"):
        return provider_named(name)
    for provider in available().values():
        if provider.method == data.get("method"):
            return provider
    raise ProviderUnavailable
