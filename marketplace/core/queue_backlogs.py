"""What waits in each queue and since when: events to be delivered, and jobs that are due."""

from collections.abc import Iterator
from datetime import datetime

from django.db.models import Min, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateEvent, ProcrastinateJob

from marketplace.core.backlog import Backlog, measure_backlog
from marketplace.core.checkup import Finding, good, warning
from marketplace.core.outbox import waiting_deliveries
from marketplace.core.queues import LONGEST_WAIT, Queue, job_queues


def backlogs() -> dict[Queue, Backlog]:
    """For each queue how much waits, and since when the oldest does."""
    return {queue: _backlog(queue) for queue in Queue}


def _backlog(queue: Queue) -> Backlog:
    events = measure_backlog(waiting_deliveries(queue), since="event__recorded_at")
    count, oldest = _jobs(queue)
    begun = [moment for moment in (events.oldest, oldest) if moment]
    return Backlog(events.count + count, min(begun, default=None), events.failing)


def _jobs(queue: Queue) -> tuple[int, datetime | None]:
    """How many jobs are due and not begun, and since when the oldest."""
    now = timezone.now()
    due = ProcrastinateJob.objects.filter(
        Q(scheduled_at__isnull=True) | Q(scheduled_at__lte=now),
        queue_name__in=job_queues(queue),
        status="todo",
    )
    asked = ProcrastinateEvent.objects.filter(job__in=due).aggregate(oldest=Min("at"))
    return due.count(), asked["oldest"]


def queues() -> Iterator[Finding]:
    """The age of each queue, the most urgent first."""
    names = {
        Queue.PERSON: _("what people wait for"),
        Queue.MONEY: _("money"),
        Queue.EVENTS: _("changes in the shop"),
        Queue.BULK: _("bulk work"),
    }
    for queue, backlog in backlogs().items():
        age = timezone.now() - backlog.oldest if backlog.oldest else None
        message = _("%(queue)s (%(what)s): %(count)d waiting, the oldest for %(seconds)d s.") % {
            "queue": queue.value,
            "what": names[queue],
            "count": backlog.count,
            "seconds": age.total_seconds() if age else 0,
        }
        if age and age > LONGEST_WAIT[queue]:
            remedy = _(
                "Check that a worker works on this queue (twiza worker --queue %(queue)s), and "
                "that the machine has enough resources."
            )
            yield warning("queues", message, remedy % {"queue": queue.value})
        else:
            yield good("queues", message)
