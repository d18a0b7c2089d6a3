"""Refunds to buyers, through the provider or manually."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.models import UUIDModel
from marketplace.orders.models import CostBearer
from marketplace.orders.reasons import reason_in_words
from marketplace.payments.models.payments import Payment
from vendors.models import Cooperative, User
from vendors.scoping import ScopedModel

# What a provider knows a refund by: this, and the id's digits.
REFUND_KEY = "twiza-refund-"


class ManualRefund(UUIDModel):
    """A refund that staff make themselves, at a provider's back office or by the bank."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="manual_refunds")
    key = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    asked_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80, blank=True)
    # When the engine was told.
    reported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.key} {self.amount_minor} {self.currency}"


class RefundState(models.TextChoices):
    """The states of a refund."""

    REQUESTED = "requested", _("requested")
    SENT = "sent", _("sent to the bank")
    MADE = "made", pgettext_lazy("payment", "refunded")
    FAILED = "failed", _("refused")


class Refund(UUIDModel, ScopedModel):
    """A refund of lines of one cooperative's vendor order."""

    order_id = models.UUIDField(db_index=True)
    vendor_order_id = models.UUIDField(db_index=True)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="refunds")
    currency = models.CharField(max_length=3)
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=300)
    state = models.CharField(max_length=10, choices=RefundState, default=RefundState.REQUESTED)
    requested_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    occurred_at = models.DateTimeField(default=timezone.now)
    made_at = models.DateTimeField(null=True)
    # When to request it, or to check whether it was made.
    check_at = models.DateTimeField(default=timezone.now)
    last_error = models.CharField(max_length=300, blank=True)
    # The complaint that it settles: once only. A failed one gives its place to the next.
    complaint_id = models.UUIDField(null=True, unique=True)
    # Who bears it; empty: the dated rule of cost allocation says so.
    borne_by = models.CharField(max_length=12, choices=CostBearer, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(goods_minor__gte=0, shipping_minor__gte=0),
                name="refund_not_negative",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["check_at"],
                condition=models.Q(state__in=["requested", "sent"]),
                name="refund_due_for_check",
            )
        ]

    def __str__(self) -> str:
        return f"{self.goods_minor + self.shipping_minor} {self.currency} {self.state}"

    @property
    def why(self) -> str:
        """The reason in the reader's words."""
        return reason_in_words(self.reason)

    @property
    def total_minor(self) -> int:
        """Items and delivery together, in minor units of ``currency``."""
        return self.goods_minor + self.shipping_minor

    @property
    def psp_reference(self) -> str:
        """The reference under which the provider knows this refund: the same at every attempt."""
        return f"{REFUND_KEY}{self.pk.hex}"


class RefundLine(ScopedModel):
    """How many units of a vendor order's line are refunded, and for how much.

    No unit where a part of its price is refunded, and the buyer keeps it.
    """

    scope_path: ClassVar[str] = "refund__cooperative"

    refund = models.ForeignKey(Refund, on_delete=models.CASCADE, related_name="lines")
    line_id = models.UUIDField(db_index=True)
    quantity = models.PositiveIntegerField()
    amount_minor = models.BigIntegerField()

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"
