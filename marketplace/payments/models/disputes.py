"""Payments that a buyer's bank disputes."""

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.models import UUIDModel
from marketplace.payments.models.payments import Payment


class DisputeState(models.TextChoices):
    """The states of a dispute."""

    OPEN = "open", pgettext_lazy("dispute", "open")
    WON = "won", pgettext_lazy("dispute", "won")
    LOST = "lost", pgettext_lazy("dispute", "lost")


class PaymentDispute(UUIDModel):
    """A payment that a buyer's bank took back, until the dispute is decided."""

    payment = models.ForeignKey(Payment, on_delete=models.PROTECT, related_name="disputes")
    provider = models.CharField(max_length=40)
    reference = models.CharField(max_length=120, unique=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    fee_minor = models.BigIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=6, choices=DisputeState, default=DisputeState.OPEN)
    opened_at = models.DateTimeField()
    answer_by = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)
    # The last state reported to the engine.
    reported = models.CharField(max_length=6, blank=True)

    def __str__(self) -> str:
        return f"{self.reference} {self.state}"
