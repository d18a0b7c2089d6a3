"""Who administers the whole shop, above its programmes."""

from typing import ClassVar

from django.db import models

from vendors.accounts import User


class ShopGrant(models.Model):
    """A user administers what belongs to no programme: search, the service, the shop's products.

    Proposed by an operator's command and confirmed by somebody who has the role. The first ones
    (``is_first``) are appointed by the command alone, at least two at once.
    """

    user = models.OneToOneField(User, on_delete=models.CASCADE, related_name="shop_grant")
    granted_at = models.DateTimeField(auto_now_add=True)
    granted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    is_first = models.BooleanField(default=False)
    confirmed_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    effective_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=~models.Q(confirmed_by=models.F("user")),
                name="shop_grant_confirmed_by_another",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user_id} administers the shop"
