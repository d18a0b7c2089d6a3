"""Listing products in channels, and the prices of their variants there."""

from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from marketplace.embedded import ids, money
from marketplace.embedded.errors import refuse
from marketplace.embedded.inputs import set_given
from marketplace.embedded.models import (
    Channel,
    Product,
    ProductChannelListing,
    ProductVariant,
    ProductVariantChannelListing,
)
from marketplace.embedded.products.inputs import ChannelListingData, PriceData
from marketplace.embedded.products.lowest_prices import refresh_lowest_prices
from marketplace.embedded.webhooks import emit


def update_channel_listings(
    product: Product, *, update: Sequence[ChannelListingData], remove: list[str] | None
) -> None:
    """List a product in channels and take it off others, whose prices go with it.

    Refuses NOT_FOUND, PRODUCT_WITHOUT_CATEGORY and INVALID.
    """
    for item in update:
        _list_in_channel(product, item)
    removed = ids.pks(remove, "Channel")
    product.channel_listings.filter(channel_id__in=removed).delete()
    prices = ProductVariantChannelListing.objects.filter(variant__product=product)
    prices.filter(channel_id__in=removed).delete()
    refresh_lowest_prices([product.pk])
    product.save(update_fields=["updated_at"])
    emit("PRODUCT_UPDATED", product)


def _list_in_channel(product: Product, item: ChannelListingData) -> None:
    channel = _channel(item["channel_id"])
    listing = product.channel_listings.filter(channel=channel).first()
    listing = listing or ProductChannelListing(
        product=product, channel=channel, currency=channel.currency_code
    )
    if item.get("is_published") and product.category_id is None:
        message = "You must select a category to be able to publish."
        raise refuse("PRODUCT_WITHOUT_CATEGORY", message, field="isPublished")
    apply_listing(listing, item)
    listing.save()


def _channel(global_id: str) -> Channel:
    channel = ids.find(Channel.objects.all(), global_id, "Channel")
    if channel is None:
        raise refuse("NOT_FOUND", "Channel not found.", field="channelId", channels=[global_id])
    return channel


def apply_listing(listing: ProductChannelListing, item: ChannelListingData) -> None:
    """Set a listing from its input, unsaved; publication and sale start now unless dated.

    Refuses INVALID for a date of sale together with "not available for purchase".
    """
    set_given(listing, item, "is_published", "visible_in_listings", "published_at")
    if listing.is_published and listing.published_at is None:
        listing.published_at = timezone.now()
    is_available = item.get("is_available_for_purchase")
    available_at = item.get("available_for_purchase_at")
    if is_available is False and available_at is not None:
        message = "Cannot set available for purchase date when is not available for purchase."
        raise refuse("INVALID", message, field="isAvailableForPurchase")
    if is_available is False:
        listing.available_for_purchase_at = None
    elif is_available or available_at is not None:
        listing.available_for_purchase_at = available_at or timezone.now()


def update_prices(variant: ProductVariant, items: Sequence[PriceData]) -> None:
    """Set a variant's prices in channels where its product is listed.

    Refuses NOT_FOUND, PRODUCT_NOT_ASSIGNED_TO_CHANNEL and INVALID.
    """
    for item in items:
        _set_price(variant, item)
    refresh_lowest_prices([variant.product_id])
    emit("PRODUCT_VARIANT_UPDATED", variant)


def _set_price(variant: ProductVariant, item: PriceData) -> None:
    channel = _channel(item["channel_id"])
    listed = ProductChannelListing.objects.filter(product_id=variant.product_id, channel=channel)
    if not listed.exists():
        raise refuse(
            "PRODUCT_NOT_ASSIGNED_TO_CHANNEL",
            "Product not available in channels.",
            field="input",
            channels=[item["channel_id"]],
        )
    ProductVariantChannelListing.objects.update_or_create(
        variant=variant, channel=channel, defaults=price_values(item, channel)
    )


def price_values(item: PriceData, channel: Channel) -> dict[str, Any]:
    """Return the fields of a variant's listing, in minor units of the channel's currency.

    Refuses INVALID for more decimals than the currency has.
    """
    currency = channel.currency_code
    minor = money.exact_minor_fields(
        currency,
        price=item.get("price"),
        cost_price=item.get("cost_price"),
        prior_price=item.get("prior_price"),
    )
    return {"currency": currency, **minor}
