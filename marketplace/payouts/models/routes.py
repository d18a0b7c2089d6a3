"""Payout routes of cooperatives, and holds on their payouts."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from vendors.models import Cooperative
from vendors.scoping import ScopedModel


class Provider(models.TextChoices):
    """Payout methods; each cooperative has one (see ``PayoutRoute``)."""

    BANK_BATCH = "bank_batch", _("bank file")
    STRIPE_TRANSFER = "stripe_transfer", _("transfer to a Stripe account")
    STRIPE_GLOBAL_PAYOUT = "stripe_global_payout", _("Stripe global payout")
    MANUAL = "manual", _("manual payment")


# Paid through an API; people pay the others.
BY_STRIPE = frozenset({Provider.STRIPE_TRANSFER, Provider.STRIPE_GLOBAL_PAYOUT})


class PayoutRoute(ScopedModel):
    """A cooperative's payout method; without one it is paid by bank file."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="payout_routes"
    )
    provider = models.CharField(max_length=20, choices=Provider)
    destination = models.CharField(max_length=80, blank=True)
    valid_from = models.DateTimeField()
    replaced_at = models.DateTimeField(null=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(replaced_at__isnull=True),
                name="one_current_payout_route",
            ),
            models.CheckConstraint(
                name="payout_route_confirmed_by_another",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("added_by")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.destination}"


class PayoutHold(ScopedModel):
    """A hold: the cooperative is not paid until it is lifted; it sees the reason."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.PROTECT, related_name="payout_holds"
    )
    reason = models.CharField(max_length=200)
    placed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    placed_at = models.DateTimeField()
    lifted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+"
    )
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative"],
                condition=Q(lifted_at__isnull=True),
                name="one_open_payout_hold",
            )
        ]

    def __str__(self) -> str:
        return f"hold on {self.cooperative_id}"
