"""How the store at the engine has to be: what ``setup`` makes, and what the doctor checks."""

from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string


@dataclass(frozen=True)
class ChannelPlan:
    """A market: one currency, one price list."""

    slug: str
    name: str
    currency: str
    default_country: str


@dataclass(frozen=True)
class AttributePlan:
    """What the engine keeps of a product besides its texts."""

    slug: str
    name: str


class CategoryPlan(Protocol):
    """A shelf of the shop; the catalogue owns the list."""

    @property
    def slug(self) -> str: ...

    def name(self, language: str) -> str:
        """The name in a language."""
        ...


CHANNELS = (
    ChannelPlan("ma-mad", "Morocco", "MAD", "MA"),
    ChannelPlan("eg-egp", "Egypt", "EGP", "EG"),
    ChannelPlan("tn-tnd", "Tunisia", "TND", "TN"),
    ChannelPlan("sn-xof", "Senegal", "XOF", "SN"),
    ChannelPlan("jo-jod", "Jordan", "JOD", "JO"),
    ChannelPlan("eu-eur", "Europe", "EUR", "FR"),
)
COOPERATIVE_ATTRIBUTE = AttributePlan("cooperative", "Cooperative")
TEXT_ATTRIBUTES = (
    AttributePlan("taxonomy", "Kind of goods"),
    AttributePlan("hs-code", "Customs code (HS)"),
    AttributePlan("origin-country", "Country of origin"),
    AttributePlan("materials", "Materials"),
    AttributePlan("quality-marks", "Quality marks"),
    AttributePlan("net-quantity", "Net quantity"),
)
PAGE_TYPE = AttributePlan("cooperative", "Cooperative")
PRODUCT_TYPE = AttributePlan("cooperative-product", "Product of a cooperative")


def categories() -> tuple[CategoryPlan, ...]:
    """The shelves, as the setting ``STORE_CATEGORIES`` names them."""
    return tuple(import_string(settings.STORE_CATEGORIES))
