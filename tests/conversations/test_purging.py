"""Conversations are forgotten in time; a report that waits keeps one."""

from datetime import timedelta

import pytest
from django.utils import timezone

from marketplace.conversations.models import Conversation, ConversationLink, Message, Side
from marketplace.conversations.services import (
    issue_link,
    purge_conversations,
    report_conversation,
    settle_reports,
)
from marketplace.core.actors import Actor
from tests.conversations.asking import ask
from tests.factories.vendors import make_cooperative, make_programme, make_staff
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
ALL = Crossing.POLICY


def test_a_conversation_goes_with_its_messages_after_two_years() -> None:
    cooperative = make_cooperative(make_programme())
    kept, reported = ask(cooperative), ask(cooperative, "Achetez sur mon site")
    issue_link(conversation=kept, is_mailed=True)
    report_conversation(
        conversation=reported, side=Side.COOPERATIVE, reason="", by=Actor.system("test")
    )
    now = timezone.now()

    assert purge_conversations(now=now + timedelta(days=729)) == 0
    assert not ConversationLink.objects.crossing(ALL).exists()
    assert purge_conversations(now=now + timedelta(days=731)) == 1
    assert Conversation.objects.crossing(ALL).get() == reported
    assert Message.objects.crossing(ALL).count() == 1

    settle_reports(conversation=reported, by=make_staff(cooperative.programme))
    assert purge_conversations(now=now + timedelta(days=731)) == 1
    assert not Message.objects.crossing(ALL).exists()
