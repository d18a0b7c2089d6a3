"""A cooperative's admission: what it fills in before its shop opens, and what staff decide."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from vendors.accounts import User
from vendors.models.cooperatives import Cooperative
from vendors.scoping import ScopedModel


class AdmissionState(models.TextChoices):
    """Whose turn it is: the cooperative's, or the programme's."""

    OPEN = "open", _("being filled in")
    SUBMITTED = "submitted", _("to decide")
    RETURNED = "returned", _("returned with remarks")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


# The cooperative may fill in and submit; after a refusal too.
FILLABLE = frozenset({AdmissionState.OPEN, AdmissionState.RETURNED, AdmissionState.REFUSED})


class TextState(models.TextChoices):
    """What became of the link that is sent to a phone."""

    NONE = "", _("none")
    WAITING = "waiting", _("not sent yet")
    SENT = "sent", _("sent")
    UNSURE = "unsure", _("perhaps sent")
    FAILED = "failed", _("not sent")


class Admission(ScopedModel):
    """One for each cooperative that was invited or has applied; those registered have none.

    ``email`` or ``phone`` is where the invited person is reached. The link to a phone is kept as
    its SHA-256 only. Phase, tranche and adviser begin with the approval.
    """

    cooperative = models.OneToOneField(
        Cooperative, on_delete=models.CASCADE, primary_key=True, related_name="admission"
    )
    state = models.CharField(max_length=10, choices=AdmissionState, default=AdmissionState.OPEN)
    # A stranger asked; nobody of the staff knows the cooperative yet.
    has_applied = models.BooleanField(default=False)
    name = models.CharField(max_length=120)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=20, blank=True)
    language = models.CharField(max_length=2)
    phase = models.PositiveSmallIntegerField(null=True)
    tranche = models.CharField(max_length=40, blank=True)
    adviser_name = models.CharField(max_length=120, blank=True)
    adviser_phone = models.CharField(max_length=20, blank=True)
    begun_at = models.DateTimeField(auto_now_add=True)
    begun_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    text_state = models.CharField(max_length=8, choices=TextState, blank=True)
    token_hash = models.CharField(max_length=64, null=True, unique=True)
    token_expires_at = models.DateTimeField(null=True)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state"])]

    def __str__(self) -> str:
        return f"admission of {self.cooperative_id}"

    @property
    def is_fillable(self) -> bool:
        """Whether it is the cooperative's turn."""
        return self.state in FILLABLE


class StepKind(models.TextChoices):
    """One step of an admission."""

    INVITED = "invited", _("invited")
    APPLIED = "applied", _("applied")
    SUBMITTED = "submitted", _("submitted")
    RETURNED = "returned", _("returned with remarks")
    APPROVED = "approved", _("approved")
    REFUSED = "refused", _("refused")


class AdmissionStep(ScopedModel):
    """What was done, when, by whom; with a text, and remarks by the field's name."""

    scope_path: ClassVar[str] = "admission__cooperative"

    admission = models.ForeignKey(Admission, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=10, choices=StepKind)
    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=1000, blank=True)
    remarks = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar[list[str]] = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.kind} of {self.admission_id}"


class AgeBand(models.TextChoices):
    """How old members are, as programmes count them."""

    UNDER_35 = "under_35", _("under 35")
    FROM_35 = "35_to_59", _("35 to 59")
    FROM_60 = "60_and_over", _("60 and over")


class MembersByAge(ScopedModel):
    """How many women and men of an age band are members of a cooperative."""

    cooperative = models.ForeignKey(
        Cooperative, on_delete=models.CASCADE, related_name="members_by_age"
    )
    age_band = models.CharField(max_length=12, choices=AgeBand)
    women = models.PositiveIntegerField(default=0)
    men = models.PositiveIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["cooperative", "age_band"], name="members_by_age_once")
        ]

    def __str__(self) -> str:
        return f"{self.age_band} of {self.cooperative_id}"
