"""Queues by urgency: what somebody waits for never waits behind bulk work."""

import asyncio
import threading
import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate import App
from procrastinate.testing import InMemoryConnector

from marketplace.core import queue_backlogs
from marketplace.core.checkup import Mark, examine
from marketplace.core.events import Event, publish
from marketplace.core.outbox import deliver_events
from marketplace.core.queues import LONGEST_WAIT, Queue, queue_of
from marketplace.core.worker import loops, running, without_clock, work_job_queues
from marketplace.events import DOMAIN_EVENTS, SALEOR_EVENTS
from marketplace.jobs import JOBS, worker_loops
from marketplace.queues import QUEUES
from marketplace.saleor.inbox import handle_inbox
from marketplace.saleor.models import InboxMessage

# A step that never comes ends the test instead of hanging it.
PATIENCE = 60
DONE: list[str] = []
MAILED, BEGUN = threading.Event(), threading.Event()
HANDLERS = {
    "ListingsImported": (f"{__name__}.import_many",),
    "Ordered": (f"{__name__}.send_mail",),
}
NAMED = {f"{__name__}.send_mail": Queue.PERSON, f"{__name__}.import_many": Queue.BULK}


class ListingsImported(Event):
    aggregate = "listing"


class Ordered(Event):
    aggregate = "order"


def import_many(_payload: dict[str, Any]) -> None:
    """Bulk work that ends only after the mail has left."""
    DONE.append("bulk began")
    BEGUN.set()
    MAILED.wait(PATIENCE)
    DONE.append("bulk ended")


def send_mail(_payload: dict[str, Any]) -> None:
    DONE.append("mail left")
    MAILED.set()


@pytest.fixture
def listening(settings: Any) -> Iterator[None]:
    settings.DOMAIN_EVENT_HANDLERS = f"{__name__}.HANDLERS"
    settings.QUEUES = f"{__name__}.NAMED"
    DONE.clear()
    MAILED.clear()
    BEGUN.clear()
    yield
    MAILED.set()


def happen(event: type[Event]) -> None:
    with transaction.atomic():
        publish(event(aggregate_id=uuid.uuid4(), occurred_at=timezone.now()))


def test_every_handler_and_job_has_its_queue() -> None:
    tables = (DOMAIN_EVENTS, SALEOR_EVENTS)
    handlers = {path for table in tables for paths in table.values() for path in paths}
    # The embedded engine's job runs only where there is no Saleor.
    jobs = {job.path for job in JOBS} | {"marketplace.embedded.deliveries.forget_sent"}

    assert handlers | jobs == set(QUEUES)


def test_mails_are_urgent_and_imports_are_not() -> None:
    assert queue_of("marketplace.orders.handlers.on_order_placed") == Queue.PERSON
    assert queue_of("catalog.jobs.apply_waiting") == Queue.BULK
    assert queue_of("search.handlers.on_listing_pages_changed") == Queue.BULK
    assert queue_of("a.handler.of.an.older.version") == Queue.BULK


@pytest.mark.usefixtures("listening")
@pytest.mark.django_db(transaction=True)
def test_a_mail_leaves_while_bulk_work_goes_on(settings: Any) -> None:
    settings.SALEOR_APP_TOKEN = "installed"
    happen(ListingsImported)
    with running(loops()):
        assert BEGUN.wait(PATIENCE)
        happen(Ordered)
        assert MAILED.wait(PATIENCE)
    assert DONE == ["bulk began", "mail left", "bulk ended"]


@pytest.mark.usefixtures("listening")
@pytest.mark.django_db
def test_a_queue_delivers_its_own_events_only() -> None:
    for _ in range(30):
        happen(ListingsImported)
    happen(Ordered)

    assert deliver_events(queue=Queue.PERSON) == 1
    assert DONE == ["mail left"]
    assert deliver_events(queue=Queue.MONEY) == deliver_events(queue=Queue.EVENTS) == 0
    assert deliver_events(queue=Queue.BULK) == 30


@pytest.mark.usefixtures("listening")
@pytest.mark.django_db
def test_what_the_table_does_not_name_is_delivered_too(settings: Any) -> None:
    happen(Ordered)
    settings.QUEUES = f"{__name__}.NOTHING_NAMED"

    assert deliver_events(queue=Queue.PERSON) == 0
    assert deliver_events(queue=Queue.BULK) == 1


NOTHING_NAMED: dict[str, Queue] = {}


def test_jobs_of_a_queue_run_beside_those_of_another() -> None:
    shop = App(connector=InMemoryConnector())
    done: list[str] = []

    async def run() -> None:
        begun, mailed = asyncio.Event(), asyncio.Event()

        @shop.task(name="import", queue="bulk")
        async def import_all() -> None:
            done.append("bulk began")
            begun.set()
            await asyncio.wait_for(mailed.wait(), PATIENCE)
            done.append("bulk ended")

        @shop.task(name="mail", queue="person")
        async def mail() -> None:
            await asyncio.wait_for(begun.wait(), PATIENCE)
            done.append("mail left")
            mailed.set()

        async with shop.open_async():
            for _ in range(3):
                await import_all.defer_async()
            await mail.defer_async()
            await work_job_queues(shop, tuple(Queue), wait=False)

    asyncio.run(run())
    assert done.index("bulk began") < done.index("mail left") < done.index("bulk ended")
    assert done.count("bulk ended") == 3


def test_one_worker_of_a_process_asks_by_the_clock() -> None:
    shop = App(connector=InMemoryConnector())
    shop.periodic(cron="* * * * *")(shop.task(name="tidy")(lambda timestamp: timestamp))

    other = without_clock(shop)

    assert set(other.tasks) == set(shop.tasks)
    assert other.connector is shop.connector
    assert not other.periodic_registry.periodic_tasks
    assert len(shop.periodic_registry.periodic_tasks) == 1


def test_a_worker_may_work_on_some_queues_only() -> None:
    def names(*queues: Queue) -> set[str]:
        return {loop.__name__ for loop in worker_loops(queues)}

    assert names(Queue.PERSON) == {"deliver_events_person", "send_texts"}
    assert names(Queue.BULK) == {"deliver_events_bulk", "handle_inbox_bulk", "run_long_jobs"}
    assert {"send_refunds", "handle_provider_news"} <= names(Queue.MONEY)
    assert names(*Queue) == set().union(*(names(queue) for queue in Queue))


@pytest.mark.django_db
def test_webhooks_of_orders_do_not_wait_behind_those_of_products(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    seen: list[str] = []
    handlers = "marketplace.orders.handlers.on_order_changed", "catalog.handlers.on_product_changed"
    for path in handlers:
        monkeypatch.setattr(path, lambda event: seen.append(event.name), raising=True)
    now = timezone.now()
    for number, name in enumerate(["PRODUCT_UPDATED", "order_updated", "no_such_event"]):
        InboxMessage.objects.create(event=name, body_hash=str(number), body={}, next_attempt_at=now)

    handle_inbox(queue=Queue.MONEY)

    left = InboxMessage.objects.filter(handled_at__isnull=True).values_list("event", flat=True)
    assert set(left) == {"PRODUCT_UPDATED", "no_such_event"}
    handle_inbox(queue=Queue.EVENTS)
    handle_inbox(queue=Queue.BULK)
    assert not InboxMessage.objects.filter(handled_at__isnull=True).exists()


@pytest.mark.usefixtures("listening")
@pytest.mark.django_db
def test_the_doctor_names_each_queue_with_its_age(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(LONGEST_WAIT, Queue.PERSON, timedelta(0))
    happen(Ordered)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT procrastinate_defer_jobs_v1(ARRAY[ROW('default', 'a.job', 0, NULL, NULL, "
            "'{}'::jsonb, NULL)::procrastinate_job_to_defer_v1])"
        )

    found = examine("queues")

    assert [finding.mark for finding in found] == [Mark.WARNING, Mark.GOOD, Mark.GOOD, Mark.GOOD]
    assert "1" in found[0].message
    assert "twiza worker --queue person" in found[0].remedy
    waiting = {queue: backlog.count for queue, backlog in queue_backlogs.backlogs().items()}
    assert waiting == {Queue.PERSON: 1, Queue.MONEY: 0, Queue.EVENTS: 0, Queue.BULK: 1}
