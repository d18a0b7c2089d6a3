"""Orders without an e-mail address, which an account has claimed by their phone."""

from django.conf import settings
from django.db import models

from marketplace.core.models import UUIDModel
from marketplace.orders.models.order import Order


class OrderClaim(UUIDModel):
    """Whose an order is. The first account that proves its phone has it, and no second one."""

    order = models.OneToOneField(Order, on_delete=models.CASCADE, related_name="claim")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    claimed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"claim of {self.order_id}"
