"""Vouchers: what a code takes off certain products, where, when and how often."""

import uuid

from django.db import models
from django.utils import timezone

from marketplace.embedded.models.base import EngineModel, WithMetadata
from marketplace.embedded.models.catalogue import Product
from marketplace.embedded.models.channel import Channel


class VoucherType(models.TextChoices):
    """What a voucher is taken off; of Saleor's types this engine has the one for products."""

    SPECIFIC_PRODUCT = "SPECIFIC_PRODUCT"


class DiscountValueType(models.TextChoices):
    """Whether the value is an amount off each unit, or a percentage of the line."""

    FIXED = "FIXED"
    PERCENTAGE = "PERCENTAGE"


class Voucher(WithMetadata):
    """A discount that its codes give. Without products it is for every product, as in Saleor."""

    type = models.CharField(
        max_length=20, choices=VoucherType, default=VoucherType.SPECIFIC_PRODUCT
    )
    name = models.CharField(max_length=255, null=True)
    discount_value_type = models.CharField(
        max_length=10, choices=DiscountValueType, default=DiscountValueType.FIXED
    )
    start_date = models.DateTimeField(default=timezone.now)
    end_date = models.DateTimeField(null=True)
    usage_limit = models.PositiveIntegerField(null=True)
    apply_once_per_customer = models.BooleanField(default=False)
    products = models.ManyToManyField(Product, related_name="+", blank=True)

    class Meta(EngineModel.Meta):
        ordering = ("name", "pk")

    def __str__(self) -> str:
        return self.name or str(self.pk)


class VoucherCode(EngineModel):
    """A code of a voucher, and how often it was used."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="codes")
    code = models.CharField(max_length=255, unique=True)
    used = models.PositiveIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta(EngineModel.Meta):
        ordering = ("-created_at", "code")

    def __str__(self) -> str:
        return self.code


class VoucherChannelListing(EngineModel):
    """A voucher's value in a channel: a percentage, or an amount of the channel's currency."""

    voucher = models.ForeignKey(Voucher, on_delete=models.CASCADE, related_name="channel_listings")
    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="+")
    discount_value = models.DecimalField(max_digits=20, decimal_places=3)
    currency = models.CharField(max_length=3)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["voucher", "channel"], name="embedded_voucher_listing_unique"
            ),
        )


class VoucherCustomer(EngineModel):
    """A buyer's address that has used a code of which everybody has one use."""

    voucher_code = models.ForeignKey(
        VoucherCode, on_delete=models.CASCADE, related_name="customers"
    )
    customer_email = models.EmailField()

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = (
            models.UniqueConstraint(
                fields=["voucher_code", "customer_email"], name="embedded_voucher_customer_once"
            ),
        )
