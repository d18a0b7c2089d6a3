"""Checkouts: a buyer's lines, addresses, chosen delivery and last calculated prices."""

import uuid

from django.db import models
from django.utils import timezone

from marketplace.embedded.models.base import EngineModel, WithMetadata


class CheckoutAuthorizeStatus(models.TextChoices):
    """How far authorized and charged amounts cover a checkout's total."""

    NONE = "NONE"
    PARTIAL = "PARTIAL"
    FULL = "FULL"


class CheckoutChargeStatus(models.TextChoices):
    """How far charged amounts cover a checkout's total."""

    NONE = "NONE"
    PARTIAL = "PARTIAL"
    FULL = "FULL"
    OVERCHARGED = "OVERCHARGED"


class Checkout(WithMetadata):
    """One purchase being prepared; deleted when it becomes an order.

    Amounts are minor units of `currency`. They are valid until `prices_expire_at`; every change
    of a line, an address or the delivery sets that to None, and the next reader recalculates them.
    `version` counts those changes, so that an App's response about an older state is dropped.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)
    version = models.PositiveIntegerField(default=0)
    channel = models.ForeignKey(
        "embedded.Channel", on_delete=models.CASCADE, related_name="checkouts"
    )
    user = models.ForeignKey(
        "embedded.User", null=True, on_delete=models.CASCADE, related_name="checkouts"
    )
    email = models.CharField(max_length=254, blank=True, default="")
    currency = models.CharField(max_length=3)
    country = models.CharField(max_length=2)
    language_code = models.CharField(max_length=35, default="en")
    customer_note = models.TextField(blank=True, default="")
    redirect_url = models.URLField(blank=True, default="")
    billing_address = models.ForeignKey(
        "embedded.Address", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_address = models.ForeignKey(
        "embedded.Address", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    delivery = models.ForeignKey(
        "embedded.CheckoutDelivery", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    deliveries_stale_at = models.DateTimeField(null=True)
    subtotal_net_minor = models.BigIntegerField(default=0)
    subtotal_gross_minor = models.BigIntegerField(default=0)
    shipping_net_minor = models.BigIntegerField(default=0)
    shipping_gross_minor = models.BigIntegerField(default=0)
    shipping_tax_rate = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    total_net_minor = models.BigIntegerField(default=0)
    total_gross_minor = models.BigIntegerField(default=0)
    voucher_code = models.CharField(max_length=255, null=True)
    discount_minor = models.BigIntegerField(default=0)
    discount_name = models.CharField(max_length=255, null=True)
    prices_expire_at = models.DateTimeField(null=True)
    tax_error = models.CharField(max_length=255, null=True)
    authorize_status = models.CharField(
        max_length=32, choices=CheckoutAuthorizeStatus, default=CheckoutAuthorizeStatus.NONE
    )
    charge_status = models.CharField(
        max_length=32, choices=CheckoutChargeStatus, default=CheckoutChargeStatus.NONE
    )

    class Meta(EngineModel.Meta):
        ordering = ("-updated_at", "pk")

    def __str__(self) -> str:
        return str(self.pk)


class CheckoutLine(WithMetadata):
    """A variant and its quantity; prices are those of the last calculation."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    checkout = models.ForeignKey(Checkout, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey("embedded.ProductVariant", on_delete=models.CASCADE)
    quantity = models.PositiveIntegerField()
    price_override_minor = models.BigIntegerField(null=True)
    price_override_reason = models.TextField(blank=True, default="")
    undiscounted_unit_minor = models.BigIntegerField(default=0)
    discount_minor = models.BigIntegerField(default=0)
    total_net_minor = models.BigIntegerField(default=0)
    total_gross_minor = models.BigIntegerField(default=0)
    tax_rate = models.DecimalField(max_digits=5, decimal_places=4, null=True)

    class Meta(EngineModel.Meta):
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"


class CheckoutDelivery(WithMetadata):
    """A delivery option of a checkout, offered by a zone or by an App.

    `method_id` is the option's public id: `ShippingMethod:<pk>` of a zone's method, or
    `app:<identifier>:<id>` of an App's, not encoded.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    checkout = models.ForeignKey(Checkout, on_delete=models.CASCADE, related_name="deliveries")
    shipping_method = models.ForeignKey(
        "embedded.ShippingMethod", null=True, on_delete=models.CASCADE, related_name="+"
    )
    method_id = models.CharField(max_length=1024)
    name = models.CharField(max_length=255)
    description = models.JSONField(null=True)
    price_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    minimum_delivery_days = models.PositiveIntegerField(null=True)
    maximum_delivery_days = models.PositiveIntegerField(null=True)
    active = models.BooleanField(default=True)
    is_valid = models.BooleanField(default=True)
    message = models.CharField(max_length=255, blank=True, default="")

    class Meta(EngineModel.Meta):
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["checkout", "method_id"], name="embedded_one_delivery_per_method"
            )
        ]

    def __str__(self) -> str:
        return self.name
