"""Complaints of buyers about what has arrived, and returns that they ask for.

One flow: the buyer asks, the cooperative accepts, offers something else or refuses, the programme's
mediator decides where the two do not agree. Money goes back by the services of refunds only.
"""

from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.encryption import EncryptedTextField
from marketplace.core.models import AppendOnlyModel, UUIDModel
from marketplace.orders.models.vendor_order import VendorOrder, VendorOrderLine
from vendors.scoping import ScopedModel


class ComplaintReason(models.TextChoices):
    """Why a buyer complains. A parcel still on its way is reported missing on its own."""

    CHANGED_MIND = "changed_mind", _("I changed my mind")
    DAMAGED = "damaged", _("It is damaged")
    NOT_AS_DESCRIBED = "not_as_described", _("It is not as described")
    WRONG_PRODUCT = "wrong_product", _("It is another product")
    NOT_COME = "not_come", _("It was recorded as delivered, but did not arrive")


class ComplaintState(models.TextChoices):
    """How far a complaint is; only a closed one holds nothing back."""

    ASKED = "asked", pgettext_lazy("complaint", "to be settled by the cooperative")
    OFFERED = "offered", pgettext_lazy("complaint", "offer made to the buyer")
    REFUSED = "refused", pgettext_lazy("complaint", "refused by the cooperative")
    ACCEPTED = "accepted", pgettext_lazy("complaint", "agreed")
    MEDIATION = "mediation", pgettext_lazy("complaint", "with the mediator")
    DECIDED = "decided", pgettext_lazy("complaint", "decided by the mediator")
    CLOSED = "closed", pgettext_lazy("complaint", "closed")


class Remedy(models.TextChoices):
    """What is offered, agreed or decided."""

    REFUND = "refund", pgettext_lazy("complaint", "full refund")
    PARTIAL_REFUND = "partial_refund", pgettext_lazy("complaint", "partial refund")
    REPAIR = "repair", pgettext_lazy("complaint", "repair")
    EXCHANGE = "exchange", pgettext_lazy("complaint", "exchange")


class ComplaintOutcome(models.TextChoices):
    """How a complaint ended."""

    REFUNDED = "refunded", pgettext_lazy("complaint", "refunded")
    PARTLY_REFUNDED = "partly_refunded", pgettext_lazy("complaint", "partly refunded")
    REPAIRED = "repaired", pgettext_lazy("complaint", "repaired")
    EXCHANGED = "exchanged", pgettext_lazy("complaint", "exchanged")
    REFUSED = "refused", pgettext_lazy("complaint", "refused")
    LAPSED = "lapsed", pgettext_lazy("complaint", "offer not taken up")
    WITHDRAWN = "withdrawn", pgettext_lazy("complaint", "withdrawn by the buyer")


class CostBearer(models.TextChoices):
    """Who bears a refund that the mediator decides."""

    COOPERATIVE = "cooperative", _("the cooperative")
    PROGRAMME = "programme", _("the programme")
    CARRIER = "carrier", _("the carrier")


class Complaint(UUIDModel, ScopedModel):
    """A buyer's complaint about units of one vendor order. Amounts: minor units of its currency.

    ``due_on`` is the last day of the step that is open, by the clock of the order's market; what
    happens after it is in ``services/complaints/overdue.py``. ``refund_due_at`` is set once the
    refund must be made; ``needs_return`` says that the goods are to come back before.
    """

    scope_path: ClassVar[str] = "vendor_order__cooperative"

    vendor_order = models.ForeignKey(
        VendorOrder, on_delete=models.PROTECT, related_name="complaints"
    )
    # Made by the form: the same request sent twice is one complaint.
    request_key = models.UUIDField(default=uuid4)
    reason = models.CharField(max_length=20, choices=ComplaintReason)
    # The buyer's own words; empty once the buyer's data is erased.
    text = EncryptedTextField(blank=True)
    state = models.CharField(max_length=10, choices=ComplaintState, default=ComplaintState.ASKED)
    outcome = models.CharField(max_length=16, choices=ComplaintOutcome, blank=True)
    remedy = models.CharField(max_length=16, choices=Remedy, blank=True)
    # Of a partial refund.
    amount_minor = models.BigIntegerField(null=True)
    needs_return = models.BooleanField(default=False)
    include_shipping = models.BooleanField(default=False)
    # Only where the mediator decides; otherwise the dated rule says who bears a refund.
    borne_by = models.CharField(max_length=12, choices=CostBearer, blank=True)
    # The account of the mediator who decided: refunds count against this person's limits.
    decided_by_id = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    asked_at = models.DateTimeField()
    returned_at = models.DateTimeField(null=True)
    carried_out_at = models.DateTimeField(null=True)
    refund_due_at = models.DateTimeField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["vendor_order", "request_key"], name="complaint_request_once"
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed") ^ models.Q(outcome=""),
                name="complaint_outcome_once_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(state="closed") ^ models.Q(closed_at__isnull=True),
                name="complaint_dated_once_closed",
            ),
            models.CheckConstraint(
                condition=models.Q(amount_minor__isnull=True) | models.Q(amount_minor__gt=0),
                name="complaint_amount_above_zero",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(
                fields=["due_on"], condition=~models.Q(state="closed"), name="complaint_open_due"
            ),
        ]

    def __str__(self) -> str:
        return f"complaint {self.pk} ({self.state})"

    @property
    def is_open(self) -> bool:
        """Whether it holds money back."""
        return self.state != ComplaintState.CLOSED

    @property
    def awaits_return(self) -> bool:
        """Whether the goods are to come back, and have not."""
        agreed = self.state in {ComplaintState.ACCEPTED, ComplaintState.DECIDED}
        return agreed and self.needs_return and self.returned_at is None

    @property
    def awaits_work(self) -> bool:
        """Whether the cooperative has agreed to repair or exchange, and has not said it did."""
        is_work = self.remedy in {Remedy.REPAIR, Remedy.EXCHANGE}
        return self.state == ComplaintState.ACCEPTED and is_work and self.carried_out_at is None

    @property
    def is_refunding(self) -> bool:
        """Whether its refund is being made."""
        return self.is_open and self.refund_due_at is not None


class ComplaintLine(ScopedModel):
    """How many units of a line are complained about."""

    scope_path: ClassVar[str] = "complaint__vendor_order__cooperative"

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="lines")
    line = models.ForeignKey(VendorOrderLine, on_delete=models.PROTECT, related_name="complaints")
    quantity = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["complaint", "line"], name="complaint_line_once"),
            models.CheckConstraint(
                condition=models.Q(quantity__gte=1), name="complaint_line_has_a_quantity"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.quantity} of {self.line_id}"


class ComplaintPhoto(UUIDModel, ScopedModel):
    """A photograph of a complaint: made anew without metadata, encrypted in the storage."""

    scope_path: ClassVar[str] = "complaint__vendor_order__cooperative"

    complaint = models.ForeignKey(Complaint, on_delete=models.CASCADE, related_name="photos")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering: ClassVar[list[str]] = ["position"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["complaint", "position"], name="complaint_photo_once"),
            models.CheckConstraint(
                condition=models.Q(position__lt=4), name="complaint_has_four_photos"
            ),
        ]

    def __str__(self) -> str:
        return f"photo {self.position} of {self.complaint_id}"

    @property
    def stored_at(self) -> str:
        """The name of its file in the storage."""
        return f"complaints/{self.complaint_id}/{self.pk}.jpg"


class ComplaintSide(models.TextChoices):
    """On whose behalf a step was taken."""

    BUYER = "buyer", _("buyer")
    COOPERATIVE = "cooperative", _("cooperative")
    PROGRAMME = "programme", _("programme")
    SYSTEM = "system", _("automatic")


class StepKind(models.TextChoices):
    """What happened to a complaint."""

    ASKED = "asked", pgettext_lazy("complaint", "Request sent")
    ACCEPTED = "accepted", pgettext_lazy("complaint", "The cooperative accepts")
    OFFERED = "offered", pgettext_lazy("complaint", "The cooperative makes an offer")
    REFUSED = "refused", pgettext_lazy("complaint", "The cooperative refuses")
    TAKEN_UP = "taken_up", pgettext_lazy("complaint", "Offer accepted")
    MEDIATION_ASKED = "mediation_asked", pgettext_lazy("complaint", "Mediator asked")
    PASSED_ON = "passed_on", pgettext_lazy("complaint", "Passed on to the mediator: date missed")
    RETURNED = "returned", pgettext_lazy("complaint", "Return received by the cooperative")
    CARRIED_OUT = "carried_out", pgettext_lazy("complaint", "Done, says the cooperative")
    DECIDED = "decided", pgettext_lazy("complaint", "The mediator decides")
    REOPENED = "reopened", pgettext_lazy("complaint", "Back to the mediator: refund not confirmed")
    CLOSED = "closed", pgettext_lazy("complaint", "Closed")


class ComplaintStep(AppendOnlyModel, ScopedModel):
    """A step of a complaint: what, by whom, when, with which text and next date. Never changed."""

    scope_path: ClassVar[str] = "complaint__vendor_order__cooperative"

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=16, choices=StepKind)
    side = models.CharField(max_length=12, choices=ComplaintSide)
    by_name = models.CharField(max_length=120)
    text = models.TextField(blank=True)
    remedy = models.CharField(max_length=16, choices=Remedy, blank=True)
    amount_minor = models.BigIntegerField(null=True)
    due_on = models.DateField(null=True)
    occurred_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar[list[str]] = ["pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.complaint_id}"
