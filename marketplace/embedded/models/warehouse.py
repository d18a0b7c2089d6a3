"""Warehouses, stock, shipping zones and their methods."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models

from marketplace.embedded.models.account import Address
from marketplace.embedded.models.base import EngineModel, WithExternalReference, WithMetadata
from marketplace.embedded.models.catalogue import ProductVariant
from marketplace.embedded.models.channel import Channel
from marketplace.embedded.models.page import Translation, one_per_language


class ShippingZone(WithMetadata):
    """Countries (ISO alpha-2) that are served together."""

    name = models.CharField(max_length=100)
    description = models.TextField(blank=True)
    default = models.BooleanField(default=False)
    countries = ArrayField(models.CharField(max_length=2), default=list)
    channels = models.ManyToManyField(Channel, related_name="shipping_zones", blank=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)


class Warehouse(WithMetadata, WithExternalReference):
    """A warehouse; each cooperative has one."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=250)
    slug = models.SlugField(max_length=255, unique=True, allow_unicode=True)
    email = models.EmailField(blank=True)
    address = models.ForeignKey(Address, on_delete=models.PROTECT)
    click_and_collect_option = models.CharField(max_length=30, default="DISABLED")
    is_private = models.BooleanField(default=True)
    shipping_zones = models.ManyToManyField(ShippingZone, related_name="warehouses", blank=True)
    channels = models.ManyToManyField(
        Channel, through="ChannelWarehouse", related_name="warehouses", blank=True
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(EngineModel.Meta):
        ordering = ("-slug",)


class ChannelWarehouse(EngineModel):
    """A warehouse that a channel sells from."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="warehouse_links")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="channel_links")
    sort_order = models.IntegerField(default=0)

    class Meta(EngineModel.Meta):
        ordering = ("sort_order", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=["channel", "warehouse"], name="embedded_channel_warehouse_unique"
            ),
        )


class Stock(EngineModel):
    """A variant's units in a warehouse, of which some are allocated to orders."""

    variant = models.ForeignKey(ProductVariant, on_delete=models.CASCADE, related_name="stocks")
    warehouse = models.ForeignKey(Warehouse, on_delete=models.CASCADE, related_name="stocks")
    quantity = models.IntegerField(default=0)
    quantity_allocated = models.IntegerField(default=0)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(fields=["variant", "warehouse"], name="embedded_stock_unique"),
        )


class ShippingMethod(WithMetadata):
    """A shipping method of a zone; days are working days, weights in grams."""

    name = models.CharField(max_length=100)
    type = models.CharField(max_length=30, default="PRICE")
    shipping_zone = models.ForeignKey(
        ShippingZone, on_delete=models.CASCADE, related_name="shipping_methods"
    )
    description = models.JSONField(null=True)
    minimum_delivery_days = models.PositiveIntegerField(null=True)
    maximum_delivery_days = models.PositiveIntegerField(null=True)
    minimum_weight_grams = models.PositiveIntegerField(null=True)
    maximum_weight_grams = models.PositiveIntegerField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)


class ShippingMethodTranslation(Translation):
    """A shipping method's name in a language."""

    shipping_method = models.ForeignKey(
        ShippingMethod, on_delete=models.CASCADE, related_name="translations"
    )
    name = models.CharField(max_length=255, null=True)

    class Meta(EngineModel.Meta):
        constraints = one_per_language("shipping_method")


class ShippingMethodChannelListing(EngineModel):
    """A method's price and order limits in a channel, minor units."""

    shipping_method = models.ForeignKey(
        ShippingMethod, on_delete=models.CASCADE, related_name="channel_listings"
    )
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    currency = models.CharField(max_length=3)
    price_minor = models.BigIntegerField(default=0)
    minimum_order_price_minor = models.BigIntegerField(null=True)
    maximum_order_price_minor = models.BigIntegerField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["shipping_method", "channel"], name="embedded_method_listing_unique"
            ),
        )
