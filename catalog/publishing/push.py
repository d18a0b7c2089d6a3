"""Writing a listing's product, variants and stock to the engine."""

from collections.abc import Sequence
from uuid import UUID

from catalog.content import RevisionContent, VariantContent
from catalog.markets import MARKETS
from catalog.models import Listing, ListingVariant
from catalog.publishing.engine_names import Names, names_for
from catalog.publishing.inputs import grams, price_of, variant_name
from catalog.publishing.texts import rich_text, text_values, translations
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import (
    AttributeValueInput,
    ProductChannelListingAddInput,
    ProductChannelListingUpdateInput,
    ProductCreateInput,
    ProductInput,
    ProductParts,
    ProductVariantChannelListingAddInput,
    ProductVariantCreateInput,
    ProductVariantInput,
    SaleorClient,
    StockInput,
)
from marketplace.saleor.errors import EngineRefused

_OURS = frozenset(market.channel_slug for market in MARKETS)


def write_product(
    client: SaleorClient,
    listing: Listing,
    variants: Sequence[ListingVariant],
    content: RevisionContent,
) -> str:
    """Create or change the product with channels, variants, prices and translations.

    Returns its id. Raises EngineRefused or EngineUnavailable; then it may be called again.
    """
    names = names_for(listing.cooperative_id, content.category_slug)
    product_id = find_product(client, listing.pk)
    is_new = product_id is None
    if product_id is None:
        product_id = _create(client, listing, content, names)
    else:
        accepted(client.update_product(product_id, _product_input(content, names)).product_update)
    present = client.product_by_id(product_id).product
    # A new product becomes visible once it has its price and texts.
    _list_in_channels(client, product_id, content, names, present, published=not is_new)
    for variant in variants:
        _write_variant(client, product_id, variant, content.variant(variant.pk), names, present)
    _translate(client, product_id, content)
    if is_new:
        _list_in_channels(client, product_id, content, names, present, published=True)
    return product_id


def find_product(client: SaleorClient, listing_id: UUID) -> str | None:
    """The engine's id of a listing's product, known or found by its external reference."""
    if known := ids.find_global_id(ids.PRODUCT, listing_id):
        return known
    found = client.product_by_external_reference(str(listing_id)).product
    if found is None:
        return None
    ids.link(ids.PRODUCT, listing_id, found.id)
    return found.id


def set_published(client: SaleorClient, listing: Listing, *, published: bool) -> None:
    """Show or hide a product in every channel in which it has a listing.

    A product that the store already had stays as it is in channels that are not our markets'.
    """
    product_id = ids.global_id(ids.PRODUCT, listing.pk)
    product = client.product_by_id(product_id).product
    channels = [
        ProductChannelListingAddInput(
            channel_id=row.channel.id, is_published=published, is_available_for_purchase=published
        )
        for row in (product.channel_listings if product else None) or []
        if not listing.is_from_store or row.channel.slug in _OURS
    ]
    if channels:
        change = ProductChannelListingUpdateInput(update_channels=channels)
        accepted(
            client.update_product_channel_listing(product_id, change).product_channel_listing_update
        )


def set_stock(
    client: SaleorClient, *, variant_id: UUID, cooperative_id: UUID, quantity: int
) -> None:
    """Set the stock in the cooperative's warehouse, including sold but unshipped items."""
    stock = StockInput(
        warehouse=ids.global_id(ids.WAREHOUSE, cooperative_id),
        quantity=quantity,
    )
    gid = ids.global_id(ids.VARIANT, variant_id)
    accepted(client.update_variant_stocks(gid, [stock]).product_variant_stocks_update)


def _create(client: SaleorClient, listing: Listing, content: RevisionContent, names: Names) -> str:
    fields = _product_input(content, names).model_dump(exclude_unset=True)
    made = accepted(
        client.create_product(
            ProductCreateInput(
                **fields,
                slug=listing.slug,
                product_type=names.product_type,
                external_reference=str(listing.pk),
            )
        ).product_create
    )
    if made.product is None:
        raise EngineRefused([{"field": "product", "message": "No product", "code": "NO_ANSWER"}])
    ids.link(ids.PRODUCT, listing.pk, made.product.id)
    return made.product.id


def _product_input(content: RevisionContent, names: Names) -> ProductInput:
    text = content.base_text()
    attributes = [AttributeValueInput(id=names.attributes["cooperative"], reference=names.page)]
    attributes += [
        AttributeValueInput(id=names.attributes[slug], plain_text=value)
        for slug, value in text_values(content).items()
    ]
    return ProductInput(
        name=text.name.strip(),
        description=rich_text(text.description),
        category=names.category,
        attributes=attributes,
        weight=grams(content.weight_grams),
    )


def _list_in_channels(
    client: SaleorClient,
    product_id: str,
    content: RevisionContent,
    names: Names,
    present: ProductParts | None,
    *,
    published: bool,
) -> None:
    wanted = {names.channels[slug] for slug in content.prices if slug in names.channels}
    listed = {row.channel.id for row in (present.channel_listings if present else None) or []}
    change = ProductChannelListingUpdateInput(
        update_channels=[
            ProductChannelListingAddInput(
                channel_id=channel,
                is_published=published,
                visible_in_listings=True,
                is_available_for_purchase=published,
            )
            for channel in sorted(wanted)
        ],
        remove_channels=sorted(listed - wanted),
    )
    accepted(
        client.update_product_channel_listing(product_id, change).product_channel_listing_update
    )


def _write_variant(
    client: SaleorClient,
    product_id: str,
    variant: ListingVariant,
    content: VariantContent,
    names: Names,
    present: ProductParts | None,
) -> None:
    gid = _present_variant(present, variant)
    if gid is None:
        gid = _create_variant(client, product_id, variant, content, names)
    else:
        change = ProductVariantInput(name=variant_name(variant), weight=grams(content.weight_grams))
        accepted(client.update_variant(gid, change).product_variant_update)
    ids.link(ids.VARIANT, variant.pk, gid)
    prices = [
        ProductVariantChannelListingAddInput(
            channel_id=names.channels[slug], price=price_of(amount, slug)
        )
        for slug, amount in sorted(content.prices.items())
        if slug in names.channels
    ]
    accepted(
        client.update_variant_channel_listing(gid, prices).product_variant_channel_listing_update
    )


def _present_variant(present: ProductParts | None, variant: ListingVariant) -> str | None:
    edges = present.product_variants.edges if present and present.product_variants else []
    for edge in edges:
        if edge.node.external_reference == str(variant.pk) or edge.node.sku == variant.sku:
            return edge.node.id
    return None


def _create_variant(
    client: SaleorClient,
    product_id: str,
    variant: ListingVariant,
    content: VariantContent,
    names: Names,
) -> str:
    made = accepted(
        client.create_variant(
            ProductVariantCreateInput(
                product=product_id,
                attributes=[],
                sku=variant.sku,
                name=variant_name(variant),
                track_inventory=True,
                weight=grams(content.weight_grams),
                external_reference=str(variant.pk),
                stocks=[StockInput(warehouse=names.warehouse, quantity=content.quantity)],
            )
        ).product_variant_create
    )
    if made.product_variant is None:
        raise EngineRefused([{"field": "variant", "message": "No variant", "code": "NO_ANSWER"}])
    return made.product_variant.id


def _translate(client: SaleorClient, product_id: str, content: RevisionContent) -> None:
    for language, text in translations(content).items():
        accepted(client.translate_product(product_id, language, text).product_translate)
