"""Units of stock that are reserved for checkouts, or allocated to order lines until they are sent.

Both are written only under a lock of their Stock rows, taken in the order of their keys.
"""

from django.db import models

from marketplace.embedded.models.base import EngineModel


class Reservation(EngineModel):
    """Units reserved for a checkout line until `reserved_until`."""

    checkout_line = models.ForeignKey(
        "embedded.CheckoutLine", on_delete=models.CASCADE, related_name="reservations"
    )
    stock = models.ForeignKey(
        "embedded.Stock", on_delete=models.CASCADE, related_name="reservations"
    )
    quantity_reserved = models.PositiveIntegerField()
    reserved_until = models.DateTimeField(db_index=True)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["checkout_line", "stock"], name="embedded_one_reservation_per_stock"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity_reserved} of {self.stock_id}"


class Allocation(EngineModel):
    """Units of a stock allocated to an order line and not yet sent; zero once they are."""

    order_line = models.ForeignKey(
        "embedded.OrderLine", on_delete=models.CASCADE, related_name="allocations"
    )
    stock = models.ForeignKey(
        "embedded.Stock", on_delete=models.CASCADE, related_name="allocations"
    )
    quantity_allocated = models.PositiveIntegerField(default=0)

    class Meta(EngineModel.Meta):
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=["order_line", "stock"], name="embedded_one_allocation_per_stock"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity_allocated} of {self.stock_id}"
