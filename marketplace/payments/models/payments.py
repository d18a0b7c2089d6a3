"""Payments of orders, their split between cooperatives, and what providers know them by."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.models import UUIDModel
from vendors.models import Cooperative
from vendors.scoping import ScopedModel


class Method(models.TextChoices):
    """How the buyer pays."""

    CARD = "card", _("card")
    CASH_ON_DELIVERY = "cod", _("cash on delivery")
    BANK = "bank", _("bank transfer")


# What is paid before anything is sent.
PREPAID = (Method.CARD, Method.BANK)


class PaymentState(models.TextChoices):
    """The states of a payment."""

    PENDING = "pending", _("waiting for the bank")
    AUTHORIZED = "authorized", pgettext_lazy("payment", "to be paid on delivery")
    CHARGED = "charged", pgettext_lazy("payment", "paid")
    PART_REFUNDED = "part_refunded", _("refunded in part")
    REFUNDED = "refunded", pgettext_lazy("payment", "refunded")
    FAILED = "failed", _("refused")
    CANCELLED = "cancelled", pgettext_lazy("payment", "cancelled")


class Payment(UUIDModel):
    """One transaction of the engine, for one order (which may not exist yet)."""

    order_id = models.UUIDField(db_index=True)
    checkout_id = models.UUIDField(null=True, db_index=True)
    method = models.CharField(max_length=8, choices=Method)
    provider = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    # What the whole order costs: two payments together may not exceed it.
    total_minor = models.BigIntegerField()
    authorized_minor = models.BigIntegerField(default=0)
    charged_minor = models.BigIntegerField(default=0)
    refunded_minor = models.BigIntegerField(default=0)
    psp_reference = models.CharField(max_length=120, blank=True, db_index=True)
    state = models.CharField(max_length=14, choices=PaymentState, default=PaymentState.PENDING)
    created_at = models.DateTimeField(default=timezone.now)
    # When PaymentCaptured was published, once.
    captured_at = models.DateTimeField(null=True)
    # When its return was requested, because there is no order.
    returned_at = models.DateTimeField(null=True)
    # When to check whether it is back.
    check_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(refunded_minor__gte=0)
                & models.Q(authorized_minor__gte=0)
                & models.Q(charged_minor__gte=0),
                name="payment_amounts_not_negative",
            ),
            models.UniqueConstraint(
                fields=["order_id"],
                condition=models.Q(captured_at__isnull=False),
                name="payment_captured_once_for_order",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["check_at"],
                condition=models.Q(check_at__isnull=False),
                name="payment_due_for_check",
            )
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.amount_minor} {self.currency} {self.state}"


class PaymentSplit(ScopedModel):
    """The part of a captured payment that one cooperative's vendor order stands for."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="splits")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    vendor_order_id = models.UUIDField()
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["payment", "vendor_order_id"], name="payment_split_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.vendor_order_id}: {self.goods_minor} + {self.shipping_minor}"


class ExternalPayment(UUIDModel):
    """What an external provider knows of a payment. It holds no card data."""

    payment = models.OneToOneField(Payment, on_delete=models.CASCADE, related_name="external")
    # The provider's own id of the payment, once it has one.
    reference = models.CharField(max_length=120, blank=True, db_index=True)
    # A page of the provider's on which the buyer pays, while it is open.
    session = models.CharField(max_length=120, blank=True, db_index=True)
    # Where the buyer is sent on return, for a provider with one fixed return address.
    return_url = models.CharField(max_length=500, blank=True)
    # How often the buyer started again: part of the idempotency keys.
    tries = models.PositiveSmallIntegerField(default=0)
    # When its outcome was known, and when it was reported to the engine.
    settled_at = models.DateTimeField(null=True)
    reported_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.reference or self.session


class TestCharge(UUIDModel):
    """The test provider's own record of a payment. It never holds a card number."""

    __test__ = False

    payment = models.OneToOneField(Payment, on_delete=models.CASCADE, related_name="test_charge")
    outcome = models.CharField(max_length=20)
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    created_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"{self.outcome} {self.amount_minor} {self.currency}"
