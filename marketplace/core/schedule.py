"""Scheduled jobs, and when each last ran."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string

from marketplace.core.logs import known_as
from marketplace.core.models import JobRun
from marketplace.core.tracing import span


@dataclass(frozen=True)
class Job:
    """A function without arguments, by its dotted path, and its schedule (cron, in UTC).

    One that has not succeeded for longer than ``overdue`` is reported.
    """

    path: str
    cron: str
    overdue: timedelta

    def is_overdue(self, run: JobRun, now: datetime) -> bool:
        """Whether it has not succeeded for too long."""
        return run.succeeded_at is None or now - run.succeeded_at > self.overdue


def planned_jobs() -> Sequence[Job]:
    """The jobs of this deployment."""
    planned: Sequence[Job] = import_string(settings.JOBS)
    return planned


def missed_jobs(now: datetime) -> list[str]:
    """Paths of jobs that ran once and are overdue, as after a night without a worker."""
    runs = JobRun.objects.in_bulk()
    ran = [(job, run) for job in planned_jobs() if (run := runs.get(job.path))]
    return [job.path for job, run in ran if run.succeeded_at and job.is_overdue(run, now)]


def run_and_note(path: str) -> None:
    """Run a job and record the outcome. Raises what the job raises."""
    started = timezone.now()
    JobRun.objects.update_or_create(name=path, defaults={"started_at": started})
    try:
        with known_as(f"job-{uuid.uuid4().hex[:8]}"), span(f"job {path}"):
            import_string(path)()
    except Exception as error:
        JobRun.objects.filter(name=path).update(
            failed_at=timezone.now(), last_error=f"{type(error).__name__}: {error}"[:2000]
        )
        raise
    JobRun.objects.filter(name=path).update(succeeded_at=timezone.now(), last_error="")
