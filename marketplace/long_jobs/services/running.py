"""The worker's part: takes up a job, does it with the person's rights of now, keeps the result."""

import logging
import time
from tempfile import SpooledTemporaryFile
from typing import IO, Any, cast
from uuid import UUID

from django.db import connection, transaction
from django.db.models import QuerySet
from django.utils import timezone, translation

from marketplace.core.errors import Forbidden, NotFound, TwizaError
from marketplace.core.files import full_disk_refused
from marketplace.core.logs import known_as
from marketplace.core.private_files import delete_private, save_private
from marketplace.core.tracing import span
from marketplace.long_jobs.access import access_of, covered_by
from marketplace.long_jobs.errors import Cancelled
from marketplace.long_jobs.kinds import Kind, MemberWork, Result, Work, kind_of
from marketplace.long_jobs.locks import held
from marketplace.long_jobs.models import ACTIVE, Failure, JobState, LongJob
from vendors.policy import MemberAccess, StaffAccess

logger = logging.getLogger(__name__)

# A job is taken up once more after its worker was killed; what kills two workers is left alone.
MOST_ATTEMPTS = 2
# How often the row says how far it is, and cancelling is noticed.
PROGRESS_SECONDS = 0.5
IN_MEMORY = 1_000_000


def run_long_jobs() -> int:
    """Do the job that has waited longest, if there is one that nobody does; how many that was."""
    active = LongJob.objects.filter(state__in=ACTIVE).order_by("asked_at", "pk")
    for pk, fingerprint in active.values_list("pk", "fingerprint"):
        with held(fingerprint) as is_ours:
            if is_ours and (job := _take(pk)):
                _do(job)
                return 1
    return 0


def _take(pk: UUID) -> LongJob | None:
    """The job as one that runs now; None when it ended meanwhile or is given up.

    One that runs though nobody holds its lock was its worker's when that was killed.
    """
    with transaction.atomic():
        rows = LongJob.objects.select_for_update(of=("self",))
        found = rows.select_related("programme", "asked_by", "cooperative").filter(
            pk=pk, state__in=ACTIVE
        )
        job = found.first()
        if job is None:
            return None
        if job.attempts >= MOST_ATTEMPTS:
            _end(job, state=JobState.FAILED, failure=Failure.INTERRUPTED)
            return None
        job.state, job.started_at = JobState.RUNNING, timezone.now()
        job.attempts += 1
        job.done = job.total = 0
        job.save(update_fields=["state", "started_at", "attempts", "done", "total"])
    return job


def _do(job: LongJob) -> None:
    with (
        known_as(f"long-job-{job.pk.hex[:8]}"),
        span(f"long job {job.kind}"),
        translation.override(job.language),
        timezone.override(job.programme.time_zone),
    ):
        try:
            access, kind = access_of(job), kind_of(job.kind)
        except (NotFound, Forbidden):
            _end(job, state=JobState.FAILED, failure=Failure.RIGHTS)
            return
        if kind is None:
            logger.error("No long job is called %s any more", job.kind)
            _end(job, state=JobState.FAILED, failure=Failure.UNEXPECTED)
            return
        try:
            _write(job, kind, access)
        except Cancelled:
            logger.info("The long job %s was cancelled", job)
        except TwizaError as error:
            _end(job, state=JobState.FAILED, failure=Failure.TOLD, error=str(error))
        except Exception:
            logger.exception("The long job %s failed", job)
            _end(job, state=JobState.FAILED, failure=Failure.UNEXPECTED)


def _write(job: LongJob, kind: Kind, access: StaffAccess | MemberAccess) -> None:
    with SpooledTemporaryFile(max_size=IN_MEMORY) as file, full_disk_refused():
        target = cast("IO[bytes]", file)
        tell = _Teller(job)
        work: Work | MemberWork
        if isinstance(access, MemberAccess):
            work = MemberWork(job.parameters, access, target, tell)
        else:
            work = Work(job.parameters, access, target, tell)
        result = kind.function(work) or Result()
        facts = {"covered": covered_by(job, access), "words": result.words}
        if result.file_name:
            _keep(job, result, target, facts)
        else:
            _end(job, state=JobState.DONE, **facts)


def _keep(job: LongJob, result: Result, target: IO[bytes], facts: dict[str, Any]) -> None:
    size = target.seek(0, 2)
    target.seek(0)
    name = job.stored_at(job.attempts)
    delete_private(name)
    save_private(name, target)
    is_kept = _end(
        job,
        state=JobState.DONE,
        file_name=result.file_name[:200],
        content_type=result.content_type,
        size=size,
        **facts,
    )
    if not is_kept:
        delete_private(name)


def _end(job: LongJob, **facts: object) -> bool:
    """End the attempt; False when it was cancelled, or is no longer this worker's."""
    return bool(_mine(job).update(finished_at=timezone.now(), **facts))


def _mine(job: LongJob) -> QuerySet[LongJob]:
    return LongJob.objects.filter(pk=job.pk, state__in=ACTIVE, attempts=job.attempts)


class _Teller:
    """``progress``: writes to the row now and then, and raises Cancelled when it was ended."""

    def __init__(self, job: LongJob) -> None:
        self._job, self._next = job, 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + PROGRESS_SECONDS
        if not self._is_wanted(done, total):
            self._next = 0.0
            raise Cancelled

    def _is_wanted(self, done: int, total: int) -> bool:
        rows = _mine(self._job)
        # A row changed inside the function's transaction would keep whoever cancels waiting.
        if connection.in_atomic_block:
            return bool(rows.exists())
        return bool(rows.update(done=done, total=total))
