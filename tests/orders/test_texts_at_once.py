"""Messages to phones at the same moment: two workers, tries of one code; and what is logged."""

import logging
import threading
from datetime import timedelta
from typing import ClassVar

import pytest
from django.utils import timezone

from marketplace.core.text_senders import OutgoingText, TextRefused
from marketplace.orders.models import OrderLookup, TextMessage, TextState
from marketplace.orders.services.look_up import MOST_WRONG, open_found
from marketplace.orders.services.send_texts import send_texts
from tests.concurrency import at_once

pytestmark = pytest.mark.django_db(transaction=True)
PHONE = "+212661223344"


class Slow:
    """A gateway that is still busy with one message when the other worker looks for the next."""

    asked: ClassVar[list[OutgoingText]] = []
    both: ClassVar[threading.Barrier] = threading.Barrier(2)

    def send(self, message: OutgoingText) -> str:
        self.asked.append(message)
        if len(self.asked) <= 2:
            self.both.wait(timeout=30)
        return ""


class Refusing:
    def send(self, message: OutgoingText) -> str:
        raise TextRefused("HTTP 400")


def write(count: int) -> None:
    TextMessage.objects.bulk_create(
        TextMessage(key=f"k{n}", language="fr", recipient=PHONE, text=f"Bonjour {n}")
        for n in range(count)
    )


def test_two_workers_send_each_message_once(settings: object) -> None:
    settings.TEXT_SENDER = f"{__name__}.Slow"  # type: ignore[attr-defined]
    Slow.asked.clear()
    write(6)

    assert at_once(send_texts, send_texts) == []

    assert len(Slow.asked) == 6
    assert len({message.reference for message in Slow.asked}) == 6
    assert set(TextMessage.objects.values_list("state", flat=True)) == {TextState.SENT}


def test_wrong_codes_side_by_side_are_no_more_than_one_after_another() -> None:
    lookup = OrderLookup.objects.create(valid_until=timezone.now() + timedelta(minutes=5), code="x")
    tries = [lambda: open_found(lookup_id=lookup.pk, code="000000", seen_from="203.0.113.9")] * (
        MOST_WRONG + 3
    )

    assert len(at_once(*tries)) == MOST_WRONG + 3

    lookup.refresh_from_db()
    assert lookup.wrong_tries == MOST_WRONG


def test_the_log_names_neither_number_nor_text(
    settings: object, caplog: pytest.LogCaptureFixture
) -> None:
    settings.TEXT_SENDER = f"{__name__}.Refusing"  # type: ignore[attr-defined]
    write(1)
    with caplog.at_level(logging.DEBUG):
        send_texts()
    assert "not sent" in caplog.text or "failed" in caplog.text
    assert "661223344" not in caplog.text
    assert "Bonjour" not in caplog.text
