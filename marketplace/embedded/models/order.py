"""Orders and their lines as bought, with their amounts and statuses."""

import uuid

from django.db import models
from django.utils import timezone

from marketplace.embedded.models.base import EngineModel, WithMetadata


class OrderStatus(models.TextChoices):
    """Saleor's statuses of an order."""

    DRAFT = "DRAFT"
    UNCONFIRMED = "UNCONFIRMED"
    UNFULFILLED = "UNFULFILLED"
    PARTIALLY_FULFILLED = "PARTIALLY_FULFILLED"
    PARTIALLY_RETURNED = "PARTIALLY_RETURNED"
    RETURNED = "RETURNED"
    FULFILLED = "FULFILLED"
    CANCELED = "CANCELED"
    EXPIRED = "EXPIRED"


class OrderOrigin(models.TextChoices):
    """How an order was created."""

    CHECKOUT = "CHECKOUT"
    DRAFT = "DRAFT"
    REISSUE = "REISSUE"
    BULK_CREATE = "BULK_CREATE"


class OrderAuthorizeStatus(models.TextChoices):
    """How far authorized and charged amounts cover an order's total."""

    NONE = "NONE"
    PARTIAL = "PARTIAL"
    FULL = "FULL"


class OrderChargeStatus(models.TextChoices):
    """How far charged amounts cover an order's total."""

    NONE = "NONE"
    PARTIAL = "PARTIAL"
    FULL = "FULL"
    OVERCHARGED = "OVERCHARGED"


class OrderNumber(EngineModel):
    """Only its sequence is used, to number the orders; the table has no rows."""

    def __str__(self) -> str:
        return str(self.pk)


class Order(WithMetadata):
    """An order. Amounts are minor units of `currency`.

    `checkout_token` is unique: a checkout can never become a second order.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    number = models.BigIntegerField(unique=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)
    updated_at = models.DateTimeField(auto_now=True, db_index=True)
    status = models.CharField(
        max_length=32, choices=OrderStatus, default=OrderStatus.UNFULFILLED, db_index=True
    )
    origin = models.CharField(max_length=32, choices=OrderOrigin)
    channel = models.ForeignKey("embedded.Channel", on_delete=models.PROTECT, related_name="orders")
    user = models.ForeignKey(
        "embedded.User", null=True, on_delete=models.SET_NULL, related_name="orders"
    )
    user_email = models.CharField(max_length=254, blank=True, default="", db_index=True)
    language_code = models.CharField(max_length=35, default="en")
    customer_note = models.TextField(blank=True, default="")
    redirect_url = models.URLField(blank=True, default="")
    external_reference = models.CharField(max_length=250, null=True, unique=True)
    checkout_token = models.UUIDField(null=True, unique=True)
    billing_address = models.ForeignKey(
        "embedded.Address", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_address = models.ForeignKey(
        "embedded.Address", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    shipping_method_id_text = models.CharField(max_length=1024, blank=True, default="")
    shipping_method_name = models.CharField(max_length=255, blank=True, default="")
    shipping_method_metadata = models.JSONField(default=dict)
    shipping_method_private_metadata = models.JSONField(default=dict)
    shipping_tax_rate = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    currency = models.CharField(max_length=3)
    shipping_net_minor = models.BigIntegerField(default=0)
    shipping_gross_minor = models.BigIntegerField(default=0)
    undiscounted_shipping_minor = models.BigIntegerField(default=0)
    subtotal_net_minor = models.BigIntegerField(default=0)
    subtotal_gross_minor = models.BigIntegerField(default=0)
    total_net_minor = models.BigIntegerField(default=0)
    total_gross_minor = models.BigIntegerField(default=0)
    undiscounted_total_net_minor = models.BigIntegerField(default=0)
    undiscounted_total_gross_minor = models.BigIntegerField(default=0)
    voucher = models.ForeignKey(
        "embedded.Voucher", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    voucher_code = models.CharField(max_length=255, null=True)
    total_authorized_minor = models.BigIntegerField(default=0)
    total_charged_minor = models.BigIntegerField(default=0)
    authorize_status = models.CharField(
        max_length=32, choices=OrderAuthorizeStatus, default=OrderAuthorizeStatus.NONE
    )
    charge_status = models.CharField(
        max_length=32, choices=OrderChargeStatus, default=OrderChargeStatus.NONE
    )
    display_gross_prices = models.BooleanField(default=True)
    weight_grams = models.BigIntegerField(default=0)

    class Meta(EngineModel.Meta):
        ordering = ("-number",)

    def __str__(self) -> str:
        return f"#{self.number}"


class OrderLine(WithMetadata):
    """A variant as it was bought: names, quantity and prices do not change afterwards."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    variant = models.ForeignKey(
        "embedded.ProductVariant", null=True, on_delete=models.SET_NULL, related_name="order_lines"
    )
    product_name = models.CharField(max_length=386)
    variant_name = models.CharField(max_length=255, blank=True, default="")
    translated_product_name = models.CharField(max_length=386, blank=True, default="")
    translated_variant_name = models.CharField(max_length=255, blank=True, default="")
    product_sku = models.CharField(max_length=255, null=True)
    product_variant_id = models.CharField(max_length=255, null=True)
    is_shipping_required = models.BooleanField(default=True)
    quantity = models.PositiveIntegerField()
    quantity_fulfilled = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    unit_net_minor = models.BigIntegerField()
    unit_gross_minor = models.BigIntegerField()
    total_net_minor = models.BigIntegerField()
    total_gross_minor = models.BigIntegerField()
    undiscounted_unit_net_minor = models.BigIntegerField()
    undiscounted_unit_gross_minor = models.BigIntegerField()
    undiscounted_total_net_minor = models.BigIntegerField()
    undiscounted_total_gross_minor = models.BigIntegerField()
    tax_rate = models.DecimalField(max_digits=5, decimal_places=4, null=True)
    tax_class_name = models.CharField(max_length=255, null=True)
    voucher_code = models.CharField(max_length=255, null=True)
    is_price_overridden = models.BooleanField(default=False)

    class Meta(EngineModel.Meta):
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return self.product_name

    @property
    def quantity_unfulfilled(self) -> int:
        """Units that are still to be sent."""
        return self.quantity - self.quantity_fulfilled


class OrderEventType(models.TextChoices):
    """Types of the entries of an order's history."""

    PLACED = "PLACED"
    NOTE_ADDED = "NOTE_ADDED"
    CONFIRMED = "CONFIRMED"
    CANCELED = "CANCELED"
    FULFILLMENT_FULFILLED_ITEMS = "FULFILLMENT_FULFILLED_ITEMS"
    FULFILLMENT_CANCELED = "FULFILLMENT_CANCELED"
    TRACKING_UPDATED = "TRACKING_UPDATED"
    ORDER_MARKED_AS_PAID = "ORDER_MARKED_AS_PAID"
    ORDER_FULLY_PAID = "ORDER_FULLY_PAID"


class OrderEvent(EngineModel):
    """One entry of an order's history."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="events")
    date = models.DateTimeField(default=timezone.now)
    type = models.CharField(max_length=64, choices=OrderEventType)
    message = models.TextField(null=True)
    user = models.ForeignKey("embedded.User", null=True, on_delete=models.SET_NULL)
    app = models.ForeignKey("embedded.App", null=True, on_delete=models.SET_NULL)

    class Meta(EngineModel.Meta):
        ordering = ("date", "pk")

    def __str__(self) -> str:
        return self.type


class InvoiceStatus(models.TextChoices):
    """Whether a document is available."""

    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    FAILED = "FAILED"


class Invoice(WithMetadata):
    """A document registered for an order; the file itself is kept at `url`."""

    order = models.ForeignKey(Order, null=True, on_delete=models.SET_NULL, related_name="invoices")
    number = models.CharField(max_length=255, null=True)
    url = models.URLField(max_length=2048, null=True)
    status = models.CharField(max_length=50, choices=InvoiceStatus, default=InvoiceStatus.PENDING)
    message = models.CharField(max_length=255, null=True)
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.number or str(self.pk)
