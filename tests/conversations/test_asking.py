"""A buyer asks, the cooperative answers: once each, with mails in each reader's language."""

from typing import Any

import pytest
from django.core import mail as sent

from marketplace.conversations.errors import ConversationClosed, NothingWritten
from marketplace.conversations.models import Conversation, ConversationState, Message
from marketplace.conversations.services import answer_buyer, close_conversation, write_again
from marketplace.core.models import AuditEntry, EventDelivery
from marketplace.core.outbox import deliver_events
from marketplace.core.throttle import TooSoon
from marketplace.orders.services.confirm import confirm_vendor_order
from tests.conversations.asking import ASKED, SALMA, about_rug, answered, ask, written_again
from tests.factories.vendors import make_adviser, make_cooperative, make_programme
from tests.orders.conftest import made_world, world
from tests.orders.world import BY, World
from vendors.models import Membership
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


def told(address: str) -> list[Any]:
    deliver_events()
    return [mail for mail in sent.outbox if mail.to == [address]]


def test_a_question_reaches_the_members_and_is_confirmed_without_its_text(world: World) -> None:
    world.manager.language = "ar"
    world.manager.save()

    conversation = ask(world.weavers, about=about_rug(world))

    (confirmed,) = told(SALMA.email)
    assert "Votre question à Tisseuses de Tiznit" in confirmed.subject
    assert "/ma/fr/questions/" in confirmed.body
    # The address was typed by whoever asked: the shop carries no stranger's text to it.
    assert ASKED not in confirmed.body + confirmed.alternatives[0][0]
    (mail,) = told(world.manager.email)
    assert "سؤال من مشترٍ بخصوص زربية" in mail.subject
    assert ASKED in mail.body
    assert f"/portal/tiznit-weavers/questions/{conversation.pk}/" in mail.body
    assert SALMA.email not in mail.body
    assert told(world.accountant.email) == []
    assert AuditEntry.objects.filter(action="conversation.begun").count() == 1


def test_an_answer_is_mailed_to_the_buyer_and_a_new_question_to_the_members(world: World) -> None:
    conversation = ask(world.weavers)
    answered(conversation, world.manager)
    conversation.refresh_from_db()
    assert conversation.state == ConversationState.ANSWERED
    assert conversation.first_answer_at is not None

    mails = told(SALMA.email)
    assert len(mails) == 2
    assert "Tisseuses de Tiznit vous a répondu" in mails[1].subject
    assert "Oui, à froid." in mails[1].body

    written_again(conversation)
    conversation.refresh_from_db()
    assert conversation.state == ConversationState.WAITING
    assert len(told(world.manager.email)) == 2


def test_a_form_that_is_sent_twice_is_one_conversation_and_one_message(world: World) -> None:
    first = ask(world.weavers, form_key="a form")
    assert ask(world.weavers, form_key="a form") == first
    for _ in range(2):
        write_again(conversation=first, text="Et le vert ?", form_key="second")
        answer_buyer(conversation=first, text="Aussi.", form_key="third", by=world.manager)

    assert first.messages.count() == 3
    assert len(told(SALMA.email)) == 2
    assert len(told(world.manager.email)) == 2


def test_the_key_of_a_form_opens_nobody_elses_conversation(world: World) -> None:
    first = ask(world.weavers, form_key="a form")
    other = SALMA.__class__("Driss", "driss@example.org")
    assert ask(world.weavers, form_key="a form", buyer=other) != first
    assert ask(world.weavers, "Une autre question", form_key="a form") != first


def test_without_members_who_answer_the_adviser_is_told(world: World) -> None:
    Membership.objects.within(world.weavers.scope).delete()
    adviser = make_adviser(world.weavers)

    conversation = ask(world.weavers)

    (mail,) = told(adviser.email)
    assert f"/staff/mourafaka/questions/{conversation.pk}/" in mail.body


def test_a_mail_that_fails_is_sent_again_and_the_conversation_stays(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    conversation = ask(world.weavers)
    with monkeypatch.context() as broken:
        broken.setattr(
            "django.core.mail.backends.locmem.EmailBackend.send_messages",
            lambda *_mails: (_ for _ in ()).throw(ConnectionRefusedError),
        )
        deliver_events()
    assert sent.outbox == []
    assert Conversation.objects.crossing(Crossing.POLICY).get() == conversation

    EventDelivery.objects.update(attempts=0)
    assert len(told(SALMA.email)) == 1
    assert len(told(world.manager.email)) == 1


def test_nothing_is_written_where_staff_have_closed(world: World) -> None:
    conversation = ask(world.weavers)
    close_conversation(conversation=conversation, reason="Publicité.", by=world.coordinator)

    with pytest.raises(ConversationClosed):
        written_again(conversation)
    with pytest.raises(ConversationClosed):
        answered(conversation, world.manager)
    assert "Publicité." in told(SALMA.email)[-1].body


@pytest.mark.parametrize("text", ["", "  \n ", "\u202e", "\x00\x07"])
def test_an_empty_message_is_refused(world: World, text: str) -> None:
    with pytest.raises(NothingWritten):
        ask(world.weavers, text)
    assert not Message.objects.crossing(Crossing.POLICY).exists()


def test_marks_that_turn_a_text_around_are_taken_out(world: World) -> None:
    conversation = ask(world.weavers, "Prix\u202e001 ?\r\n\r\nMerci")
    assert conversation.messages.get().text == "Prix001 ?\n\nMerci"


def test_what_is_written_and_by_whom_is_encrypted(world: World) -> None:
    from django.db import connection

    conversation = ask(world.weavers)
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, email FROM conversations_conversation")
        columns = cursor.fetchone()
        cursor.execute("SELECT text FROM conversations_message")
        columns += cursor.fetchone()
    assert conversation.email == SALMA.email
    assert not any(
        plain in column for column in columns for plain in ("Salma", "salma@", "couleur")
    )


@pytest.fixture
def limited(settings: Any) -> None:
    settings.THROTTLES = True


def test_one_address_asks_so_much_and_no_more(world: World, limited: None) -> None:
    for place in range(10):
        ask(world.weavers, f"Question {place}")
    with pytest.raises(TooSoon):
        ask(world.weavers, "Encore une")
    with pytest.raises(TooSoon):
        ask(world.growers, "Et là ?")
    other = SALMA.__class__("Driss", "driss@example.org")
    assert ask(world.growers, buyer=other)


def test_one_network_address_is_limited_whatever_it_calls_itself(
    world: World, limited: None
) -> None:
    for place in range(60):
        ask(world.growers, buyer=SALMA.__class__("X", f"x{place}@example.org"))
    with pytest.raises(TooSoon):
        ask(world.growers, buyer=SALMA.__class__("X", "y@example.org"))
    assert ask(world.growers, seen_from="192.0.2.9")


def test_a_conversation_is_no_chat(world: World, limited: None) -> None:
    conversation = ask(world.weavers)
    for place in range(30):
        written_again(conversation, f"Message {place}")
    with pytest.raises(TooSoon):
        written_again(conversation)


def test_a_conversation_about_an_order_names_it(world: World) -> None:
    from marketplace.conversations.subjects import About

    order = world.placed(rug=1, honey=1)
    part = world.part(order, world.weavers)
    confirm_vendor_order(vendor_order=part, by=BY)
    conversation = ask(world.weavers, about=About(world.weavers, vendor_order=part))

    assert conversation.subject == "order"
    assert conversation.proven_at is not None
    assert part.number in next(m for m in told(SALMA.email) if "question" in m.subject).body


def test_a_cooperative_of_another_programme_has_its_own(world: World) -> None:
    second = make_cooperative(make_programme("tawassol"), "siwa")
    assert ask(second).programme == second.programme
    assert not Conversation.objects.within(world.weavers.scope).exists()
