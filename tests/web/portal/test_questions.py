"""A cooperative reads what buyers ask, and answers."""

import lxml.html
import pytest
from django.test import Client

from marketplace.conversations.models import Conversation, ConversationReport
from tests.conversations.asking import ASKED, answered, ask
from tests.factories.vendors import make_cooperative, make_member
from vendors.models import Cooperative, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db
LIST = "/portal/tamounte/questions/"


@pytest.fixture
def conversation(cooperative: Cooperative) -> Conversation:
    return ask(cooperative)


def form_of(client: Client, path: str) -> dict[str, str]:
    page = lxml.html.fromstring(client.get(path).content.decode())
    return dict(next(form for form in page.forms if "text" in form.fields).fields)


def test_the_list_shows_what_waits_and_filters(
    phone: Client, conversation: Conversation, manager: User, cooperative: Cooperative
) -> None:
    done = ask(cooperative, "Et la livraison ?")
    answered(done, manager)

    page = phone.get(LIST).content.decode()
    assert "1 question to answer" in page
    assert f"{LIST}{conversation.pk}/" in page
    waiting = phone.get(f"{LIST}?state=waiting").content.decode()
    assert f"{LIST}{conversation.pk}/" in waiting
    assert f"{LIST}{done.pk}/" not in waiting
    today = phone.get("/portal/tamounte/").content.decode()
    assert "1 question to answer" in today
    assert "1 question to answer" not in phone.get(f"{LIST}?state=nonsense").content.decode() or (
        phone.get(f"{LIST}?state=nonsense").status_code == 422
    )


def test_a_member_answers_once(phone: Client, conversation: Conversation) -> None:
    path = f"{LIST}{conversation.pk}/"
    page = phone.get(path).content.decode()
    assert ASKED in page
    assert "salma@example.org" not in page
    assert conversation.messages.get().read_at is not None

    form = form_of(phone, path) | {"text": "Oui, à froid."}
    for _ in range(2):
        assert phone.post(f"{path}answer/", form)["Location"] == path

    assert "Oui, à froid." in phone.get(path).content.decode()
    assert conversation.messages.count() == 2
    conversation.refresh_from_db()
    assert conversation.state == "answered"


def test_an_empty_answer_is_refused_beside_the_form(
    phone: Client, conversation: Conversation
) -> None:
    page = phone.post(f"{LIST}{conversation.pk}/answer/", {"text": " "})
    assert page.status_code == 422
    assert conversation.messages.count() == 1


def test_hostile_text_is_shown_and_not_run(phone: Client, cooperative: Cooperative) -> None:
    hostile = '<script>alert(1)</script>{{ 7 }}" onfocus=x javascript:alert(1)'
    conversation = ask(cooperative, hostile)
    page = phone.get(f"{LIST}{conversation.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;" in page


def test_another_cooperatives_member_finds_nothing(
    client: Client, conversation: Conversation, cooperative: Cooperative
) -> None:
    other = make_cooperative(cooperative.programme, "zagora")
    client.force_login(make_member(other))
    for own in ("tamounte", "zagora"):
        path = f"/portal/{own}/questions/{conversation.pk}/"
        assert client.get(path).status_code == 404
        assert client.post(f"{path}answer/", {"text": "Ha"}).status_code == 404
        assert client.post(f"{path}report/", {"reason": "Ha"}).status_code == 404
    assert conversation.messages.count() == 1


def test_an_accountant_does_not_read_what_buyers_write(
    client: Client, conversation: Conversation, cooperative: Cooperative
) -> None:
    client.force_login(make_member(cooperative, "accountant"))
    assert client.get(LIST).status_code == 403
    assert client.get(f"{LIST}{conversation.pk}/").status_code == 403
    assert "question to answer" not in client.get("/portal/tamounte/").content.decode()


def test_a_member_reports_a_buyer(phone: Client, conversation: Conversation) -> None:
    path = f"{LIST}{conversation.pk}/"
    assert phone.post(f"{path}report/", {"reason": "Publicité"})["Location"] == path
    found = ConversationReport.objects.crossing(Crossing.POLICY).get()
    assert (found.side, found.reason) == ("cooperative", "Publicité")
