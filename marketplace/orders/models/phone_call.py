"""What came of a cooperative's call to a buyer who pays on delivery."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.orders.models.vendor_order import VendorOrder
from vendors.accounts import User
from vendors.scoping import ScopedModel


class CallOutcome(models.TextChoices):
    """What a member notes of a call."""

    REACHED = "reached", _("Reached")
    NO_ANSWER = "no_answer", _("No answer")
    REFUSED = "refused", _("Does not want it")


class PhoneCall(ScopedModel):
    """One call about a cooperative's part of an order."""

    scope_path: ClassVar[str] = "vendor_order__cooperative"

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.CASCADE, related_name="calls")
    outcome = models.CharField(max_length=10, choices=CallOutcome)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(User, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["-made_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.outcome} for {self.vendor_order_id}"
