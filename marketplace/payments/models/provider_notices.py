"""Notices and facts that payment providers send."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from marketplace.core.models import UUIDModel
from marketplace.payments.models.payments import Payment


class ProviderNotice(UUIDModel):
    """A provider's word that something happened: who said it was checked before it was stored.

    Only what it is about is kept; what is true is asked of the provider (or, where one cannot
    ask, stands in ``facts``, which never hold anything of a card).
    """

    provider = models.CharField(max_length=40)
    event_id = models.CharField(max_length=120)
    kind = models.CharField(max_length=80)
    subject = models.CharField(max_length=120)
    facts = models.JSONField(default=dict)
    received_at = models.DateTimeField(default=timezone.now)
    look_at = models.DateTimeField(default=timezone.now)
    handled_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["provider", "event_id"], name="provider_notice_once")
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["look_at"],
                condition=models.Q(handled_at__isnull=True),
                name="provider_notice_to_look_at",
            )
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.kind} {self.subject}"


class ProviderFact(UUIDModel):
    """A fee or payout of a provider that was told as an event: once for each key."""

    key = models.CharField(max_length=160, unique=True)
    provider = models.CharField(max_length=40)
    payment = models.ForeignKey(Payment, null=True, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    occurred_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.key
