"""Which products and variants the caller may see."""

from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from marketplace.embedded import models
from marketplace.embedded.channel_scope import CATALOGUE_READERS, channel_by_slug
from marketplace.embedded.schema.base import Info, context_of

Products = QuerySet[models.Product]


def visible_products(info: Info, channel: str | None) -> Products:
    """Return the products the caller may see.

    Catalogue staff and Apps: all, or those listed in the channel. Others: those published in
    the active channel with a price there.
    """
    context = context_of(info)
    rows: Products = models.Product.objects.all()
    row = channel_by_slug(context, channel)
    if context.may(*CATALOGUE_READERS):
        if channel is None:
            return rows
        listed = models.ProductChannelListing.objects.filter(product=OuterRef("pk"), channel=row)
        return rows.filter(Exists(listed)) if row else rows.none()
    if row is None or not row.is_active:
        return rows.none()
    return rows.filter(_published(row), _priced(row))


def _published(channel: models.Channel) -> Exists:
    listed = models.ProductChannelListing.objects.filter(
        Q(published_at__isnull=True) | Q(published_at__lte=timezone.now()),
        product=OuterRef("pk"),
        channel=channel,
        is_published=True,
    )
    return Exists(listed)


def _priced(channel: models.Channel) -> Exists:
    prices = models.ProductVariantChannelListing.objects.filter(
        variant__product=OuterRef("pk"), channel=channel, price_minor__isnull=False
    )
    return Exists(prices)


def visible_variants(info: Info, channel: str | None) -> Any:
    """Return the variants of visible products; for buyers those with a price in the channel."""
    rows = models.ProductVariant.objects.filter(product__in=visible_products(info, channel))
    if context_of(info).may(*CATALOGUE_READERS):
        return rows
    row = channel_by_slug(context_of(info), channel)
    return rows.filter(channel_listings__channel=row, channel_listings__price_minor__isnull=False)
