"""Write an approved revision to a product that the store already had: only what it changes.

The store's own type, category, formatted description, further channels, pictures and variants stay:
a listing does not cover them. A variant that cost what the first one costs follows its price;
others keep theirs.
"""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from catalog.content import LONGEST_DESCRIPTION, ListingText, RevisionContent
from catalog.models import Listing
from catalog.publishing.engine_names import Names, names_for
from catalog.publishing.inputs import grams, price_of
from catalog.publishing.texts import rich_text, text_values, translations
from catalog.read_model.page_fields import plain_text
from catalog.read_model.product_values import weight_in_grams
from marketplace.core.money import Money
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    AttributeValueInput,
    LanguageCodeEnum,
    ProductChannelListingAddInput,
    ProductChannelListingUpdateInput,
    ProductInput,
    ProductParts,
    ProductVariantChannelListingAddInput,
    SaleorClient,
)
from marketplace.saleor.errors import UnknownId


def edit_product(client: SaleorClient, listing: Listing, content: RevisionContent) -> str:
    """Write what differs; returns the product's id. Idempotent.

    Raises EngineRefused, EngineUnavailable, or UnknownId when the store deleted the product.
    """
    product_id = ids.global_id(ids.PRODUCT, listing.pk)
    present = client.product_by_id(product_id).product
    if present is None:
        raise UnknownId(ids.PRODUCT, listing.pk)
    # The category stays the store's: any that the engine has serves the look-up.
    names = names_for(listing.cooperative_id, "other")
    accepted(client.update_product(product_id, _changes(present, content, names)).product_update)
    _list_in_markets(client, present, content, names)
    _write_prices(client, present, content, names)
    _translate(client, present, content)
    return product_id


def _changes(present: ProductParts, content: RevisionContent, names: Names) -> ProductInput:
    text = content.base_text()
    attributes = [AttributeValueInput(id=names.attributes["cooperative"], reference=names.page)]
    attributes += [
        AttributeValueInput(id=names.attributes[slug], plain_text=value)
        for slug, value in text_values(content).items()
    ]
    change = ProductInput(attributes=attributes)
    if text.name.strip() != present.name:
        change.name = text.name.strip()
    if not _says(present.description, text):
        change.description = rich_text(text.description)
    if content.weight_grams != weight_in_grams(present.weight):
        change.weight = grams(content.weight_grams)
    return change


def _says(rich: Any, text: ListingText) -> bool:
    """Whether a formatted text already has the listing's plain text: then it keeps its format."""
    return plain_text(rich)[:LONGEST_DESCRIPTION] == text.description


def _list_in_markets(
    client: SaleorClient, present: ProductParts, content: RevisionContent, names: Names
) -> None:
    wanted = {names.channels[slug] for slug in content.prices if slug in names.channels}
    listed = {row.channel.id for row in present.channel_listings or []}
    change = ProductChannelListingUpdateInput(
        update_channels=[
            ProductChannelListingAddInput(
                channel_id=channel, is_published=True, is_available_for_purchase=True
            )
            for channel in sorted(wanted)
        ],
        # Channels that are not our markets' stay unchanged.
        remove_channels=sorted((listed - wanted) & set(names.channels.values())),
    )
    accepted(
        client.update_product_channel_listing(present.id, change).product_channel_listing_update
    )


def _write_prices(
    client: SaleorClient, present: ProductParts, content: RevisionContent, names: Names
) -> None:
    edges = present.product_variants.edges if present.product_variants else []
    before = _prices(edges[0].node) if edges else {}
    for edge in edges:
        own = _prices(edge.node)
        follows = {slug: own.get(slug) in {None, before.get(slug)} for slug in content.prices}
        rows = [
            ProductVariantChannelListingAddInput(
                channel_id=names.channels[slug], price=price_of(amount, slug)
            )
            for slug, amount in sorted(content.prices.items())
            if slug in names.channels and follows[slug] and own.get(slug) != amount
        ]
        if rows:
            answer = client.update_variant_channel_listing(edge.node.id, rows)
            accepted(answer.product_variant_channel_listing_update)


def _prices(node: Any) -> Mapping[str, int]:
    return {
        row.channel.slug: Money(row.price.fractional_amount, row.price.currency).amount_minor
        for row in node.channel_listings or []
        if row.price
    }


def _translate(client: SaleorClient, present: ProductParts, content: RevisionContent) -> None:
    there = {"ar": present.arabic, "fr": present.french, "en": present.english}
    for code, text in content.texts.items():
        if code == settings.BASE_LANGUAGE or code not in there or not text.name.strip():
            continue
        if code == content.source_language and text == content.base_text():
            # This language is in the plain fields.
            continue
        known = there[code]
        if known and known.name == text.name.strip() and _says(known.description, text):
            continue
        language = LanguageCodeEnum(code.upper())
        wanted = translations(content)[language]
        accepted(client.translate_product(present.id, language, wanted).product_translate)
