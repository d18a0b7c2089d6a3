"""A visitor's basket; it reserves no stock and has no name."""

from typing import ClassVar
from uuid import UUID

from django.db import models

from marketplace.core.models import UUIDModel
from marketplace.orders.models.price_offer import PriceOffer


class Basket(UUIDModel):
    """A visitor's basket in one market; its id travels in a signed cookie."""

    market = models.CharField(max_length=2)
    language = models.CharField(max_length=2)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField(db_index=True)
    # The code of a voucher that the buyer entered.
    voucher_code = models.CharField(max_length=24, blank=True)
    # It holds what was offered to one buyer, at that price; nobody else's browser has it.
    price_offer = models.OneToOneField(
        PriceOffer, null=True, on_delete=models.CASCADE, related_name="basket"
    )

    def __str__(self) -> str:
        return f"basket {self.pk}"

    @property
    def is_empty(self) -> bool:
        """Whether nothing has been put in."""
        return not self.lines.exists()


class BasketLine(models.Model):
    """A quantity of one variant."""

    basket_id: UUID

    basket = models.ForeignKey(Basket, on_delete=models.CASCADE, related_name="lines")
    variant_id = models.UUIDField()
    quantity = models.PositiveIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["basket", "variant_id"], name="basket_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="basket_line_has_a_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} × {self.variant_id}"
