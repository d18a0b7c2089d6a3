"""What a cooperative cannot deliver of an order, by line and with the reason, before it is sent."""

from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import UUIDModel
from marketplace.orders.models.price_offer import PriceOffer
from marketplace.orders.models.vendor_order import VendorOrder, VendorOrderLine
from vendors.scoping import ScopedModel


class RefusalReason(models.TextChoices):
    """Why units of a line cannot be delivered."""

    SOLD_OUT = "sold_out", _("No longer in stock")
    DAMAGED = "damaged", _("Damaged, or not good enough to send")
    NOT_READY = "not_ready", _("Cannot be made in time")
    LISTED_WRONG = "listed_wrong", _("The product or its price was wrong in the shop")
    NOT_SENDABLE = "not_sendable", _("Cannot be sent to this address")
    OTHER = "other", _("Another reason")


# The units do not exist or cannot be sold: they leave the stock. The others are for sale again.
NOT_THERE = (RefusalReason.SOLD_OUT, RefusalReason.DAMAGED, RefusalReason.NOT_READY)


class Refusal(UUIDModel, ScopedModel):
    """One statement of a member, of one or several lines. Never changed.

    ``amount_minor`` is what the buyer gets back or no longer pays, delivery included, in minor
    units of the order's currency. It ``ends`` the vendor order if nothing is left to deliver. Its
    id is made by the page, so that a second tap says nothing new.
    """

    scope_path: ClassVar[str] = "vendor_order__cooperative"

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="refusals")
    note = models.CharField(max_length=300, blank=True)
    amount_minor = models.BigIntegerField(default=0)
    ends = models.BooleanField(default=False)
    # The refund of what was paid in advance, once there is one.
    refund_id = models.UUIDField(null=True, unique=True)
    # When its money was settled; empty while a card that was to pay it is not charged yet.
    settled_at = models.DateTimeField(null=True)
    refused_by = models.CharField(max_length=120)
    refused_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering: ClassVar[list[str]] = ["refused_at"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(amount_minor__gte=0), name="refusal_not_negative"
            )
        ]

    def __str__(self) -> str:
        return f"refusal in {self.vendor_order_id}"

    @property
    def substitutes(self) -> list[PriceOffer]:
        """What is offered to the buyer instead."""
        return [row.substitute for row in self.lines.all() if row.substitute]


class RefusedLine(ScopedModel):
    """How many of a line cannot be delivered, why, and which calls of the engine were made."""

    scope_path: ClassVar[str] = "refusal__vendor_order__cooperative"

    refusal = models.ForeignKey(Refusal, on_delete=models.PROTECT, related_name="lines")
    line = models.ForeignKey(VendorOrderLine, on_delete=models.PROTECT, related_name="refused")
    quantity = models.PositiveIntegerField()
    reason = models.CharField(max_length=14, choices=RefusalReason)
    # Their part of the line's price, in minor units.
    amount_minor = models.BigIntegerField()
    # What is offered to the buyer instead.
    substitute = models.OneToOneField(
        PriceOffer, null=True, on_delete=models.PROTECT, related_name="in_place_of"
    )
    # The engine's stock to set, so that a repeated call does not lower it twice.
    stock_target = models.IntegerField(null=True)
    engine_stock_at = models.DateTimeField(null=True)
    engine_released_at = models.DateTimeField(null=True)
    # How many the engine then took out: none where it had sent or cancelled them itself.
    released = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["refusal", "line"], name="refused_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="refused_line_has_a_quantity"
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["refusal"],
                condition=models.Q(engine_released_at__isnull=True),
                name="refused_line_untold",
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id} refused"

    @property
    def is_there(self) -> bool:
        """Whether the units exist and can be sold to somebody else."""
        return self.reason not in NOT_THERE
