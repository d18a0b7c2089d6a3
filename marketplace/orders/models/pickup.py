"""Collecting an order at the cooperative: what is offered, and each order that is collected."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import get_language

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import AppendOnlyModel
from marketplace.orders.models.vendor_order import VendorOrder
from vendors.models import Cooperative
from vendors.scoping import ScopedModel


class PickupOffer(AppendOnlyModel, ScopedModel):
    """Where and when buyers collect at a cooperative, from a moment on; the newest row holds.

    An order keeps the row that its checkout began with. ``hours`` are words by language.
    """

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="+")
    is_offered = models.BooleanField()
    address_line = models.CharField(max_length=160, blank=True)
    place_name = models.CharField(max_length=80, blank=True)
    hours = models.JSONField(default=dict)
    ready_days = models.PositiveSmallIntegerField(default=1)
    keep_days = models.PositiveSmallIntegerField(default=7)
    set_at = models.DateTimeField(auto_now_add=True)
    set_by = models.CharField(max_length=120)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative", "-id"], name="pickup_offer_newest")
        ]

    def __str__(self) -> str:
        return f"collecting at {self.cooperative_id}"

    def hours_in(self, language: str) -> str:
        """When it is open, in a language or in the one that there is."""
        return str(self.hours.get(language) or next(iter(self.hours.values()), ""))

    @property
    def local_hours(self) -> str:
        """When it is open, in the reader's language."""
        return self.hours_in(get_language() or settings.BASE_LANGUAGE)


class Collection(ScopedModel):
    """A vendor order that its buyer collects, and the code by which the buyer is known.

    The code is encrypted, and gone once it was used. ``proven_at`` is when it was typed right;
    ``without_code`` why the order was handed over without it.
    """

    scope_path: ClassVar[str] = "vendor_order__cooperative"

    vendor_order = models.OneToOneField(
        VendorOrder, on_delete=models.CASCADE, primary_key=True, related_name="collection"
    )
    offer = models.ForeignKey(PickupOffer, on_delete=models.PROTECT, related_name="+")
    code = EncryptedTextField(blank=True)
    wrong_tries = models.PositiveSmallIntegerField(default=0)
    ready_at = models.DateTimeField(null=True)
    keep_until_on = models.DateField(null=True)
    proven_at = models.DateTimeField(null=True)
    without_code = models.CharField(max_length=200, blank=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["keep_until_on"], name="collection_kept_until")
        ]

    def __str__(self) -> str:
        return f"collecting {self.vendor_order_id}"


def collection_of(part: VendorOrder) -> Collection | None:
    """How the buyer collects a vendor order; None where it is sent."""
    found: Collection | None = getattr(part, "collection", None)
    return found
