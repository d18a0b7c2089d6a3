"""Domain events: written with their change, delivered at least once, in order per aggregate."""

import uuid
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from marketplace.core.events import Event, PublishedOutsideTransaction, publish
from marketplace.core.models import DomainEvent, EventDelivery
from marketplace.core.outbox import deliver_events

HEARD: list[int] = []
REFUSED: set[int] = set()
TABLE = {"StepTaken": (f"{__name__}.hear",)}

pytestmark = pytest.mark.django_db


class StepTaken(Event):
    aggregate = "walk"
    step: int


def hear(payload: dict[str, Any]) -> None:
    if payload["step"] in REFUSED:
        raise ValueError("not now")
    HEARD.append(payload["step"])


@pytest.fixture(autouse=True)
def listening(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def find(path: str) -> object:
        return {"table": TABLE, f"{__name__}.hear": hear}[path]

    monkeypatch.setattr("marketplace.core.events.import_string", lambda _path: TABLE)
    monkeypatch.setattr("marketplace.core.outbox.import_string", find)
    yield
    HEARD.clear()
    REFUSED.clear()


def take(step: int, walk: uuid.UUID) -> None:
    with transaction.atomic():
        publish(StepTaken(aggregate_id=walk, occurred_at=timezone.now(), step=step))


def due_now() -> None:
    EventDelivery.objects.update(next_attempt_at=timezone.now())


def test_events_arrive_in_order_and_once() -> None:
    walk = uuid.uuid4()
    for step in (1, 2, 3):
        take(step, walk)

    assert deliver_events() == 3
    assert deliver_events() == 0
    assert HEARD == [1, 2, 3]


def test_a_change_that_is_rolled_back_tells_nobody() -> None:
    with transaction.atomic():
        publish(StepTaken(aggregate_id=uuid.uuid4(), occurred_at=timezone.now(), step=1))
        transaction.set_rollback(True)

    assert deliver_events() == 0
    assert DomainEvent.objects.count() == 0


def test_a_failed_handler_holds_back_its_own_aggregate_only() -> None:
    slow, quick = uuid.uuid4(), uuid.uuid4()
    REFUSED.add(1)
    take(1, slow)
    take(2, slow)
    take(3, quick)

    deliver_events()
    assert HEARD == [3]

    REFUSED.clear()
    due_now()
    deliver_events()
    assert HEARD == [3, 1, 2]


def test_a_failure_is_kept_with_its_reason_and_tried_again_later() -> None:
    REFUSED.add(1)
    take(1, uuid.uuid4())

    deliver_events()

    delivery = EventDelivery.objects.get()
    assert delivery.attempts == 1
    assert delivery.last_error == "ValueError: not now"
    assert delivery.delivered_at is None
    assert delivery.next_attempt_at > timezone.now()


def test_a_handler_may_take_the_events_of_many_aggregates_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[list[int]] = []

    def together(payloads: Sequence[dict[str, Any]]) -> list[int]:
        """Takes the odd steps, and leaves the others to the handler itself."""
        taken.append([payload["step"] for payload in payloads])
        return [place for place, payload in enumerate(payloads) if payload["step"] % 2 == 0]

    monkeypatch.setattr(hear, "together", together, raising=False)
    first, second = uuid.uuid4(), uuid.uuid4()
    for step, walk in ((1, first), (2, second), (3, first)):
        take(step, walk)

    assert deliver_events() == 3
    assert taken == [[1, 2], [3]]
    assert HEARD == [2]
    assert not EventDelivery.objects.filter(delivered_at__isnull=True).exists()


def test_when_a_batch_fails_each_event_is_delivered_for_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def together(_payloads: Sequence[dict[str, Any]]) -> list[int]:
        raise ValueError("one of them")

    monkeypatch.setattr(hear, "together", together, raising=False)
    REFUSED.add(2)
    for step in (1, 2, 3):
        take(step, uuid.uuid4())

    assert deliver_events() == 2
    assert sorted(HEARD) == [1, 3]
    waiting = EventDelivery.objects.get(delivered_at__isnull=True)
    assert (waiting.attempts, waiting.last_error) == (1, "ValueError: not now")


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(PublishedOutsideTransaction):
        publish(StepTaken(aggregate_id=uuid.uuid4(), occurred_at=timezone.now(), step=1))


def test_an_event_written_by_a_clock_that_was_put_back_is_delivered_at_once() -> None:
    walk = uuid.uuid4()
    take(1, walk)
    EventDelivery.objects.update(next_attempt_at=timezone.now() + timedelta(hours=1))
    assert deliver_events() == 1
    REFUSED.add(2)
    take(2, walk)
    assert deliver_events() == 0
    # One that failed waits for its time.
    REFUSED.clear()
    EventDelivery.objects.filter(attempts=1, delivered_at=None).update(
        next_attempt_at=timezone.now() + timedelta(hours=1)
    )
    assert deliver_events() == 0
