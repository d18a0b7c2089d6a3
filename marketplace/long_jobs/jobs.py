"""The scheduled job of long jobs; the schedule is in ``marketplace/jobs.py``."""

from datetime import timedelta

from django.utils import timezone

from marketplace.core.private_files import delete_private
from marketplace.long_jobs.limits import limit
from marketplace.long_jobs.models import LongJob


def purge() -> None:
    """Delete ended jobs with their results after the days for which they are kept."""
    until = timezone.now() - timedelta(days=limit("days_kept"))
    for job in LongJob.objects.filter(finished_at__lte=until).iterator():
        for attempt in range(1, job.attempts + 1):
            delete_private(job.stored_at(attempt))
        job.delete()
