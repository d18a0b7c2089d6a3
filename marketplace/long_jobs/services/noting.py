"""What a person has seen and taken of their jobs."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.long_jobs.models import LongJob


def note_seen(*, job: LongJob) -> None:
    """The person has looked at how a job ended."""
    rows = LongJob.objects.filter(pk=job.pk, finished_at__isnull=False, seen_at__isnull=True)
    rows.update(seen_at=timezone.now())


@transaction.atomic
def note_download(*, job: LongJob, by: Actor) -> None:
    """Record who downloaded which result."""
    audit.record("long_job.download", job, by=by, kind=job.kind, parameters=job.parameters)
    note_seen(job=job)
