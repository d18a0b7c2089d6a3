"""A listing's content as read from a product of the store."""

from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.adoption.store import StoreProduct
from catalog.categories import find_category
from catalog.content import (
    HEAVIEST_GRAMS,
    LARGEST_AMOUNT_MINOR,
    LONGEST_DESCRIPTION,
    LONGEST_NAME,
    ListingText,
    RevisionContent,
)
from catalog.markets import MARKETS
from catalog.read_model.page_fields import plain_text
from catalog.read_model.product_values import weight_in_grams
from marketplace.core.vocabulary import written_in
from marketplace.core.word_lists import listed
from marketplace.saleor.client import ProductTypeKindEnum

MOST_VARIANTS = 50


def content_of(product: StoreProduct, category: str, *, weight_grams: int = 0) -> RevisionContent:
    """A revision's content from a product; ``weight_grams`` where the store has no weight."""
    texts = _texts(product)
    return RevisionContent(
        texts=texts,
        source_language=written_in(product.name),
        category_slug=category,
        weight_grams=weight_of(product) or weight_grams,
        prices=prices_of(product),
        quantity=product.stock,
    )


def why_not(product: StoreProduct, *, weight_grams: int = 0) -> str:
    """Why a product cannot become a listing; empty when it can."""
    found = (_of_its_kind(product), _of_its_variants(product), _of_its_facts(product, weight_grams))
    return next((reason for reason in found if reason), "")


def _of_its_kind(product: StoreProduct) -> str:
    kind = product.parts.product_type
    if kind.kind != ProductTypeKindEnum.NORMAL:
        return _("It is a gift card.")
    return "" if kind.is_shipping_required else _("Its product type needs no shipping.")


def _of_its_variants(product: StoreProduct) -> str:
    if not product.variants:
        return _("It has no variant.")
    if len(product.variants) >= MOST_VARIANTS:
        return _("It has 50 variants or more.")
    if any(not node.track_inventory for node in product.variants):
        return _("The stock of a variant is not tracked: switch on “track inventory”.")
    return ""


def _of_its_facts(product: StoreProduct, weight_grams: int) -> str:
    if any(len(text.name) > LONGEST_NAME for text in _texts(product).values()):
        return _("Its name is longer than 120 characters.")
    prices = prices_of(product)
    if not prices:
        channels = listed(market.channel_slug for market in MARKETS)
        words = _("Its first variant has no price in any market's channel (%(channels)s).")
        return words % {"channels": channels}
    if any(not 0 < amount <= LARGEST_AMOUNT_MINOR for amount in prices.values()):
        return _("Its price is zero.")
    if not 0 < (weight_of(product) or weight_grams) <= HEAVIEST_GRAMS:
        return _("It has no weight: set one in Saleor, or use --weight GRAMS.")
    return ""


def weight_of(product: StoreProduct) -> int:
    """Weight in grams of the product, else of its first variant, else 0."""
    own = weight_in_grams(product.parts.weight)
    return own or (weight_in_grams(product.variants[0].weight) if product.variants else 0)


def prices_of(product: StoreProduct) -> dict[str, int]:
    """The first variant's price in each channel of a market, in minor units."""
    ours = {market.channel_slug: market.currency for market in MARKETS}
    rows = product.variants[0].channel_listings or [] if product.variants else []
    return {
        row.channel.slug: row.price.fractional_amount
        for row in rows
        if row.price and ours.get(row.channel.slug) == row.price.currency
    }


def is_shown(product: StoreProduct) -> bool:
    """Whether the store shows it in a channel of a market."""
    ours = {market.channel_slug for market in MARKETS}
    rows = product.parts.channel_listings or []
    return any(row.is_published and row.channel.slug in ours for row in rows)


def default_category(product: StoreProduct) -> str:
    """The category with the name of the store's category; ``other`` when there is none."""
    return product.category_slug if find_category(product.category_slug) else "other"


def _texts(product: StoreProduct) -> dict[str, ListingText]:
    parts = product.parts
    found: dict[str, ListingText] = {
        written_in(product.name): _text(product.name, parts.description)
    }
    for code, text in (("ar", parts.arabic), ("fr", parts.french), ("en", parts.english)):
        if text and text.name and (code not in found or code == settings.BASE_LANGUAGE):
            found[code] = _text(text.name, text.description)
    return found


def _text(name: str, description: Any) -> ListingText:
    written = plain_text(description)[:LONGEST_DESCRIPTION]
    return ListingText(name=name.strip(), description=written, confirmed=True)
