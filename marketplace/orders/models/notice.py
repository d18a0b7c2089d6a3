"""What has been told of an order by mail, so that each thing is told once."""

from typing import ClassVar

from django.db import models

from marketplace.orders.models.order import Order


class BuyerNotice(models.Model):
    """A mail that told a buyer of one thing, named by ``key`` (``refund:…``, ``late:…``).

    What members and staff are told of a buyer's complaint is noted here too, by keys of their own.
    """

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="notices")
    key = models.CharField(max_length=80)
    told_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["order", "key"], name="buyer_told_once")
        ]

    def __str__(self) -> str:
        return self.key
