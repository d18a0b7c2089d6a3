"""Evidence of deliveries, and returned goods."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import AppendOnlyModel, UUIDModel
from marketplace.orders.models.parcel import Parcel
from marketplace.orders.models.vendor_order import VendorOrder, VendorOrderLine
from vendors.models import Programme
from vendors.scoping import ScopedModel


class EvidenceKind(models.TextChoices):
    """The kinds of evidence of a delivery. A cooperative's own statement is none."""

    BUYER = "buyer", _("confirmed by the buyer")
    CARRIER_FILE = "carrier_file", _("carrier's file")
    STAFF = "staff", _("programme staff")
    TIME_OUT = "time_out", _("deadline passed without a complaint")


class DeliveryEvidence(AppendOnlyModel, ScopedModel):
    """Dated evidence that a parcel arrived. Never changed; a parcel may have several."""

    scope_path: ClassVar[str] = "parcel__vendor_order__cooperative"

    parcel = models.ForeignKey(Parcel, on_delete=models.PROTECT, related_name="evidence")
    kind = models.CharField(max_length=14, choices=EvidenceKind)
    occurred_at = models.DateTimeField()
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.CharField(max_length=120)
    reference = models.CharField(max_length=160, blank=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["parcel", "kind"], name="evidence_once_a_kind")
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.parcel_id}"


class CarrierFile(UUIDModel):
    """A carrier's delivery file as read: the same file is never read twice for a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    sha256 = models.CharField(max_length=64)
    uploaded_by = models.CharField(max_length=120)
    uploaded_at = models.DateTimeField(auto_now_add=True)
    # One entry a row: its number, tracking number, outcome and vendor order.
    report = models.JSONField(default=list)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["programme", "sha256"], name="carrier_file_once")
        ]

    def __str__(self) -> str:
        return self.name


class ReturnState(models.TextChoices):
    """``recorded`` is our intent; ``done`` once the engine has recorded the return."""

    RECORDED = "recorded", _("recorded")
    DONE = "done", _("back in stock")
    KEPT_OUT = "kept_out", _("not fit for sale")


class ReturnedGoods(UUIDModel, ScopedModel):
    """Goods returned to the cooperative; those that can be sold return to its stock."""

    scope_path: ClassVar[str] = "vendor_order__cooperative"

    vendor_order = models.ForeignKey(VendorOrder, on_delete=models.PROTECT, related_name="returns")
    line = models.ForeignKey(VendorOrderLine, on_delete=models.PROTECT, related_name="returns")
    quantity = models.PositiveIntegerField()
    restock = models.BooleanField()
    reason = models.CharField(max_length=200, blank=True)
    # The complaint by which it came back; its id, because complaints refer to lines too.
    complaint_id = models.UUIDField(null=True, db_index=True)
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.RECORDED)
    # Which of the two calls of the engine were made; each is made once.
    engine_returned_at = models.DateTimeField(null=True)
    engine_restocked_at = models.DateTimeField(null=True)
    # The engine's stock to set, so that a repeated restock does not add twice.
    restock_target = models.IntegerField(null=True)
    recorded_by = models.CharField(max_length=120)
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="returned_goods_have_a_quantity"
            )
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id} came back"
