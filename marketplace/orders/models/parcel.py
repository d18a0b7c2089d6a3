"""Parcels: what a cooperative ships together."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import UUIDModel
from marketplace.orders.carriers import tracking_page
from marketplace.orders.models.vendor_order import VendorOrder, VendorOrderLine
from vendors.scoping import ScopedModel


class ParcelState(models.TextChoices):
    """Where a parcel is. ``preparing`` is our intent, written before the engine is asked."""

    PREPARING = "preparing", _("being packed")
    SHIPPED = "shipped", _("on its way")
    DELIVERED = "delivered", _("delivered")
    RETURNED = "returned", _("returned")
    WITHDRAWN = "withdrawn", _("withdrawn")


class Parcel(UUIDModel, ScopedModel):
    """A parcel of a vendor order; the engine's fulfilment is in the id map (kind FULFILLMENT).

    The first parcel of a vendor order carries its whole ``shipping_minor``: one that is sent in two
    parcels never charges delivery twice.
    """

    scope_path: ClassVar[str] = "vendor_order__cooperative"

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="parcels")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ParcelState, default=ParcelState.PREPARING)
    tracking_number = models.CharField(max_length=80, blank=True)
    carrier = models.CharField(max_length=80, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    shipped_at = models.DateTimeField(null=True)
    promised_on = models.DateField(null=True)
    delivered_at = models.DateTimeField(null=True)
    # What the courier collects with it, for cash on delivery; minor units of the order's currency.
    # Empty for a parcel that was imported (see ``cash_to_collect``).
    collect_minor = models.BigIntegerField(null=True)
    # The buyer says that nothing arrived: the time-out no longer applies.
    missed_at = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["vendor_order", "number"], name="parcel_number_once"),
            models.UniqueConstraint(
                fields=["vendor_order"],
                condition=models.Q(state="preparing"),
                name="one_parcel_packed_at_a_time",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["state", "shipped_at"]),
            models.Index(fields=["tracking_number"]),
        ]

    def __str__(self) -> str:
        return f"{self.vendor_order_id} parcel {self.number}"

    @property
    def carriers_page(self) -> str:
        """The address at which the carrier shows it; empty when it is not known."""
        return tracking_page(self.carrier, self.tracking_number)


class ParcelLine(ScopedModel):
    """How many of a line are in a parcel."""

    scope_path: ClassVar[str] = "parcel__vendor_order__cooperative"

    parcel = models.ForeignKey(Parcel, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(VendorOrderLine, on_delete=models.PROTECT, related_name="parcel_lines")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["parcel", "line"], name="parcel_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="parcel_line_has_a_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"
