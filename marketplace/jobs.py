"""Schedule → job, and which loops the worker runs: everything that runs by itself stands here."""

from collections.abc import Callable, Collection, Sequence
from datetime import timedelta
from functools import partial, update_wrapper

from django.conf import settings
from procrastinate import App

from marketplace.core.loops import Loop, at_once
from marketplace.core.outbox import deliver_events
from marketplace.core.queues import EVENT_LOOPS, Queue, queue_of
from marketplace.core.schedule import Job, run_and_note
from marketplace.core.wakeups import woken_by


def _every(minutes: int, path: str) -> Job:
    """A job of every so many minutes; three turns missed, and it is overdue."""
    cron = f"*/{minutes} * * * *" if minutes > 1 else "* * * * *"
    return Job(path, cron, timedelta(minutes=3 * minutes + 2))


def _hourly(minute: int, path: str) -> Job:
    return Job(path, f"{minute} * * * *", timedelta(hours=3))


def _nightly(at: str, path: str) -> Job:
    hour, minute = at.split(":")
    return Job(path, f"{int(minute)} {int(hour)} * * *", timedelta(hours=26))


# Tables whose changes wake the loops that work on them (``core.wakeups``).
_EVENTS = woken_by("core_eventdelivery")
_WEBHOOKS = woken_by("saleor_inboxmessage")
_DELIVERIES = woken_by("embedded_eventdelivery")
_REFUNDS = woken_by("payments_refund", "payments_payment")
_NEWS = woken_by(
    "payments_providernotification", "payments_externalpayment", "payments_banktransfer"
)
_TEXTS = woken_by("orders_textmessage")
_LONG_JOBS = woken_by("long_jobs_longjob")
# What goes back waits for the engine most of the time; so many of it wait side by side.
REFUND_LOOPS = 4
# A short export does not wait for a long one.
LONG_JOB_LOOPS = 2

# Only where the embedded engine runs; a Saleor tidies up after itself.
_OF_THE_ENGINE = (_nightly("3:25", "marketplace.embedded.deliveries.forget_sent"),)

JOBS: tuple[Job, ...] = (
    _every(1, "vendors.jobs.bring_waiting"),
    _every(1, "catalog.jobs.apply_waiting"),
    _every(2, "catalog.jobs.quick_sweep"),
    _every(5, "catalog.jobs.rolling_sweep"),
    _every(1, "search.jobs.tidy"),
    _every(10, "search.jobs.sweep"),
    _nightly("2:40", "search.jobs.compare"),
    _nightly("3:50", "search.jobs.purge"),
    _nightly("3:55", "catalog.product_file_content.purge"),
    _every(2, "marketplace.orders.jobs.sweep"),
    _every(1, "marketplace.orders.jobs.finish_what_was_begun"),
    _every(10, "marketplace.orders.jobs.check_stock"),
    _every(10, "marketplace.orders.jobs.key_addresses"),
    _hourly(20, "marketplace.orders.jobs.time_out"),
    _hourly(50, "marketplace.orders.jobs.tell_of_late"),
    _nightly("0:25", "marketplace.orders.jobs.move_complaints_on"),
    _nightly("3:40", "marketplace.orders.jobs.purge"),
    _every(1, "marketplace.conversations.jobs.read_answers"),
    _every(10, "marketplace.conversations.jobs.key_addresses"),
    _nightly("3:20", "marketplace.conversations.jobs.purge"),
    _every(1, "marketplace.direct_sales.jobs.settle_waiting"),
    _nightly("9:30", "marketplace.reviews.jobs.ask"),
    _nightly("9:45", "marketplace.favourites.jobs.tell"),
    _hourly(40, "marketplace.reviews.jobs.settle_scores"),
    _every(1, "marketplace.personal_data.jobs.erase"),
    _hourly(40, "marketplace.personal_data.jobs.purge"),
    _every(5, "marketplace.payments.jobs.sweep"),
    _every(5, "marketplace.payments.jobs.return_payments_without_order"),
    _every(10, "marketplace.payments.jobs.charge_all_collected"),
    _nightly("4:10", "marketplace.payouts.jobs.reconcile"),
    _hourly(5, "marketplace.payouts.jobs.prepare_due_payouts"),
    _every(10, "marketplace.payouts.jobs.resume_sent_payouts"),
    _hourly(10, "vendors.jobs.tell_of_acts"),
    _nightly("3:10", "vendors.jobs.forget_former_contacts"),
    _every(10, "marketplace.payments.jobs.close_abandoned_payments"),
    _every(10, "marketplace.payments.jobs.expire_transfers"),
    _every(10, "marketplace.payments.jobs.expire_refund_proposals"),
    _every(10, "marketplace.payments.jobs.refund_complaints"),
    _every(5, "marketplace.payments.jobs.issue_due_invoices"),
    _nightly("3:50", "marketplace.payouts.jobs.issue_commission_invoices"),
    _hourly(35, "marketplace.web.kept.jobs.purge"),
    _nightly("3:45", "marketplace.long_jobs.jobs.purge"),
    _nightly("3:15", "marketplace.saleor.jobs.forget_handled"),
    _hourly(35, "marketplace.core.throttle.forget_free"),
    _every(10, "marketplace.core.public_facts.forget_changes"),
    *(() if settings.SALEOR_API_URL else _OF_THE_ENGINE),
)


def schedule(app: App) -> None:
    """Register the jobs that run by the clock (called once when Django is ready)."""
    for job in JOBS:
        _register(app, job)


def _register(app: App, job: Job) -> None:
    """In the queue of the table (``queues``); one that is still waiting is not asked for again."""

    def run(timestamp: int) -> None:  # noqa: ARG001 -- procrastinate tells when it was due
        from marketplace.moving.closing import is_not_at_home
        from marketplace.saleor.waiting import may_work

        # A shop that is not where the configured engine is waits until it has moved.
        if may_work() and not is_not_at_home():
            run_and_note(job.path)

    queue = queue_of(job.path).value
    task = app.task(name=job.path, queue=queue, queueing_lock=job.path)(run)
    app.periodic(cron=job.cron, periodic_id=job.path)(task)


def worker_loops(queues: Collection[Queue] = tuple(Queue)) -> Sequence[Loop]:
    """Webhooks in and events out of each queue, money, long jobs, the embedded engine's deliveries.

    Messages to phones belong to what people wait for, providers' news and refunds to the money.
    """
    from marketplace.moving.closing import while_at_home
    from marketplace.saleor.inbox import handle_inbox, queues_of_webhooks
    from marketplace.saleor.waiting import when_installed

    found: list[Loop] = []
    if Queue.EVENTS in queues and not settings.SALEOR_API_URL:
        from marketplace.embedded.deliveries import deliver_pending

        found.append(_DELIVERIES(deliver_pending))
    for queue in queues:
        if queue in queues_of_webhooks():
            found.append(_WEBHOOKS(_of(queue, handle_inbox)))
        loop = at_once(EVENT_LOOPS[queue], _EVENTS(_of(queue, deliver_events)))
        # Mails need no engine.
        found.append(loop if queue == Queue.PERSON else when_installed(loop))
    if Queue.PERSON in queues:
        from marketplace.orders.services.send_texts import send_texts

        found.append(_TEXTS(send_texts))
    if Queue.MONEY in queues:
        from marketplace.payments.jobs import handle_provider_news, send_refunds

        refunds = at_once(REFUND_LOOPS, _REFUNDS(send_refunds))
        found += [_NEWS(handle_provider_news), refunds]
    if Queue.BULK in queues:
        from marketplace.long_jobs.services import run_long_jobs

        found.append(at_once(LONG_JOB_LOOPS, _LONG_JOBS(run_long_jobs)))
    return [while_at_home(loop) for loop in found]


def _of(queue: Queue, loop: Callable[..., int]) -> Loop:
    """A loop for one queue, by a name that the log shows."""
    made = update_wrapper(partial(loop, queue=queue), loop)
    made.__name__ = f"{loop.__name__}_{queue}"
    return made
