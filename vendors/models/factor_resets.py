"""A colleague's second factor that two persons reset."""

from typing import ClassVar, Self

from django.db import models
from django.utils import timezone

from marketplace.core.models import UUIDModel
from vendors.accounts import User
from vendors.models.programmes import Programme


class FactorResetQuerySet(models.QuerySet["FactorReset"]):
    """Resets by what became of them."""

    def opened(self) -> Self:
        """Neither confirmed nor withdrawn; perhaps expired."""
        return self.filter(confirmed_at__isnull=True, withdrawn_at__isnull=True)


FactorResetManager = models.Manager.from_queryset(FactorResetQuerySet)


class FactorReset(UUIDModel):
    """One person proposes to remove the lost second factor of somebody in office, another confirms.

    ``reason`` says how the proposer made sure that the owner asks for it. Open until it is
    confirmed or withdrawn, or its time is over.
    """

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="factor_resets")
    reason = models.CharField(max_length=300)
    proposed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    withdrawn_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)

    objects = FactorResetManager()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["user", "programme"],
                condition=models.Q(confirmed_at__isnull=True, withdrawn_at__isnull=True),
                name="factor_reset_open_once",
            ),
            models.CheckConstraint(
                condition=~models.Q(proposed_by=models.F("user"))
                & ~models.Q(confirmed_by=models.F("user"))
                & ~models.Q(confirmed_by=models.F("proposed_by")),
                name="factor_reset_of_three_persons",
            ),
            models.CheckConstraint(
                condition=models.Q(confirmed_at__isnull=True)
                | models.Q(withdrawn_at__isnull=True, confirmed_by__isnull=False),
                name="factor_reset_decided_once",
            ),
        ]

    def __str__(self) -> str:
        return f"second factor of {self.user_id} in {self.programme_id}"

    @property
    def is_decided(self) -> bool:
        """Whether it was confirmed or withdrawn."""
        return self.confirmed_at is not None or self.withdrawn_at is not None

    @property
    def has_expired(self) -> bool:
        """Whether its time is over: it is proposed again, or nothing happens."""
        return self.expires_at <= timezone.now()
