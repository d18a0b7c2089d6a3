"""The demo's own mailbox: a mail of the outbox is answered there, and the answer arrives."""

from mailbox import NoSuchMailboxError
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from marketplace.conversations.inbound.maildir import read_folder
from marketplace.conversations.jobs import read_answers
from marketplace.conversations.models import Conversation
from marketplace.conversations.services import Outcome
from marketplace.core.models import SentMail
from marketplace.core.outbox import deliver_events
from marketplace.demo.folder import prepare_mailbox
from tests.conversations.asking import ask
from tests.factories.vendors import make_cooperative, make_member, make_programme

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def demo(settings: Any, tmp_path: Path) -> None:
    settings.DEMO = True
    settings.EMAIL_BACKEND = "marketplace.core.mail.OutboxBackend"
    settings.REPLY_ADDRESS = "replies@twiza.example"
    settings.REPLY_FOLDER = tmp_path / "answers"
    prepare_mailbox(tmp_path)


@pytest.fixture
def conversation() -> Conversation:
    cooperative = make_cooperative(make_programme())
    make_member(cooperative)
    found = ask(cooperative)
    deliver_events()
    return found


def test_a_mail_that_asks_for_an_answer_gets_it_in_the_outbox(
    client: Client, conversation: Conversation, settings: Any
) -> None:
    mail = SentMail.objects.exclude(reply_to="").latest("pk")
    page = f"/demo/outbox/{mail.pk}/"
    assert mail.reply_to in client.get(page).content.decode()
    assert client.post(page, {"text": " "}).status_code == 422
    assert client.post(page, {"text": "Oui, à froid."}).status_code == 302
    assert read_folder(settings.REPLY_FOLDER)[Outcome.TAKEN] == 1
    assert conversation.messages.latest("sent_at").text == "Oui, à froid."


def test_what_nobody_answers_takes_no_answer(client: Client, settings: Any) -> None:
    mail = SentMail.objects.create(recipient="a@example.org", subject="Hello", text="Hello")
    page = f"/demo/outbox/{mail.pk}/"
    assert "<textarea" not in client.get(page).content.decode()
    client.post(page, {"text": "Oui."})
    assert sum(read_folder(settings.REPLY_FOLDER).values()) == 0


def test_before_the_demo_has_its_mailbox_nothing_can_have_come(
    settings: Any, tmp_path: Path
) -> None:
    settings.REPLY_FOLDER = tmp_path / "none yet"
    read_answers()
    settings.DEMO = False
    with pytest.raises(NoSuchMailboxError):
        read_answers()
