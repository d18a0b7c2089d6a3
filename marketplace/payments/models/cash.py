"""Cash on delivery: limits, and what carriers remit."""

from typing import ClassVar

from django.db import models
from django.utils import timezone

from marketplace.core.models import UUIDModel
from vendors.models import Cooperative, Programme, User
from vendors.scoping import ScopedModel


class Remittance(UUIDModel):
    """A carrier's list of collected cash that it has paid to the programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    carrier = models.CharField(max_length=60)
    reference = models.CharField(max_length=80)
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    received_on = models.DateField()
    file_hash = models.CharField(max_length=64)
    recorded_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["programme", "carrier", "reference"], name="remittance_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.carrier} {self.reference}"


class RemittanceLine(UUIDModel, ScopedModel):
    """The cash of one cooperative's vendor order, remitted by the carrier."""

    remittance = models.ForeignKey(Remittance, on_delete=models.PROTECT, related_name="lines")
    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    vendor_order_id = models.UUIDField(unique=True)
    goods_minor = models.BigIntegerField()
    shipping_minor = models.BigIntegerField()
    # When the engine's authorized payment was charged by this cash.
    charged_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.vendor_order_id}: {self.goods_minor} + {self.shipping_minor}"


class CashLimit(UUIDModel):
    """A programme's limit of cash on delivery from a day on; 0 allows none.

    An empty region or cooperative (its slug) stands for all of them. ``most_minor`` is minor units
    of ``currency``, for the whole of an order. Rows are ended, never changed.
    """

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="cash_limits")
    currency = models.CharField(max_length=3)
    region_code = models.CharField(max_length=8, blank=True)
    cooperative_slug = models.CharField(max_length=80, blank=True)
    most_minor = models.BigIntegerField()
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)
    source = models.CharField(max_length=200)
    set_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                name="cash_limit_not_negative", condition=models.Q(most_minor__gte=0)
            ),
            models.UniqueConstraint(
                fields=["programme", "currency", "region_code", "cooperative_slug", "valid_from"],
                name="cash_limit_once_a_day",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["programme", "-valid_from"])]

    def __str__(self) -> str:
        return f"{self.most_minor} {self.currency} {self.region_code} {self.cooperative_slug}"
