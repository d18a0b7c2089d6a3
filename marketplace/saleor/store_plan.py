"""The planned store: created by ``setup``, checked by the doctor."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from marketplace.core.channel_names import require_known
from marketplace.saleor.errors import ChannelUnusable

# So many of a product the engine must take in one order: a cooperative may offer one buyer that
# many. The shop's own baskets take fewer.
MOST_OF_A_PRODUCT = 10_000


@dataclass(frozen=True)
class ChannelPlan:
    """A market's channel: one currency, one price list.

    ``is_the_stores``: it existed in the store before.
    """

    slug: str
    name: str
    currency: str
    default_country: str
    is_the_stores: bool = False


@dataclass(frozen=True)
class AttributePlan:
    """A product attribute in the engine."""

    slug: str
    name: str


class CategoryPlan(Protocol):
    """A category of the shop; the catalogue owns the list."""

    @property
    def slug(self) -> str: ...

    def name(self, language: str) -> str:
        """The name in a language."""
        ...


_MARKETS = {
    "ma": ChannelPlan("ma-mad", "Morocco", "MAD", "MA"),
    "eg": ChannelPlan("eg-egp", "Egypt", "EGP", "EG"),
    "tn": ChannelPlan("tn-tnd", "Tunisia", "TND", "TN"),
    "sn": ChannelPlan("sn-xof", "Senegal", "XOF", "SN"),
    "jo": ChannelPlan("jo-jod", "Jordan", "JOD", "JO"),
    "eu": ChannelPlan("eu-eur", "Europe", "EUR", "FR"),
}


def open_channels(named: dict[str, str]) -> tuple[ChannelPlan, ...]:
    """The channels of ``TWIZA_CHANNELS``; raises ImproperlyConfigured for an unknown one."""
    require_known(named, tuple(_MARKETS))
    return tuple(
        replace(plan, slug=named[code], is_the_stores=True) if named.get(code) else plan
        for code, plan in _MARKETS.items()
        if not named or code in named
    )


def require_usable(wanted: ChannelPlan, currencies: Mapping[str, str]) -> None:
    """Raise ChannelUnusable when a channel is missing or has another currency.

    ``currencies`` are those of the engine's channels, by slug.
    """
    found = currencies.get(wanted.slug)
    if found is None and wanted.is_the_stores:
        raise ChannelUnusable(channel=wanted.slug, needed=wanted.currency, found="–")
    if found is not None and found != wanted.currency:
        raise ChannelUnusable(channel=wanted.slug, needed=wanted.currency, found=found)


CHANNELS = open_channels(settings.MARKET_CHANNELS)
COOPERATIVE_ATTRIBUTE = AttributePlan("cooperative", "Cooperative")
TEXT_ATTRIBUTES = (
    AttributePlan("taxonomy", "Kind of goods"),
    AttributePlan("hs-code", "Customs code (HS)"),
    AttributePlan("origin-country", "Country of origin"),
    AttributePlan("materials", "Materials"),
    AttributePlan("quality-marks", "Quality marks"),
    AttributePlan("net-quantity", "Net quantity"),
)
# Identified by name, as they have no slugs.
TAX_CLASS = "Goods of cooperatives"
# Where the engine counts stock by zone (before 3.23): one zone of all countries, without a method.
STOCK_ZONE = "Warehouses of cooperatives"
# For past orders: a zone without countries and a method without prices, so that no checkout
# offers it.
PAST_ZONE = "Past orders of cooperatives"
PAST_METHOD = "Sent by the cooperative"
PAGE_TYPE = AttributePlan("cooperative", "Cooperative")
PRODUCT_TYPE = AttributePlan("cooperative-product", "Product of a cooperative")


def categories() -> tuple[CategoryPlan, ...]:
    """The categories from the setting ``STORE_CATEGORIES``."""
    return tuple(import_string(settings.STORE_CATEGORIES))
