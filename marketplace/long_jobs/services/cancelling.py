"""Cancelling: the row is ended at once, and the work stops at its next ``progress``."""

from django.db import transaction
from django.utils import timezone

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.long_jobs.models import ACTIVE, JobState, LongJob


@transaction.atomic
def cancel_job(*, job: LongJob, by: Actor) -> bool:
    """Cancel a job that waits or runs; False when it had ended before. What it wrote is dropped.

    Changes that its function has committed until then stay.
    """
    now = timezone.now()
    active = LongJob.objects.filter(pk=job.pk, state__in=ACTIVE)
    ended = active.update(state=JobState.CANCELLED, finished_at=now, seen_at=now)
    if ended:
        audit.record("long_job.cancel", job, by=by, kind=job.kind)
    job.refresh_from_db()
    return bool(ended)
