"""A long job: what was asked for by whom, how far it is, and what came of it."""

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from marketplace.core.models import UUIDModel
from vendors.models import Cooperative, Programme


class JobState(models.TextChoices):
    """How far a job is."""

    WAITING = "waiting", pgettext_lazy("state of a job", "waiting")
    RUNNING = "running", pgettext_lazy("state of a job", "running")
    DONE = "done", pgettext_lazy("state of a job", "done")
    FAILED = "failed", pgettext_lazy("state of a job", "failed")
    CANCELLED = "cancelled", pgettext_lazy("state of a job", "cancelled")


ACTIVE = (JobState.WAITING, JobState.RUNNING)


class Reach(models.TextChoices):
    """How far the right reaches that the work needs, as of the pages of members and staff."""

    COOPERATIVE = "cooperative", "one cooperative, of which the person is a member"
    REGIONS = "regions", "the regions or cooperatives of the person's role"
    PROGRAMME = "programme", "the whole programme"
    SHOP = "shop", "the whole shop"


class Failure(models.TextChoices):
    """Why a job failed; what the reader is told of it."""

    TOLD = "told", ""
    RIGHTS = "rights", _("Your role no longer allows this. Ask whoever grants the roles.")
    INTERRUPTED = (
        "interrupted",
        _("The work was interrupted twice, so it was given up. Try again."),
    )
    UNEXPECTED = (
        "unexpected",
        _("Something went wrong on our side. It was noted. Try again later."),
    )


class LongJob(UUIDModel):
    """Work of a ``kind`` with its ``parameters``, for the one person who asked.

    ``permission`` and ``reach`` are the right that it needs: looked at when it is asked for, when
    it runs and when its result is fetched. ``covered`` is what of the programme the result holds
    (regions and ids of cooperatives, both empty: all of it; null: nothing yet). ``fingerprint``
    names person, kind and parameters: of the same there is one at a time. ``attempts`` counts how
    often a worker took it up. The result stands encrypted in the storage.
    """

    kind = models.CharField(max_length=80)
    parameters = models.JSONField(default=dict)
    programme = models.ForeignKey(Programme, models.CASCADE, related_name="+")
    # For work of a member; staff's has none.
    cooperative = models.ForeignKey(Cooperative, models.CASCADE, null=True, related_name="+")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    permission = models.CharField(max_length=40)
    reach = models.CharField(max_length=11, choices=Reach)
    covered = models.JSONField(null=True)
    language = models.CharField(max_length=8)
    # The page from which it was asked for.
    page = models.CharField(max_length=1000, blank=True)
    fingerprint = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    # The person has seen how it ended.
    seen_at = models.DateTimeField(null=True)
    failure = models.CharField(max_length=12, choices=Failure, blank=True)
    error = models.TextField(blank=True)
    # What came of it, in the language of whoever asked.
    words = models.TextField(blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    content_type = models.CharField(max_length=100, blank=True)
    # Of the result, in bytes.
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar[list[models.BaseConstraint]] = [
            models.UniqueConstraint(
                fields=["fingerprint"],
                condition=models.Q(state__in=ACTIVE),
                name="long_job_once_at_a_time",
            )
        ]
        indexes: ClassVar[list[models.Index]] = [
            models.Index(fields=["asked_by", "programme", "-asked_at"]),
            models.Index(
                fields=["asked_at"],
                condition=models.Q(state__in=ACTIVE),
                name="long_job_active",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"

    @property
    def is_active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ACTIVE

    @property
    def has_file(self) -> bool:
        """Whether there is a result to fetch."""
        return self.state == JobState.DONE and bool(self.file_name)

    @property
    def is_new(self) -> bool:
        """Whether it has ended and the person has not looked yet."""
        return not self.is_active and self.seen_at is None

    @property
    def problem(self) -> Any:
        """Why it failed, in words; empty when it did not."""
        return self.error or (Failure(self.failure).label if self.failure else "")

    def stored_at(self, attempt: int) -> str:
        """The name of an attempt's result in the storage."""
        return f"long_jobs/{self.pk.hex[:2]}/{self.pk}-{attempt}"
