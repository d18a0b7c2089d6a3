"""The worker: loops for webhooks and domain events, and procrastinate's jobs.

A loop is a function that does what is due and returns how much that was; it sleeps only when there
was nothing (``loops``). They are listed in ``marketplace/jobs.py``. Each queue (``queues``) has
loops and a worker of jobs of its own, so that what somebody waits for never waits behind an import.
"""

import asyncio
import logging
import signal
import threading
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress

import psycopg
from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.utils import timezone
from django.utils.module_loading import import_string
from procrastinate import App
from procrastinate.exceptions import AlreadyEnqueued, ConnectorException
from procrastinate.periodic import PeriodicRegistry

from marketplace.core import tracing
from marketplace.core.collecting import keep_loaded
from marketplace.core.job_connections import job_connector
from marketplace.core.loops import Loop, threads_of
from marketplace.core.queues import JOBS_AT_ONCE, Queue, job_queues, table
from marketplace.core.schedule import missed_jobs, planned_jobs
from marketplace.core.sign_of_life import EVERY_SECONDS, give_sign
from marketplace.core.wakeups import Wakeups

logger = logging.getLogger(__name__)

# Jobs announce themselves too; so seldom is looked for those that did not.
JOBS_POLL_SECONDS = 30.0
RECONNECT_SECONDS = 2.0
# Each loop has a connection of its own; a new one a minute for each costs more than the loops.
CONNECTION_SECONDS = 900


def loops(queues: Collection[Queue] = tuple(Queue)) -> Sequence[Loop]:
    """The loops of this deployment that work on these queues."""
    found: Sequence[Loop] = import_string(settings.WORKER_LOOPS)(queues)
    return found


def run_worker(*, once: bool, queues: Collection[Queue] = tuple(Queue)) -> int:
    """Run loops and jobs of these queues until SIGTERM or SIGINT; returns the exit status."""
    tracing.start("twiza-worker")
    load_work()
    if once:
        work_off(queues=queues)
        asyncio.run(_work_jobs(queues, wait=False))
        return 0
    for entry in connections.settings.values():
        entry["CONN_MAX_AGE"] = CONNECTION_SECONDS
    missed = missed_jobs(timezone.now())
    with running(loops(queues)) as threads:
        asyncio.run(_work_jobs(queues, wait=True, missed=missed, threads=threads))
    return 0


def load_work() -> None:
    """Load the code of all jobs and handlers before any runs: what is missing shows at the start.

    Not while loops and jobs run side by side, which would load the same code at once.
    """
    for path in {*table(), *(job.path for job in planned_jobs())}:
        import_string(path)
    keep_loaded()


@contextmanager
def running(found: Sequence[Loop]) -> Iterator[Sequence[threading.Thread]]:
    """Each loop in threads of its own, woken by what is announced, stopped at the end."""
    stopping, wakeups = threading.Event(), Wakeups()
    threads = [threading.Thread(target=wakeups.listen, args=(stopping,), name="listener")]
    threads += [thread for loop in found for thread in threads_of(loop, wakeups, stopping)]
    for thread in threads:
        thread.start()
    try:
        yield threads
    finally:
        stopping.set()
        wakeups.wake_all()
        for thread in threads:
            thread.join(timeout=10)


def work_off(*, rounds: int = 1000, queues: Collection[Queue] = tuple(Queue)) -> int:
    """Run every loop in this thread until none has anything to do; returns how much was done."""
    total = 0
    for _ in range(rounds):
        total += (done := sum(loop() for loop in loops(queues)))
        if not done:
            break
    return total


async def _work_jobs(
    queues: Collection[Queue],
    *,
    wait: bool,
    missed: Collection[str] = (),
    threads: Sequence[threading.Thread] = (),
) -> None:
    if not wait:
        await _work_connected(queues, missed, wait=False)
        return
    stopping = asyncio.Event()
    task = asyncio.create_task(_keep_working(queues, missed, stopping))
    signs = asyncio.create_task(_give_signs(threads))

    def stop() -> None:
        stopping.set()
        task.cancel()

    for sign in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(sign, stop)
    try:
        await task
    except asyncio.CancelledError:
        logger.info("The worker stops")
    finally:
        signs.cancel()


async def _keep_working(
    queues: Collection[Queue], missed: Collection[str], stopping: asyncio.Event
) -> None:
    """Work until told to stop; a database that was away is connected to again."""
    while not stopping.is_set():
        try:
            await _work_connected(queues, missed, wait=True)
        except (ConnectorException, psycopg.OperationalError, ExceptionGroup) as error:
            if not is_database_lost(error):
                raise
            logger.error("The jobs lost the database; they go on", exc_info=error)  # noqa: TRY400
        with suppress(TimeoutError):
            await asyncio.wait_for(stopping.wait(), RECONNECT_SECONDS)


async def _work_connected(
    queues: Collection[Queue], missed: Collection[str], *, wait: bool
) -> None:
    from procrastinate.contrib.django import app

    worker_app = app.with_connector(job_connector())
    # The clock asks by a connection of Django's, in the one thread for such calls; nobody else
    # renews it after the database was away.
    await sync_to_async(connections.close_all)()
    async with worker_app.open_async():
        await ask_for(worker_app, missed)
        await work_job_queues(worker_app, queues, wait=wait)


def is_database_lost(error: BaseException) -> bool:
    """Whether an error, or each of a group, says that the database cannot be reached."""
    if isinstance(error, BaseExceptionGroup):
        return all(map(is_database_lost, error.exceptions))
    cause = error.__cause__ if isinstance(error, ConnectorException) else error
    return isinstance(cause, psycopg.OperationalError)


async def _give_signs(threads: Sequence[threading.Thread]) -> None:
    """Say every few seconds that the jobs get their turn and that no loop has ended."""
    while all(thread.is_alive() for thread in threads):
        with suppress(OSError):
            give_sign()
        await asyncio.sleep(EVERY_SECONDS)


async def ask_for(worker_app: App, paths: Collection[str]) -> None:
    """Have jobs of the clock run now, each once, whoever else asks for it."""
    for path in paths:
        with suppress(AlreadyEnqueued):
            task = worker_app.tasks[path].configure(queueing_lock=path)
            await task.defer_async(timestamp=int(timezone.now().timestamp()))


async def work_job_queues(worker_app: App, queues: Collection[Queue], *, wait: bool) -> None:
    """A worker of jobs for each queue, side by side, until cancelled or (without ``wait``) done.

    The first one also asks for the jobs of the clock. With ``wait`` all end with the first that
    ends by itself: one whose clock, heartbeat or listener met a database that was away does so
    without an error, and the others would go on without it.
    """
    async with asyncio.TaskGroup() as group:
        tasks = [
            group.create_task(
                (without_clock(worker_app) if place else worker_app).run_worker_async(
                    queues=job_queues(queue),
                    name=queue.value,
                    concurrency=JOBS_AT_ONCE[queue],
                    wait=wait,
                    fetch_job_polling_interval=JOBS_POLL_SECONDS,
                    install_signal_handlers=False,
                    delete_jobs="successful",
                )
            )
            for place, queue in enumerate(queues)
        ]
        if wait:
            await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in tasks:
                task.cancel()


def without_clock(worker_app: App) -> App:
    """The same jobs on the same connections, and nobody who asks for them by the clock."""
    other = worker_app.with_connector(worker_app.connector)
    other.periodic_registry = PeriodicRegistry()  # type: ignore[no-untyped-call]
    return other
