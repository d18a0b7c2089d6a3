"""Staff see that buyers ask; they read what was reported, and advisers answer for theirs."""

import pytest
from django.test import Client

from marketplace.conversations.models import Conversation, Side
from marketplace.conversations.services import report_conversation
from marketplace.core.actors import Actor
from tests.conversations.asking import ASKED, answered, ask
from tests.factories.vendors import (
    make_adviser,
    make_cooperative,
    make_member,
    make_programme,
    make_staff,
)
from tests.signing_in import given_code
from vendors.models import Cooperative, User

pytestmark = pytest.mark.django_db
LIST = "/staff/mourafaka/questions/"


@pytest.fixture
def cooperative() -> Cooperative:
    return make_cooperative(make_programme())


@pytest.fixture
def conversation(cooperative: Cooperative) -> Conversation:
    return ask(cooperative, "Appelez le 0661223344")


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "en"
    return given_code(client, user)


def reported(conversation: Conversation) -> Conversation:
    report_conversation(
        conversation=conversation,
        side=Side.COOPERATIVE,
        reason="Insiste",
        by=Actor.system("test"),
    )
    return conversation


def test_staff_see_a_conversation_and_not_its_text(conversation: Conversation) -> None:
    client = signed_in(make_staff(conversation.programme))
    listed = client.get(LIST).content.decode()
    assert f"{LIST}{conversation.pk}/" in listed
    assert conversation.name not in listed
    page = client.get(f"{LIST}{conversation.pk}/").content.decode()
    assert "You do not read this conversation" in page
    assert "0661223344" not in page
    assert conversation.name not in page
    close = client.post(f"{LIST}{conversation.pk}/close/", {"closing": "Non"})
    assert close.status_code == 404
    assert conversation.messages.filter(read_at__isnull=False).count() == 0


def test_a_reported_conversation_is_read_and_closed(conversation: Conversation) -> None:
    client = signed_in(make_staff(conversation.programme))
    path = f"{LIST}{reported(conversation).pk}/"
    assert path in client.get(f"{LIST}?state=reported").content.decode()
    assert "Reported conversations" in client.get("/staff/mourafaka/").content.decode()
    page = client.get(path).content.decode()
    assert "0661223344" in page
    assert "Insiste" in page
    assert client.post(f"{path}close/", {"closing": ""}).status_code == 422

    assert client.post(f"{path}close/", {"closing": "Publicité."})["Location"] == path

    conversation.refresh_from_db()
    assert conversation.is_closed
    assert "0661223344" not in client.get(path).content.decode()
    assert path not in client.get(f"{LIST}?state=reported").content.decode()


def test_a_report_without_ground_leaves_it_open(conversation: Conversation) -> None:
    client = signed_in(make_staff(conversation.programme))
    path = f"{LIST}{reported(conversation).pk}/"
    assert client.post(f"{path}settle/")["Location"] == path
    conversation.refresh_from_db()
    assert not conversation.is_closed
    assert "0661223344" not in client.get(path).content.decode()


def test_a_role_of_another_region_finds_nothing(conversation: Conversation) -> None:
    client = signed_in(make_staff(conversation.programme, "regional", regions=("MA-01",)))
    reported(conversation)
    assert str(conversation.pk) not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{conversation.pk}/").status_code == 404


def test_an_adviser_answers_for_the_cooperatives_advised(
    conversation: Conversation, cooperative: Cooperative
) -> None:
    other = ask(make_cooperative(cooperative.programme, "zagora"))
    client = signed_in(make_adviser(cooperative))
    path = f"{LIST}{conversation.pk}/"
    page = client.get(path).content.decode()
    assert "Appelez le •••" in page
    assert str(other.pk) not in client.get(LIST).content.decode()
    assert client.post(f"{LIST}{other.pk}/answer/", {"text": "Oui"}).status_code == 404

    assert client.post(f"{path}answer/", {"text": "Oui."})["Location"] == path

    message = conversation.messages.latest("sent_at")
    assert (message.side, message.text) == ("cooperative", "Oui.")
    assert client.post(f"{path}close/", {"closing": "Non"}).status_code == 403


def test_an_observer_decides_nothing(conversation: Conversation) -> None:
    reported(conversation)
    answered(conversation, make_member(conversation.cooperative))
    client = signed_in(make_staff(conversation.programme, "observer"))
    path = f"{LIST}{conversation.pk}/"
    assert ASKED not in client.get(path).content.decode()
    assert client.post(f"{path}close/", {"closing": "Non"}).status_code == 403
    assert client.post(f"{path}answer/", {"text": "Non"}).status_code == 403
