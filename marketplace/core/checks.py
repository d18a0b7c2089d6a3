"""Checks of the doctor: database, keys, clock, worker, jobs, events, mail."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django.models import ProcrastinateJob, ProcrastinateWorker

from marketplace.core.backlog import Backlog, measure_backlog
from marketplace.core.checkup import Finding, broken, good, shown, warning
from marketplace.core.database_state import missing_migrations
from marketplace.core.keys.counting import find_unreadable
from marketplace.core.mail_guard import sending_backend
from marketplace.core.models import EventDelivery, JobRun
from marketplace.core.patience import counted, patience
from marketplace.core.postgres_versions import NEWEST_TRIED, OLDEST_POSTGRES
from marketplace.core.schedule import Job, planned_jobs
from marketplace.core.word_lists import listed

LARGEST_CLOCK_DIFFERENCE = timedelta(seconds=5)
# procrastinate's workers write a heartbeat every 10 seconds.
SILENT_WORKER = timedelta(minutes=1)
LONGEST_WAIT = timedelta(minutes=5)
MAIL_SECONDS = 5.0


def database() -> Iterator[Finding]:
    """The server's version, and whether its tables are those of this code."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_setting('server_version_num')::int, current_setting('server_version')"
        )
        number, version = cursor.fetchone()
    suits = number >= OLDEST_POSTGRES * 10000
    if not suits:
        yield broken(
            "database",
            _("PostgreSQL %(version)s is too old.") % {"version": version},
            _("Upgrade to PostgreSQL %(oldest)d or later, preferably %(newest)d.")
            % {"oldest": OLDEST_POSTGRES, "newest": NEWEST_TRIED},
        )
    missing = missing_migrations()
    if missing:
        yield broken(
            "database",
            _("The database schema is out of date; missing migrations: %(names)s.")
            % {"names": listed(missing)},
            _("Run: twiza database upgrade"),
        )
    if suits and not missing:
        yield good(
            "database", _("PostgreSQL %(version)s, schema up to date.") % {"version": version}
        )


def keys() -> Iterator[Finding]:
    """Whether what is encrypted in the database can be read, by a look at each column."""
    remedy = _("Add the key to TWIZA_ENCRYPTION_KEYS; to count what each encrypts: twiza keys list")
    if not settings.ENCRYPTION_KEYS:
        yield broken(
            "keys",
            _("No encryption key is set."),
            _("Set TWIZA_ENCRYPTION_KEYS; to make a key: twiza keys new"),
        )
    elif unreadable := find_unreadable():
        yield broken(
            "keys",
            _("No encryption key fits what is stored in: %(columns)s.")
            % {"columns": ", ".join(unreadable)},
            remedy,
        )
    else:
        yield good("keys", _("The encryption keys fit what is stored."))


def clock() -> Iterator[Finding]:
    """Our clock compared with the database's: signatures, holds and reservations depend on it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        (theirs,) = cursor.fetchone()
    difference = abs(timezone.now() - theirs)
    message = _("The clocks of this machine and of the database differ by %(seconds).1f s.") % {
        "seconds": difference.total_seconds()
    }
    if difference > LARGEST_CLOCK_DIFFERENCE:
        yield warning("clock", message, _("Synchronise both machines with the same NTP servers."))
    else:
        yield good("clock", message)


def worker() -> Iterator[Finding]:
    """Whether a worker is running."""
    last = ProcrastinateWorker.objects.aggregate(last=Max("last_heartbeat"))["last"]
    if last is None or timezone.now() - last > SILENT_WORKER:
        message = (
            _("No worker is running.")
            if last is None
            else (_("No sign of life from a worker since %(moment)s.") % {"moment": shown(last)})
        )
        yield broken("worker", message, _("Start one: twiza worker"))
    else:
        yield good(
            "worker",
            _("A worker is running; last sign of life at %(moment)s.") % {"moment": shown(last)},
        )


def jobs() -> Iterator[Finding]:
    """When each scheduled job last succeeded, and which failed."""
    planned = planned_jobs()
    runs = JobRun.objects.in_bulk()
    now, well, to_come = timezone.now(), 0, 0
    upgraded_at = last_upgrade() or now
    for job in planned:
        run = runs.get(job.path)
        if run is None and now - upgraded_at <= job.overdue:
            to_come += 1
        elif run is None or job.is_overdue(run, now):
            yield _late(job, run)
        else:
            well += 1
    # Those of an outage that is over have run again since.
    recovered = JobRun.objects.filter(succeeded_at__gt=F("failed_at")).values("name")
    failed = ProcrastinateJob.objects.filter(status="failed").exclude(task_name__in=recovered)
    if stuck := failed.count():
        yield warning(
            "jobs",
            _("Jobs failed permanently: %(count)d.") % {"count": stuck},
            _("Read why: twiza manage procrastinate shell, then: list_jobs status=failed"),
        )
    if well:
        yield good(
            "jobs",
            _("%(count)d of %(all)d scheduled jobs ran on time.")
            % {"count": well, "all": len(planned)},
        )
    if to_come:
        yield good("jobs", _("%(count)d new jobs wait for their first time.") % {"count": to_come})


def last_upgrade() -> datetime | None:
    """When the tables were last made or changed: a job that is new since then may not have run."""
    found = MigrationRecorder(connection).migration_qs.aggregate(last=Max("applied"))
    last: datetime | None = found["last"]
    return last


def _late(job: Job, run: JobRun | None) -> Finding:
    if run is None:
        return warning(
            "jobs",
            _("%(job)s has never run.") % {"job": job.path},
            _(
                "After a new installation, wait for the first run (%(cron)s); otherwise check "
                "that a worker is running."
            )
            % {"cron": job.cron},
        )
    last = shown(run.succeeded_at) if run.succeeded_at else "–"
    message = _("%(job)s last succeeded at %(moment)s.") % {"job": job.path, "moment": last}
    if run.last_error:
        return broken(
            "jobs",
            f"{message} {run.last_error}",
            _("Fix the cause of the error; the job is retried automatically."),
        )
    return broken(
        "jobs", message, _("Check that a worker is running, and whether this job takes too long.")
    )


def events() -> Iterator[Finding]:
    """Domain events waiting to be delivered."""
    waiting = EventDelivery.objects.filter(delivered_at__isnull=True)
    backlog = measure_backlog(waiting, since="event__recorded_at")
    yield from judge_backlog("events", backlog, _("domain events"))


def judge_backlog(check: str, backlog: Backlog, what: str) -> Iterator[Finding]:
    """Broken when rows fail repeatedly, a warning when the oldest waits for long."""
    oldest = backlog.oldest
    values = {"count": backlog.count, "what": what}
    if backlog.failing:
        yield broken(
            check,
            _("%(what)s that still fail after several attempts: %(stubborn)d.")
            % {**values, "stubborn": backlog.failing},
            _(
                "The worker's log gives the reason; once it is fixed, they are processed "
                "automatically."
            ),
        )
    elif oldest and timezone.now() - oldest > LONGEST_WAIT:
        yield warning(
            check,
            _("%(what)s waiting: %(count)d, the oldest since %(moment)s.")
            % {**values, "moment": shown(oldest)},
            _("Check that a worker is running, and that the machine has enough resources."),
        )
    else:
        yield good(check, _("%(what)s waiting: %(count)d.") % values)


def mail() -> Iterator[Finding]:
    """Whether mail can be sent; a demo keeps its letters, and shows them."""
    sender = sending_backend()
    if settings.DEMO and "smtp" not in sender:
        yield good("mail", _("This demo keeps its e-mails and shows them at /demo/outbox/."))
        return
    backend = sender.rsplit(".", 2)[-2]
    if "smtp" not in sender:
        yield warning(
            "mail",
            _("E-mails are stored, not sent (%(backend)s).") % {"backend": backend},
            _("To send e-mails, set TWIZA_EMAIL_URL (see the operator's guide)."),
        )
        return
    try:
        with counted(), get_connection(fail_silently=False, timeout=patience(MAIL_SECONDS)):
            yield good(
                "mail", _("The mail server %(host)s responds.") % {"host": settings.EMAIL_HOST}
            )
    except OSError as error:
        yield broken(
            "mail",
            _("The mail server %(host)s does not respond: %(error)s")
            % {"host": settings.EMAIL_HOST, "error": error},
            _("Check TWIZA_EMAIL_URL, and that this machine can reach the server."),
        )
