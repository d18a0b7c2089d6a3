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
MOST_VARIANTS = 50
LONGEST_VARIANT_NAME = 60


class ListingText(BaseModel):
    """Texts in one language; ``confirmed`` when a person has checked them.

    ``materials`` are those that no code names.
    """

    name: str = ""
    description: str = ""
    materials: str = ""
    confirmed: bool = False


class VariantContent(BaseModel):
    """One size or colour: its name, and its own weight, prices and stock, as of a listing.

    ``id`` is that of its ``ListingVariant``.
    """

    model_config = ConfigDict(extra="forbid")

    id: UUID
    name: str
    weight_grams: int = 0
    prices: dict[str, int] = Field(default_factory=dict)
    quantity: int = 0


class RevisionContent(BaseModel):
    """A listing as proposed.

    ``prices`` maps a channel's slug to minor units of its currency; a channel without a price does
    not sell it. ``material_codes`` are those of ``catalog.materials``. ``quantity`` is the stock at
    its first publication, never applied again.
    ``net_quantity`` is the labelled content, such as ``250 g``; ``weight_grams`` includes packing.
    Weight, prices and quantity are those of the first variant, called ``variant_name`` where there
    are ``further_variants``.
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
    variant_name: str = ""
    further_variants: list[VariantContent] = Field(default_factory=list)

    def variant(self, variant_id: UUID) -> VariantContent:
        """What is proposed of a variant; of one that is none of the further ones, the first.

        A channel that does not sell the first sells none of them.
        """
        for found in self.further_variants:
            if found.id == variant_id:
                sold = {slug: found.prices[slug] for slug in self.prices if slug in found.prices}
                return found.model_copy(update={"prices": sold})
        return VariantContent(
            id=variant_id,
            name=self.variant_name,
            weight_grams=self.weight_grams,
            prices=self.prices,
            quantity=self.quantity,
        )

    def variants_followed(self, prices: dict[str, int], weight_grams: int) -> list[VariantContent]:
        """The further variants once the first has these prices and this weight.

        What cost or weighed as much as the first before follows it, and so does what had no price;
        others keep theirs.
        """
        found = []
        for each in self.further_variants:
            own = dict(each.prices)
            for slug, amount in prices.items():
                if own.get(slug) in {None, self.prices.get(slug)}:
                    own[slug] = amount
            weighs = weight_grams if each.weight_grams == self.weight_grams else each.weight_grams
            found.append(each.model_copy(update={"prices": own, "weight_grams": weighs}))
        return found

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
        **_variant_errors(content),
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


def _variant_errors(content: RevisionContent) -> dict[str, str]:
    """Of sizes and colours: each has a name of its own, and is valid by itself."""
    if not content.further_variants:
        return {}
    names = [content.variant_name, *(each.name for each in content.further_variants)]
    if len(names) > MOST_VARIANTS:
        return {"variants": _("A product can have at most 50 sizes or colours.")}
    if len({name.strip().casefold() for name in names} - {""}) < len(names):
        return {"variants": _("Give each size or colour a name of its own.")}
    if any(len(name) > LONGEST_VARIANT_NAME for name in names):
        return {"variants": _("The name of a size or colour can have at most 60 characters.")}
    for each in content.further_variants:
        if problem := _problem_of(each, content):
            told = {"name": each.name, "problem": problem}
            return {"variants": _("Size or colour “%(name)s”: %(problem)s") % told}
    return {}


def _problem_of(variant: VariantContent, content: RevisionContent) -> str:
    """What is wrong with it; a weight that the first lacks too is told of that one."""
    own = RevisionContent(
        prices=variant.prices, weight_grams=variant.weight_grams, quantity=variant.quantity
    )
    found = _type_errors(own) | _price_errors(own)
    if not variant.weight_grams and not content.weight_grams:
        del found["weight"]
    return next((found[key] for key in ("weight", "quantity", "prices") if key in found), "")
