"""The same form, sent at the same moment."""

from functools import partial

import pytest

from marketplace.conversations.models import Conversation, Message
from marketplace.conversations.services import answer_buyer
from marketplace.core.models import DomainEvent
from tests.concurrency import at_once
from tests.conversations.asking import ask
from tests.factories.vendors import make_cooperative, make_member, make_programme
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_clicks_at_once_are_one_conversation_and_one_answer() -> None:
    cooperative = make_cooperative(make_programme())
    member = make_member(cooperative)

    act = partial(ask, cooperative, form_key="one form")
    assert at_once(act, act, act) == []
    conversation = Conversation.objects.crossing(Crossing.POLICY).get()

    answer = partial(
        answer_buyer, conversation=conversation, text="Oui.", form_key="one", by=member
    )
    assert at_once(answer, answer, answer) == []

    assert Message.objects.crossing(Crossing.POLICY).count() == 2
    names = DomainEvent.objects.filter(aggregate_type="conversation").values_list("name", flat=True)
    assert sorted(names) == ["ConversationBegun", "CooperativeAnswered"]
