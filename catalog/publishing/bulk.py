"""Creation of many new products at once."""

from collections.abc import Iterable, Sequence
from typing import Protocol
from uuid import UUID

from catalog.content import VariantContent
from catalog.models import ListingRevision, ListingVariant
from catalog.publishing.engine_names import Names, names_for
from catalog.publishing.inputs import grams, price_of, variant_name
from catalog.publishing.texts import rich_text, text_values, translations
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    AttributeValueInput,
    ProductBulkCreateInput,
    ProductBulkTranslateInput,
    ProductChannelListingCreateInput,
    ProductVariantBulkCreateInput,
    ProductVariantChannelListingAddInput,
    SaleorClient,
    StockInput,
)

# Saleor needs up to a second for each product on a busy machine.
SECONDS = 120.0

Proposal = tuple[ListingRevision, ListingVariant]


def create_products(client: SaleorClient, proposals: Sequence[Proposal]) -> dict[UUID, str]:
    """Create the products of approved first revisions; returns the problems by revision.

    One call for all, and one for their texts in further languages. A product that the engine
    refuses does not stop the others.
    """
    names: dict[tuple[UUID, str], Names] = {}
    inputs = []
    for revision, variant in proposals:
        # The ids include the cooperative's page and warehouse: one set for each cooperative.
        key = (revision.listing.cooperative_id, revision.proposed.category_slug)
        if key not in names:
            names[key] = names_for(*key)
        inputs.append(product_input(revision, variant, names[key]))
    answer = client.bulk_create_products(inputs, timeout=SECONDS).product_bulk_create
    problems: dict[UUID, str] = {}
    made: list[tuple[UUID, str]] = []
    variants: list[tuple[UUID, str]] = []
    for (revision, variant), result in zip(
        proposals, answer.results if answer else [], strict=True
    ):
        if result.product is None:
            problems[revision.pk] = "; ".join(e.message or "" for e in result.errors or [])
            continue
        made.append((revision.listing_id, result.product.id))
        variants += variant_links(_variants(revision, variant), result.product.variants or [])
    ids.link_many(ids.PRODUCT, made)
    ids.link_many(ids.VARIANT, variants)
    translate_products(client, proposals, dict(made))
    return problems


class Referenced(Protocol):
    """A variant of the engine, which has the reference that we gave it."""

    id: str
    external_reference: str | None


def variant_links(
    ours: Iterable[ListingVariant], theirs: Iterable[Referenced]
) -> list[tuple[UUID, str]]:
    """Our ids of the variants that the engine has, with its own."""
    known = {each.external_reference: each.id for each in theirs}
    return [(each.pk, known[str(each.pk)]) for each in ours if str(each.pk) in known]


def translate_products(
    client: SaleorClient, proposals: Sequence[Proposal], made: dict[UUID, str]
) -> None:
    """Write all further languages of all products in one call."""
    wanted = [
        ProductBulkTranslateInput(id=product_id, language_code=language, translation_fields=text)
        for revision, _variant in proposals
        if (product_id := made.get(revision.listing_id))
        for language, text in translations(revision.proposed).items()
    ]
    if wanted:
        accepted(client.bulk_translate_products(wanted, timeout=SECONDS).product_bulk_translate)


# long: one input of the engine, field by field
def product_input(
    revision: ListingRevision, variant: ListingVariant, names: Names
) -> ProductBulkCreateInput:
    """The input of a new product: published, with its initial stock."""
    content, listing = revision.proposed, revision.listing
    text = content.base_text()
    attributes = [AttributeValueInput(id=names.attributes["cooperative"], reference=names.page)]
    attributes += [
        AttributeValueInput(id=names.attributes[slug], plain_text=value)
        for slug, value in text_values(content).items()
        if value
    ]
    return ProductBulkCreateInput(
        name=text.name.strip(),
        slug=listing.slug,
        description=rich_text(text.description),
        category=names.category,
        product_type=names.product_type,
        attributes=attributes,
        weight=grams(content.weight_grams),
        external_reference=str(listing.pk),
        channel_listings=[
            ProductChannelListingCreateInput(
                channel_id=names.channels[slug],
                is_published=True,
                visible_in_listings=True,
                is_available_for_purchase=True,
            )
            for slug in sorted(content.prices)
            if slug in names.channels
        ],
        variants=[
            _variant_input(each, content.variant(each.pk), names)
            for each in _variants(revision, variant)
        ],
    )


def _variants(revision: ListingRevision, first: ListingVariant) -> list[ListingVariant]:
    """The first variant, and the further ones that the content has, in its order."""
    further = [each.id for each in revision.proposed.further_variants]
    known = {each.pk: each for each in revision.listing.variants.all()} if further else {}
    return [first, *(known[pk] for pk in further if pk in known)]


def _variant_input(
    variant: ListingVariant, content: VariantContent, names: Names
) -> ProductVariantBulkCreateInput:
    return ProductVariantBulkCreateInput(
        attributes=[],
        sku=variant.sku,
        name=variant_name(variant),
        track_inventory=True,
        weight=grams(content.weight_grams),
        external_reference=str(variant.pk),
        stocks=[StockInput(warehouse=names.warehouse, quantity=content.quantity)],
        channel_listings=[
            ProductVariantChannelListingAddInput(
                channel_id=names.channels[slug], price=price_of(amount, slug)
            )
            for slug, amount in sorted(content.prices.items())
            if slug in names.channels
        ],
    )
