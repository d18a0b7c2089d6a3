"""Messages to phones: written with what they tell, sent once, seen where they failed."""

from datetime import timedelta
from typing import ClassVar

import pytest
from django.utils import timezone

from marketplace.core.actors import Actor
from marketplace.core.text_senders import NotSentYet, OutgoingText, PerhapsSent, TextRefused
from marketplace.orders.checks import text_messages
from marketplace.orders.models import Order, TextMessage, TextState
from marketplace.orders.services import erasure
from marketplace.orders.services.send_texts import LEASE, send_again, send_texts
from marketplace.orders.services.write_text import text_buyer
from tests.orders.world import World

pytestmark = pytest.mark.django_db
BY = Actor.system("test")


class Phones:
    """Stands for the gateway: what it was asked to send, and what it answers."""

    asked: ClassVar[list[OutgoingText]] = []
    answers: ClassVar[list[Exception]] = []

    def send(self, message: OutgoingText) -> str:
        self.asked.append(message)
        if self.answers:
            raise self.answers.pop(0)
        return f"id-{len(self.asked)}"


@pytest.fixture(autouse=True)
def phones(settings: object) -> type[Phones]:
    settings.TEXT_SENDER = f"{__name__}.Phones"  # type: ignore[attr-defined]
    Phones.asked.clear()
    Phones.answers.clear()
    return Phones


@pytest.fixture
def order(world: World) -> Order:
    """An order whose buyer has a phone alone."""
    found = world.placed(method="cod", honey=1)
    Order.objects.filter(pk=found.pk).update(email="", told_by_phone=True)
    found.refresh_from_db()
    return found


def written(order: Order, key: str = "k") -> TextMessage:
    assert text_buyer(order, key=key, text="Colis en route.", link="https://shop.test/o/x/")
    return TextMessage.objects.get(key=key)


def test_each_thing_is_written_and_sent_once(order: Order, phones: type[Phones]) -> None:
    written(order)
    assert not text_buyer(order, key="k", text="again")

    assert send_texts() == 1
    assert send_texts() == 0

    (asked,) = phones.asked
    assert (asked.to, asked.text) == (
        "+212661223344",
        "Twiza: Colis en route. https://shop.test/o/x/",
    )
    row = TextMessage.objects.get()
    assert (row.state, row.provider_id) == (TextState.SENT, "id-1")
    assert (row.recipient, row.text) == ("", "")


def test_what_did_not_leave_is_tried_again_under_the_same_reference(
    order: Order, phones: type[Phones]
) -> None:
    written(order)
    phones.answers.append(NotSentYet("HTTP 503"))
    assert send_texts() == 1
    assert TextMessage.objects.get().state == TextState.WAITING
    assert send_texts() == 0

    TextMessage.objects.update(next_attempt_at=timezone.now())
    send_texts()

    assert len({asked.reference for asked in phones.asked}) == 1
    assert TextMessage.objects.get().state == TextState.SENT


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        (PerhapsSent("ReadTimeout"), TextState.UNCERTAIN),
        (RuntimeError("a fault of ours"), TextState.UNCERTAIN),
        (TextRefused("HTTP 400"), TextState.FAILED),
    ],
)
def test_what_may_have_left_and_what_is_refused_is_not_sent_again_by_itself(
    answer: Exception, state: str, order: Order, phones: type[Phones]
) -> None:
    row = written(order)
    phones.answers.append(answer)
    send_texts()
    TextMessage.objects.update(next_attempt_at=timezone.now())
    assert send_texts() == 0
    row.refresh_from_db()
    assert row.state == state

    # The service says so, and staff may have it sent again, once.
    assert [finding.mark for finding in text_messages()] == ["warning"]
    assert send_again(message=row, by=BY)
    assert not send_again(message=row, by=BY)
    send_texts()
    row.refresh_from_db()
    assert row.state == TextState.SENT
    assert not send_again(message=row, by=BY)


def test_a_worker_that_died_while_sending_leaves_it_to_staff(
    order: Order, phones: type[Phones]
) -> None:
    row = written(order)
    TextMessage.objects.update(
        state=TextState.SENDING, claimed_at=timezone.now() - LEASE - timedelta(seconds=1)
    )
    assert send_texts() == 0
    row.refresh_from_db()
    assert (row.state, phones.asked) == (TextState.UNCERTAIN, [])


def test_it_is_given_up_after_a_day(order: Order, phones: type[Phones]) -> None:
    row = written(order)
    TextMessage.objects.update(created_at=timezone.now() - timedelta(days=1))
    phones.answers.append(NotSentYet("ConnectError"))
    send_texts()
    row.refresh_from_db()
    assert row.state == TextState.FAILED


def test_without_a_gateway_it_waits(order: Order, settings: object) -> None:
    settings.TEXT_SENDER = ""  # type: ignore[attr-defined]
    row = written(order)
    send_texts()
    row.refresh_from_db()
    assert (row.state, row.attempts) == (TextState.WAITING, 1)


def test_numbers_are_erased_with_the_buyers_other_data(order: Order) -> None:
    written(order)
    erasure.erase_buyer(order=order, by=BY)
    order.refresh_from_db()
    assert not TextMessage.objects.exists()
    assert (order.phone, order.phone_key, order.is_reachable) == ("", "", False)
    assert not text_buyer(order, key="later", text="x")
