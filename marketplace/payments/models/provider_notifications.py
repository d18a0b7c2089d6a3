"""Notifications of payment providers, and fees and payouts that they reported."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from marketplace.core.models import UUIDModel
from marketplace.payments.models.payments import Payment


class ProviderNotification(UUIDModel):
    """What a provider's webhook said; the sender was verified before it was stored.

    Only its subject is kept; the state is then fetched from the provider. Where that is not
    possible it stands in ``facts``, which never hold anything of a card.
    """

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=timezone.now)
    check_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["provider", "event_id"], name="provider_notification_once"
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["check_at"],
                condition=models.Q(handled_at__isnull=True),
                name="provider_notification_due",
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.subject}"


class ProviderFact(UUIDModel):
    """A fee or payout of a provider that was published as an event, once for each key."""

    key = models.CharField(max_length=160, unique=True)
    provider = models.CharField(max_length=40)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    occurred_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
