"""A long job as its pages show it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from marketplace.long_jobs.kinds import kind_of
from marketplace.long_jobs.models import JobState, LongJob

_BADGES = {
    JobState.WAITING: ("info", "clock"),
    JobState.RUNNING: ("warn", "clock"),
    JobState.DONE: ("ok", "check"),
    JobState.FAILED: ("bad", "x"),
    JobState.CANCELLED: ("", "x"),
}


@dataclass(frozen=True)
class JobRow:
    """A job, what people call it, and the colour and picture of its state."""

    job: LongJob
    title: str
    kind: str
    icon: str
    may_repeat: bool


def row_of(job: LongJob) -> JobRow:
    """How to show a job."""
    found = kind_of(job.kind)
    title = found.title(job.parameters) if found else _("A task of an earlier version")
    badge, icon = _BADGES[JobState(job.state)]
    ended_badly = job.state in {JobState.FAILED, JobState.CANCELLED}
    return JobRow(job, title, badge, icon, ended_badly and found is not None)
