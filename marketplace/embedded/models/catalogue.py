"""Categories, collections, product types, products, variants, prices, media, translations."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from marketplace.embedded.models.base import (
    EngineModel,
    WithDates,
    WithExternalReference,
    WithMetadata,
)
from marketplace.embedded.models.channel import Channel
from marketplace.embedded.models.page import Translation, one_per_language


class Category(WithMetadata):
    """A node of the category tree; `level` is 0 at the root."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(null=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.CASCADE, related_name="children")
    level = models.PositiveSmallIntegerField(default=0)
    seo_title = models.CharField(max_length=70, blank=True, null=True)
    seo_description = models.CharField(max_length=300, blank=True, null=True)
    background_image = models.CharField(max_length=255, blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)


class CategoryTranslation(Translation):
    """A category's texts in a language."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="translations")
    name = models.CharField(max_length=250, null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("category")


class ProductType(WithMetadata):
    """A type of products, which determines their attributes."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    kind = models.CharField(max_length=32, default="NORMAL")
    has_variants = models.BooleanField(default=True)
    is_shipping_required = models.BooleanField(default=True)
    is_digital = models.BooleanField(default=False)
    weight_grams = models.PositiveIntegerField(default=0)

    class Meta(EngineModel.Meta):
        ordering = ("slug",)


class Product(WithMetadata, WithExternalReference, WithDates):
    """A product; its texts are in the base language. Weight in grams."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(null=True)
    search_text = models.TextField(blank=True)
    search_vector = SearchVectorField(null=True)
    product_type = models.ForeignKey(ProductType, on_delete=models.PROTECT, related_name="products")
    category = models.ForeignKey(
        Category, null=True, on_delete=models.SET_NULL, related_name="products"
    )
    seo_title = models.CharField(max_length=70, blank=True, null=True)
    seo_description = models.CharField(max_length=300, blank=True, null=True)
    charge_taxes = models.BooleanField(default=True)
    weight_grams = models.PositiveIntegerField(null=True)
    rating = models.FloatField(null=True)
    default_variant = models.ForeignKey(
        "embedded.ProductVariant", null=True, on_delete=models.SET_NULL, related_name="+"
    )

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        indexes = (GinIndex(fields=["search_vector"], name="embedded_product_search"),)


class ProductTranslation(Translation):
    """A product's texts in a language."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="translations")
    name = models.CharField(max_length=250, null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("product")


class ProductChannelListing(EngineModel):
    """Whether a product is visible and for sale in a channel, and its lowest variant price."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="channel_listings")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="product_listings")
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)
    visible_in_listings = models.BooleanField(default=False)
    available_for_purchase_at = models.DateTimeField(null=True)
    currency = models.CharField(max_length=3)
    lowest_price_minor = models.BigIntegerField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["product", "channel"], name="embedded_product_listing_unique"
            ),
        )


class ProductVariant(WithMetadata, WithExternalReference, WithDates):
    """A variant of a product, which is what is bought. Weight in grams."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="variants")
    sku = models.CharField(max_length=255, unique=True, null=True, blank=True)
    name = models.CharField(max_length=255, blank=True)
    sort_order = models.IntegerField(default=0)
    track_inventory = models.BooleanField(default=True)
    quantity_limit_per_customer = models.PositiveIntegerField(null=True)
    weight_grams = models.PositiveIntegerField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("sort_order", "pk")


class ProductVariantTranslation(Translation):
    """A variant's name in a language."""

    variant = models.ForeignKey(
        ProductVariant, on_delete=models.CASCADE, related_name="translations"
    )
    name = models.CharField(max_length=255, null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("variant")


class ProductVariantChannelListing(EngineModel):
    """A variant's price in a channel, minor units of the channel's currency."""

    variant = models.ForeignKey(
        ProductVariant, on_delete=models.CASCADE, related_name="channel_listings"
    )
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="variant_listings")
    currency = models.CharField(max_length=3)
    price_minor = models.BigIntegerField(null=True)
    cost_price_minor = models.BigIntegerField(null=True)
    prior_price_minor = models.BigIntegerField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["variant", "channel"], name="embedded_variant_listing_unique"
            ),
        )


class ProductMedia(WithMetadata):
    """A picture (`image`: path under the media root) or an external address."""

    product = models.ForeignKey(Product, on_delete=models.CASCADE, related_name="media")
    sort_order = models.IntegerField(default=0)
    alt = models.CharField(max_length=250, blank=True)
    type = models.CharField(max_length=20, default="IMAGE")
    image = models.CharField(max_length=255, blank=True)
    external_url = models.CharField(max_length=256, blank=True)
    variants = models.ManyToManyField(ProductVariant, related_name="media", blank=True)

    class Meta(EngineModel.Meta):
        ordering = ("sort_order", "pk")


class Collection(WithMetadata):
    """A hand-picked set of products."""

    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    description = models.JSONField(null=True)
    products = models.ManyToManyField(Product, related_name="collections", blank=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)


class CollectionTranslation(Translation):
    """A collection's texts in a language."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="translations"
    )
    name = models.CharField(max_length=250, null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("collection")


class CollectionChannelListing(EngineModel):
    """Whether a collection is visible in a channel."""

    collection = models.ForeignKey(
        Collection, on_delete=models.CASCADE, related_name="channel_listings"
    )
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    is_published = models.BooleanField(default=False)
    published_at = models.DateTimeField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["collection", "channel"], name="embedded_collection_listing_unique"
            ),
        )
