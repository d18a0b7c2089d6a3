"""The content of a revision, validated before review."""

from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field

from catalog.categories import find_category
from catalog.errors import InvalidListing
from catalog.markets import MARKETS
from catalog.materials import materials
from catalog.quality import marks
from catalog.taxonomy import find_listing_type

LONGEST_NAME = 120
LONGEST_DESCRIPTION = 4000
LONGEST_MATERIALS = 400
LARGEST_AMOUNT_MINOR = 10_000_000_00
HEAVIEST_GRAMS = 200_000
MOST_PIECES = 1_000_000


class ListingText(BaseModel):
    """Texts in one language; ``confirmed`` when a person has checked them.

    ``materials`` are those that no code names.
    """

    name: str = ""
    description: str = ""
    materials: str = ""
    confirmed: bool = False


class RevisionContent(BaseModel):
    """A listing as proposed.

    ``prices`` maps a channel's slug to minor units of its currency; a channel without a price does
    not sell it. ``material_codes`` are those of ``catalog.materials``. ``quantity`` is the stock at
    its first publication, never applied again.
    ``net_quantity`` is the labelled content, such as ``250 g``; ``weight_grams`` includes packing.
    """

    model_config = ConfigDict(extra="forbid")

    texts: dict[str, ListingText] = Field(default_factory=dict)
    source_language: str = "ar"
    category_slug: str = ""
    taxonomy_slug: str = ""
    hs_code: str = ""
    origin_country: str = ""
    material_codes: list[str] = Field(default_factory=list)
    quality_marks: list[str] = Field(default_factory=list)
    net_quantity: str = ""
    weight_grams: int = 0
    prices: dict[str, int] = Field(default_factory=dict)
    media: list[UUID] = Field(default_factory=list)
    quantity: int = 0

    def text(self, language: str) -> ListingText:
        """The text in a language, else in its original language, else any with a name."""
        for key in (language, self.source_language, *self.texts):
            if (found := self.texts.get(key)) and found.name.strip():
                return found
        return ListingText()

    def own_materials(self) -> dict[str, str]:
        """The materials that no code names, by language."""
        return {code: text.materials for code, text in self.texts.items() if text.materials}

    def base_text(self) -> ListingText:
        """The text in the base language, for the engine's plain fields; always filled."""
        return self.text(settings.BASE_LANGUAGE)


def check(content: RevisionContent) -> None:
    """Raise InvalidListing with every field that prevents publication."""
    if errors := errors_of(content):
        raise InvalidListing(errors)


def errors_of(content: RevisionContent) -> dict[str, str]:
    """Every field that prevents publication, with what to do."""
    return {
        **_text_errors(content),
        **_type_errors(content),
        **_price_errors(content),
    }


def _text_errors(content: RevisionContent) -> dict[str, str]:
    errors: dict[str, str] = {}
    if not content.text(content.source_language).name.strip():
        errors["name"] = _("Give the product a name.")
    for text in content.texts.values():
        if len(text.name) > LONGEST_NAME:
            errors["name"] = _("The name is too long. The limit is 120 characters.")
        if len(text.description) > LONGEST_DESCRIPTION:
            errors["description"] = _("The description is too long. The limit is 4000 characters.")
        if len(text.materials) > LONGEST_MATERIALS:
            errors["materials"] = _("The materials are too long. The limit is 400 characters.")
    return errors


def _type_errors(content: RevisionContent) -> dict[str, str]:
    errors: dict[str, str] = {}
    if find_category(content.category_slug) is None:
        errors["category"] = _("Choose the product type.")
    if content.taxonomy_slug and find_listing_type(content.taxonomy_slug) is None:
        errors["taxonomy"] = _("Choose the product type.")
    if not 0 < content.weight_grams <= HEAVIEST_GRAMS:
        errors["weight"] = _("Enter the weight of one item with its packaging, in grams.")
    if content.quantity < 0:
        errors["quantity"] = _("The quantity cannot be negative.")
    if content.quantity > MOST_PIECES:
        errors["quantity"] = _("The quantity can be at most one million.")
    if any(mark not in marks() for mark in content.quality_marks):
        errors["quality_marks"] = _("Unknown quality mark.")
    if any(code not in materials() for code in content.material_codes):
        errors["materials"] = _("Unknown material.")
    return errors


def _price_errors(content: RevisionContent) -> dict[str, str]:
    channels = {market.channel_slug for market in MARKETS}
    if not content.prices:
        return {"prices": _("Enter a price for at least one market.")}
    if any(slug not in channels for slug in content.prices):
        return {"prices": _("Unknown market.")}
    if any(not 0 < amount <= LARGEST_AMOUNT_MINOR for amount in content.prices.values()):
        return {"prices": _("The price must be more than zero.")}
    return {}
