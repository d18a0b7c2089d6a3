"""Somebody who lost the link of an order looks it up by its number and phone."""

from typing import ClassVar

from django.db import models

from marketplace.core.models import UUIDModel
from marketplace.orders.models.order import Order


class OrderLookup(UUIDModel):
    """A look-up, whose page asks for a code; also one that found nothing, which looks the same.

    Only a keyed hash of the code is kept. An order with an e-mail address has no code: its link
    is mailed there.
    """

    order = models.ForeignKey(Order, null=True, on_delete=models.CASCADE, related_name="lookups")
    code = models.CharField(max_length=64, blank=True)
    valid_until = models.DateTimeField()
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    found_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["valid_until"])]

    def __str__(self) -> str:
        return f"look-up {self.pk}"
