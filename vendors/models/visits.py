"""Visits: what advisers did with a cooperative, and what comes next."""

from datetime import timedelta
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from marketplace.core.models import UUIDModel
from vendors.accounts import User
from vendors.models.cooperatives import Cooperative
from vendors.scoping import ScopedModel

# How long its author may correct a visit.
EDITABLE_FOR = timedelta(days=7)
# Individual sessions of a cooperative in a phase.
SESSIONS = 12
LONGEST_TEXT = 2000


class VisitKind(models.TextChoices):
    """How an adviser worked with a cooperative."""

    VISIT = "visit", _("visit")
    CALL = "call", _("call")
    SESSION = "session", _("individual session")
    TRAINING = "training", _("group training")


class Visit(UUIDModel, ScopedModel):
    """One visit, call, session or training of a cooperative: the day, what was done, what next."""

    cooperative = models.ForeignKey(Cooperative, on_delete=models.PROTECT, related_name="visits")
    visited_on = models.DateField()
    kind = models.CharField(max_length=10, choices=VisitKind)
    # Which of the twelve individual sessions it was; none for other kinds.
    session_number = models.PositiveSmallIntegerField(null=True)
    done = models.TextField(max_length=LONGEST_TEXT)
    next_step = models.TextField(max_length=LONGEST_TEXT, blank=True)
    next_on = models.DateField(null=True)
    by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    logged_at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["cooperative", "-visited_on"], name="visit_by_cooperative")
        ]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.CheckConstraint(
                condition=models.Q(kind="session", session_number__range=(1, SESSIONS))
                | ~models.Q(kind="session") & models.Q(session_number__isnull=True),
                name="visit_session_has_its_number",
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} of {self.cooperative_id} on {self.visited_on}"

    @property
    def kind_label(self) -> str:
        """The kind in the reader's language; of a session with its number."""
        label = str(VisitKind(self.kind).label)
        if self.session_number is None:
            return label
        return str(_("%(kind)s %(number)s of %(all)s")) % {
            "kind": label,
            "number": self.session_number,
            "all": SESSIONS,
        }

    def is_editable(self, user_id: int) -> bool:
        """Whether somebody may still correct it: its author, for a week."""
        return self.by_id == user_id and timezone.now() < self.logged_at + EDITABLE_FOR


class VisitVersion(ScopedModel):
    """What a visit said before it was corrected, with when and by whom."""

    scope_path: ClassVar[str] = "visit__cooperative"

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="versions")
    content = models.JSONField()
    changed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"former {self.visit_id}"
