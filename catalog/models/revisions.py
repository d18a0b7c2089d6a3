"""Table of the revisions of listings."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from catalog.content import RevisionContent
from catalog.models.listings import Listing
from marketplace.core.models import UUIDModel
from marketplace.saleor.kept_refusals import reason_in_words
from vendors.models import User
from vendors.scoping import ScopedModel

# A first refusal may be temporary: from the third on the cooperative and staff are told.
TRIES_UNTOLD = 3


class RevisionState(models.TextChoices):
    """A revision's state. Buyers see applied revisions only."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("waiting for review")
    RETURNED = "returned", _("sent back")
    APPROVED = "approved", _("approved, being published")
    APPLIED = "applied", _("in the shop")
    SUPERSEDED = "superseded", _("replaced by a newer version")


class ListingRevision(UUIDModel, ScopedModel):
    """A proposed content of a listing (``content.RevisionContent``), and its review."""

    scope_path: ClassVar[str] = "listing__cooperative"

    listing = models.ForeignKey(Listing, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=12, choices=RevisionState, default=RevisionState.DRAFT)
    content = models.JSONField()
    remark = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    submitted_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)
    apply_error = models.TextField(blank=True)
    # Failed attempts to write it to the engine, and the time of the next one.
    apply_attempts = models.PositiveSmallIntegerField(default=0)
    apply_after = models.DateTimeField(null=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["-number"]
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(fields=["listing", "number"], name="revision_number_once"),
            models.UniqueConstraint(
                fields=["listing"],
                condition=models.Q(state__in=["draft", "submitted", "returned"]),
                name="one_open_revision",
            ),
        ]
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["state", "submitted_at"])]

    def __str__(self) -> str:
        return f"{self.listing_id} #{self.number} {self.state}"

    @property
    def why_not_applied(self) -> str:
        """Why the engine has not taken it yet, in the reader's language."""
        return reason_in_words(self.apply_error)

    @property
    def is_stuck(self) -> bool:
        """Approved, but refused by the engine so often that somebody should know."""
        return self.state == RevisionState.APPROVED and self.apply_attempts >= TRIES_UNTOLD

    @property
    def proposed(self) -> RevisionContent:
        """The content, validated."""
        return RevisionContent.model_validate(self.content)
