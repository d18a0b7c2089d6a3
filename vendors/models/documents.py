"""Documents that a programme asks of its cooperatives, and those that were handed in."""

from datetime import date
from typing import ClassVar
from uuid import uuid4

from django.db import models
from django.utils import timezone

from marketplace.core.dated import holds_on
from vendors.accounts import User
from vendors.models.cooperatives import Cooperative
from vendors.models.programmes import Programme
from vendors.scoping import ScopedModel


class DocumentRequirement(models.Model):
    """A document that a programme asks for, from a day on: for a phase or all, by when.

    ``expires``: the document has a last day of validity, which is asked too.
    """

    programme = models.ForeignKey(
        Programme, on_delete=models.CASCADE, related_name="document_requirements"
    )
    name_ar = models.CharField(max_length=120)
    name_fr = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120)
    # Empty: for every phase.
    phase = models.PositiveSmallIntegerField(null=True)
    due_on = models.DateField(null=True)
    expires = models.BooleanField(default=False)
    valid_from = models.DateField()
    # The first day on which it is asked no more.
    valid_to = models.DateField(null=True)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering: ClassVar[list[str]] = ["valid_from", "pk"]

    def __str__(self) -> str:
        return self.name_en

    def name_in(self, language: str) -> str:
        """What the document is called, in the reader's language."""
        return str(getattr(self, f"name_{language}", self.name_en))

    def is_asked_on(self, day: date) -> bool:
        """Whether it is asked for on a day."""
        return holds_on(day, self.valid_from, self.valid_to)


class CooperativeDocument(ScopedModel):
    """A file that a cooperative handed in; its content is encrypted in the storage.

    A later one for the same requirement replaces it, and the earlier one is deleted.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    cooperative = models.ForeignKey(Cooperative, on_delete=models.CASCADE, related_name="documents")
    requirement = models.ForeignKey(
        DocumentRequirement, on_delete=models.PROTECT, related_name="documents"
    )
    content_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    expires_on = models.DateField(null=True)
    added_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["cooperative", "requirement"], name="cooperative_document_once"
            )
        ]

    def __str__(self) -> str:
        return f"document {self.id}"

    @property
    def stored_at(self) -> str:
        """The name of its file in the storage."""
        return f"cooperative-documents/{self.pk}"

    @property
    def ending(self) -> str:
        """How the name of a download ends."""
        return {"application/pdf": "pdf"}.get(self.content_type, "jpg")
