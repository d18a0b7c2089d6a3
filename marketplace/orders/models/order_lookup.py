"""Somebody proves the phone of an order: looks it up, or wishes to have more than its page."""

from typing import ClassVar

from django.conf import settings
from django.db import models

from marketplace.core.models import UUIDModel
from marketplace.orders.models.order import Order


class LookupPurpose(models.TextChoices):
    """What the code of a look-up is good for, and for nothing else."""

    OPEN = "open"
    DATA = "data"
    CLAIM = "claim"


class OrderLookup(UUIDModel):
    """A look-up, whose page asks for a code; also one that found nothing, which looks the same.

    Only a keyed hash of the code is kept. An order with an e-mail address has no code: its link
    is mailed there.
    """

    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="lookups")
    purpose = models.CharField(max_length=5, choices=LookupPurpose, default=LookupPurpose.OPEN)
    # Who is signed in, where the code is good for an account: for no other.
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+"
    )
    code = models.CharField(max_length=64, blank=True)
    valid_until = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["valid_until"])]

    def __str__(self) -> str:
        return f"look-up {self.pk}"
