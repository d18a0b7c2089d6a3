"""Who moves the money: one module for each provider, chosen by the name in the data."""

from collections.abc import Iterable, Mapping
from typing import Any, cast

from django.conf import settings

from marketplace.payments.errors import ProviderUnavailable
from marketplace.payments.providers.bank_transfer import ByBankTransfer
from marketplace.payments.providers.base import LATER, Answer, ExternalProvider, Provider, Shown
from marketplace.payments.providers.cash_on_delivery import CashOnDelivery
from marketplace.payments.providers.cmi.provider import Cmi
from marketplace.payments.providers.stripe.provider import Stripe
from marketplace.payments.providers.test_card import TestCard

__all__ = [
    "LATER",
    "Answer",
    "ExternalProvider",
    "Provider",
    "Shown",
    "as_external",
    "available",
    "known",
    "provider_for",
    "provider_named",
]


def known() -> dict[str, Provider]:
    """Every provider of this code, by name, in the order in which a checkout shows them.

    The test card only where tests are allowed.
    """
    found: list[Provider] = [Cmi(), Stripe(), CashOnDelivery(), ByBankTransfer()]
    if settings.TEST_PAYMENTS:
        found.insert(0, TestCard())
    return {provider.name: provider for provider in found}


def available() -> dict[str, Provider]:
    """The providers of this deployment, by name: those whose settings are all there."""
    return {name: provider for name, provider in known().items() if not provider.missing()}


def provider_named(name: object) -> Provider:
    """The provider that takes payments under a name; raises ProviderUnavailable."""
    provider = available().get(str(name))
    if provider is None:
        raise ProviderUnavailable
    return provider


def as_external(provider: Provider) -> ExternalProvider | None:
    """The provider as one elsewhere, if it is."""
    return cast("ExternalProvider", provider) if provider.is_external else None


def provider_for(data: Mapping[str, Any], offered: Iterable[Provider]) -> Provider:
    """The offered provider named in a transaction's data, or the first one for its ``method``.

    Raises ProviderUnavailable.
    """
    name, method = data.get("provider"), data.get("method")
    for provider in offered:
        if provider.name == name or (not name and provider.method == method):
            return provider
    raise ProviderUnavailable
