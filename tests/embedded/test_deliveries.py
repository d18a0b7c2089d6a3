"""The queue of asynchronous webhooks: retries, order, workers, injected faults."""

import threading
from datetime import datetime, timedelta

import httpx
import pytest
from django.db import connections
from django.utils import timezone

from marketplace.embedded import fault_injection
from marketplace.embedded.deliveries import deliver_pending, forget_sent
from marketplace.embedded.models import EventDelivery
from tests.contract.engine import Engine

pytestmark = pytest.mark.django_db


def category(engine: Engine, slug: str) -> None:
    engine.done("CreateCategory", input={"name": slug, "slug": slug})


def only() -> EventDelivery:
    return EventDelivery.objects.get()


def test_a_webhook_is_sent_once(engine: Engine) -> None:
    category(engine, "huiles")
    assert deliver_pending() == 1
    assert deliver_pending() == 0
    assert only().status == "SUCCESS"
    assert only().response_status == 200
    assert [p["category"]["slug"] for p in engine.app.of("category_created")] == ["huiles"]


def test_a_webhook_written_in_a_wrong_hour_is_sent_at_once(engine: Engine) -> None:
    category(engine, "huiles")
    EventDelivery.objects.update(due_at=timezone.now() + timedelta(hours=1))
    assert deliver_pending() == 1


def test_a_server_error_is_retried_six_times_then_given_up(engine: Engine) -> None:
    # given an App that is down
    engine.app.status = 503
    category(engine, "huiles")
    start: datetime = only().due_at
    # when the worker looks at each moment of the schedule, and just before it
    for attempt, after in enumerate((0, 10, 30, 70, 150, 310), start=1):
        if after:
            assert deliver_pending(now=start + timedelta(seconds=after - 1)) == 0
        assert deliver_pending(now=start + timedelta(seconds=after)) == 1
        assert len(engine.app.received) == attempt
    # then it has given up for good
    assert only().status == "FAILED"
    assert deliver_pending(now=start + timedelta(days=1)) == 0


def test_an_app_that_comes_back_gets_the_webhook(engine: Engine) -> None:
    engine.app.status = 500
    category(engine, "huiles")
    start = only().due_at
    deliver_pending(now=start)
    engine.app.status = 200
    assert deliver_pending(now=start + timedelta(seconds=10)) == 1
    assert only().status == "SUCCESS"
    assert only().attempts == 2


@pytest.mark.parametrize("status", [302, 400, 404])
def test_other_refusals_are_final(engine: Engine, status: int) -> None:
    engine.app.status = status
    category(engine, "huiles")
    assert deliver_pending() == 1
    assert only().status == "FAILED"
    assert len(engine.app.received) == 1


def test_a_refused_connection_is_retried(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object) -> None:
        raise httpx.ConnectError("refused")

    category(engine, "huiles")
    monkeypatch.setattr("marketplace.embedded.deliveries.post", refuse)
    assert deliver_pending() == 1
    assert only().status == "PENDING"
    assert only().due_at > timezone.now() + timedelta(seconds=5)


def test_the_order_is_that_of_the_events(engine: Engine) -> None:
    slugs = [f"c{number}" for number in range(5)]
    for slug in slugs:
        category(engine, slug)
    assert deliver_pending() == 5
    assert [p["category"]["slug"] for p in engine.app.of("category_created")] == slugs


def test_faults_double_reorder_lose_and_empty(engine: Engine) -> None:
    slugs = [f"c{number}" for number in range(8)]
    with fault_injection.inject("event_lost"):
        category(engine, "lost")
    for slug in slugs:
        category(engine, slug)
    with fault_injection.inject("doubled", "reordered"):
        assert deliver_pending() == 8
    seen = [p["category"]["slug"] for p in engine.app.of("category_created")]
    assert sorted(seen) == sorted(slugs * 2)
    assert "lost" not in seen
    # a retried request loses its body
    engine.app.status = 500
    category(engine, "late")
    start = timezone.now()
    deliver_pending(now=start)
    engine.app.status = 200
    with fault_injection.inject("empty_retried_body"):
        deliver_pending(now=start + timedelta(seconds=11))
    assert engine.app.received[-1].body == b""
    assert not fault_injection.is_injected("empty_retried_body")


def test_what_was_sent_a_week_ago_is_forgotten(engine: Engine) -> None:
    category(engine, "sent")
    deliver_pending()
    engine.app.status = 503
    category(engine, "waiting")
    deliver_pending()
    in_a_week = timezone.now() + timedelta(days=7, minutes=1)
    assert forget_sent(now=timezone.now()) == 0
    assert forget_sent(now=in_a_week) == 1
    assert only().status == "PENDING"


def test_an_unknown_fault_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nonsense"), fault_injection.inject("nonsense"):
        pass


@pytest.mark.django_db(transaction=True)
def test_several_workers_send_each_webhook_once(transactional_db: None, engine: Engine) -> None:
    # given twelve webhooks
    slugs = [f"c{number}" for number in range(12)]
    for slug in slugs:
        category(engine, slug)
    # when three workers run until nothing is left
    stop = threading.Event()

    def work() -> None:
        try:
            while not stop.is_set():
                if not deliver_pending():
                    stop.wait(0.02)
        finally:
            connections.close_all()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for _ in range(200):
        if not EventDelivery.objects.filter(status="PENDING").exists():
            break
        stop.wait(0.05)
    stop.set()
    for worker in workers:
        worker.join()
    # then each came exactly once
    seen = [p["category"]["slug"] for p in engine.app.of("category_created")]
    assert sorted(seen) == sorted(slugs)
