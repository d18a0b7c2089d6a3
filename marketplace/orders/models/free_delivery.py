"""From which sum of its products a cooperative pays the delivery itself."""

from typing import ClassVar

from django.db import models

from marketplace.core.models import AppendOnlyModel
from vendors.models import Cooperative
from vendors.scoping import ScopedModel


class FreeDelivery(AppendOnlyModel, ScopedModel):
    """What a cooperative has set for a market, from a moment on; the newest row holds.

    ``from_minor`` are minor units of ``currency``, of its products after vouchers; empty ends it.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    market = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    from_minor = models.BigIntegerField(null=True)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative", "market", "-id"])
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="free_delivery_from_a_sum",
                condition=models.Q(from_minor=None) | models.Q(from_minor__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_minor} {self.currency} for {self.cooperative_id}"
