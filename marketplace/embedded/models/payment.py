"""Payment transactions, their events, and refunds granted on them."""

import uuid

from django.db import models
from django.utils import timezone

from marketplace.embedded.models.base import EngineModel, WithMetadata


class TransactionEventType(models.TextChoices):
    """Saleor's types of transaction events."""

    AUTHORIZATION_SUCCESS = "AUTHORIZATION_SUCCESS"
    AUTHORIZATION_FAILURE = "AUTHORIZATION_FAILURE"
    AUTHORIZATION_ADJUSTMENT = "AUTHORIZATION_ADJUSTMENT"
    AUTHORIZATION_REQUEST = "AUTHORIZATION_REQUEST"
    AUTHORIZATION_ACTION_REQUIRED = "AUTHORIZATION_ACTION_REQUIRED"
    CHARGE_ACTION_REQUIRED = "CHARGE_ACTION_REQUIRED"
    CHARGE_SUCCESS = "CHARGE_SUCCESS"
    CHARGE_FAILURE = "CHARGE_FAILURE"
    CHARGE_BACK = "CHARGE_BACK"
    CHARGE_REQUEST = "CHARGE_REQUEST"
    REFUND_SUCCESS = "REFUND_SUCCESS"
    REFUND_FAILURE = "REFUND_FAILURE"
    REFUND_REVERSE = "REFUND_REVERSE"
    REFUND_REQUEST = "REFUND_REQUEST"
    CANCEL_SUCCESS = "CANCEL_SUCCESS"
    CANCEL_FAILURE = "CANCEL_FAILURE"
    CANCEL_REQUEST = "CANCEL_REQUEST"
    INFO = "INFO"


class TransactionItem(WithMetadata):
    """A payment with a provider's App; its amounts are calculated from its events."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    modified_at = models.DateTimeField(auto_now=True)
    checkout = models.ForeignKey(
        "embedded.Checkout", null=True, on_delete=models.SET_NULL, related_name="transactions"
    )
    order = models.ForeignKey(
        "embedded.Order", null=True, on_delete=models.PROTECT, related_name="transactions"
    )
    app = models.ForeignKey(
        "embedded.App", null=True, on_delete=models.SET_NULL, related_name="transactions"
    )
    user = models.ForeignKey("embedded.User", null=True, on_delete=models.SET_NULL)
    app_identifier = models.CharField(max_length=256, blank=True, default="")
    idempotency_key = models.CharField(max_length=512, null=True)
    name = models.CharField(max_length=512, blank=True, default="")
    message = models.CharField(max_length=512, blank=True, default="")
    psp_reference = models.CharField(max_length=512, blank=True, default="")
    external_url = models.URLField(max_length=2048, blank=True, default="")
    available_actions = models.JSONField(default=list)
    currency = models.CharField(max_length=3)
    authorized_minor = models.BigIntegerField(default=0)
    authorize_pending_minor = models.BigIntegerField(default=0)
    charged_minor = models.BigIntegerField(default=0)
    charge_pending_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    refund_pending_minor = models.BigIntegerField(default=0)
    canceled_minor = models.BigIntegerField(default=0)
    cancel_pending_minor = models.BigIntegerField(default=0)

    class Meta(EngineModel.Meta):
        ordering = ("created_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["app_identifier", "idempotency_key"], name="embedded_unique_transaction_key"
            )
        ]

    def __str__(self) -> str:
        return self.psp_reference or str(self.pk)


class GrantedRefundStatus(models.TextChoices):
    """Whether a granted refund was requested and paid."""

    NONE = "NONE"
    PENDING = "PENDING"
    SUCCESS = "SUCCESS"
    FAILURE = "FAILURE"


class GrantedRefund(EngineModel):
    """A refund that staff or an App granted; it is paid by a request on its transaction."""

    order = models.ForeignKey(
        "embedded.Order", on_delete=models.CASCADE, related_name="granted_refunds"
    )
    transaction = models.ForeignKey(
        TransactionItem, null=True, on_delete=models.SET_NULL, related_name="granted_refunds"
    )
    created_at = models.DateTimeField(default=timezone.now)
    updated_at = models.DateTimeField(auto_now=True)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    reason = models.TextField(blank=True, default="")
    user = models.ForeignKey("embedded.User", null=True, on_delete=models.SET_NULL)
    app = models.ForeignKey("embedded.App", null=True, on_delete=models.SET_NULL)
    shipping_costs_included = models.BooleanField(default=False)
    status = models.CharField(
        max_length=32, choices=GrantedRefundStatus, default=GrantedRefundStatus.NONE
    )

    class Meta(EngineModel.Meta):
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency}"


class GrantedRefundLine(EngineModel):
    """Units of an order line that a granted refund covers."""

    granted_refund = models.ForeignKey(
        GrantedRefund, on_delete=models.CASCADE, related_name="lines"
    )
    order_line = models.ForeignKey(
        "embedded.OrderLine", on_delete=models.CASCADE, related_name="granted_refund_lines"
    )
    quantity = models.PositiveIntegerField()
    reason = models.TextField(null=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)

    def __str__(self) -> str:
        return f"{self.quantity} × {self.order_line_id}"


class TransactionEvent(EngineModel):
    """A reported step of a payment; once counted only a request changes, when it is answered."""

    transaction = models.ForeignKey(
        TransactionItem, on_delete=models.CASCADE, related_name="events"
    )
    created_at = models.DateTimeField(default=timezone.now)
    type = models.CharField(
        max_length=128, choices=TransactionEventType, default=TransactionEventType.INFO
    )
    psp_reference = models.CharField(max_length=512, blank=True, default="")
    message = models.CharField(max_length=512, blank=True, default="")
    external_url = models.URLField(max_length=2048, blank=True, default="")
    amount_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    include_in_calculations = models.BooleanField(default=False)
    idempotency_key = models.CharField(max_length=512, null=True)
    app = models.ForeignKey("embedded.App", null=True, on_delete=models.SET_NULL)
    user = models.ForeignKey("embedded.User", null=True, on_delete=models.SET_NULL)
    granted_refund = models.ForeignKey(
        GrantedRefund, null=True, on_delete=models.SET_NULL, related_name="transaction_events"
    )

    class Meta(EngineModel.Meta):
        ordering = ("created_at", "pk")

    def __str__(self) -> str:
        return f"{self.type} {self.amount_minor} {self.currency}"
