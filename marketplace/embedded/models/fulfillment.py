"""Fulfilments: what was sent from a warehouse, and what came back."""

from django.db import models
from django.utils import timezone

from marketplace.embedded.models.base import EngineModel, WithMetadata


class FulfillmentStatus(models.TextChoices):
    """Saleor's statuses of a fulfilment."""

    FULFILLED = "FULFILLED"
    REFUNDED = "REFUNDED"
    RETURNED = "RETURNED"
    REFUNDED_AND_RETURNED = "REFUNDED_AND_RETURNED"
    REPLACED = "REPLACED"
    CANCELED = "CANCELED"
    WAITING_FOR_APPROVAL = "WAITING_FOR_APPROVAL"


class Fulfillment(WithMetadata):
    """Lines of an order that are sent together; its warehouse is that of its lines' stock."""

    order = models.ForeignKey(
        "embedded.Order", on_delete=models.CASCADE, related_name="fulfillments"
    )
    fulfillment_order = models.PositiveIntegerField()
    status = models.CharField(
        max_length=32, choices=FulfillmentStatus, default=FulfillmentStatus.FULFILLED
    )
    tracking_number = models.CharField(max_length=255, blank=True, default="")
    created_at = models.DateTimeField(default=timezone.now)
    shipping_refund_minor = models.BigIntegerField(null=True)
    total_refund_minor = models.BigIntegerField(null=True)
    reason = models.TextField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.order_id}-{self.fulfillment_order}"


class FulfillmentLine(EngineModel):
    """Units of an order line in a fulfilment, and the stock that they came from."""

    fulfillment = models.ForeignKey(Fulfillment, on_delete=models.CASCADE, related_name="lines")
    order_line = models.ForeignKey(
        "embedded.OrderLine", on_delete=models.CASCADE, related_name="fulfillment_lines"
    )
    stock = models.ForeignKey(
        "embedded.Stock", null=True, on_delete=models.SET_NULL, related_name="fulfillment_lines"
    )
    quantity = models.PositiveIntegerField()
    reason = models.TextField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line_id}"
