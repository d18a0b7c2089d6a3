"""Table of the files of products that people sent: what was read in them, and what came of it."""

from typing import ClassVar

from django.db import models
from django.utils.translation import pgettext_lazy

from marketplace.core.models import UUIDModel
from marketplace.long_jobs.models import LongJob
from vendors.models import Cooperative, User
from vendors.scoping import ScopedModel


class ProductFileState(models.TextChoices):
    """How far a file is."""

    READ = "read", pgettext_lazy("state of a file", "not imported yet")
    CHECKING = "checking", pgettext_lazy("state of a file", "being checked")
    ASKED = "asked", pgettext_lazy("state of a file", "being imported")
    IMPORTED = "imported", pgettext_lazy("state of a file", "imported")
    UNDONE = "undone", pgettext_lazy("state of a file", "import undone")


class ProductFile(UUIDModel, ScopedModel):
    """A file of products as it was sent; its content stands encrypted in the storage.

    ``headings`` are those of its table, ``columns`` what each column is (see
    ``import_headings``; empty: not read), ``sample`` its first rows. ``found`` says what an import
    would do or has done: ``counts`` by outcome, of ``pictures`` too, and the first ``rows`` that
    need a look. A ZIP of pictures may stand beside it: ``picture_members`` are its files,
    ``picture_problems`` those that are not taken, each with a name of ``picture_archives.WHY``.
    """

    cooperative = models.ForeignKey(Cooperative, models.CASCADE, related_name="product_files")
    sent_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    name = models.CharField(max_length=200)
    size = models.PositiveIntegerField()
    # Below the heading, those that have something in them.
    rows = models.PositiveIntegerField(default=0, db_default=0)
    # The sheet of a spreadsheet, or the encoding of a text.
    how = models.CharField(max_length=120)
    headings = models.JSONField(default=list)
    columns = models.JSONField(default=list)
    sample = models.JSONField(default=list)
    found = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=ProductFileState, default=ProductFileState.READ)
    job = models.ForeignKey(LongJob, models.SET_NULL, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)
    pictures_name = models.CharField(max_length=200, blank=True)
    picture_members = models.JSONField(default=list)
    picture_problems = models.JSONField(default=list)

    class Meta:
        indexes: ClassVar[list[models.Index]] = [models.Index(fields=["cooperative", "-sent_at"])]

    def __str__(self) -> str:
        return self.name

    @property
    def stored_at(self) -> str:
        """The name of its content in the storage."""
        return f"product_files/{self.pk.hex[:2]}/{self.pk}"

    @property
    def pictures_stored_at(self) -> str:
        """The name of its ZIP of pictures in the storage."""
        return f"{self.stored_at}-pictures"

    @property
    def is_under_way(self) -> bool:
        """Whether it is being checked or imported now."""
        states = {ProductFileState.CHECKING, ProductFileState.ASKED}
        return self.state in states and bool(self.job and self.job.is_active)

    @property
    def may_start(self) -> bool:
        """Whether it can be imported: for the first time, or again after it was stopped."""
        return self.state != ProductFileState.IMPORTED and not self.is_under_way
