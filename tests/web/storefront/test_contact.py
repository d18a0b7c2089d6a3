"""The contact page: a form to the programme's staff, who answer by mail."""

from typing import Any

import lxml.html
import pytest
from django.core import mail as sent
from django.test import Client

from marketplace.conversations.models import Conversation
from marketplace.conversations.services import Outcome, take_in_mail
from marketplace.core.outbox import deliver_events
from tests.conversations.asking import ask
from tests.factories.vendors import make_cooperative, make_programme, make_staff
from tests.signing_in import given_code
from vendors.models import Cooperative, Programme, User
from vendors.scoping import Crossing, ProgrammeScope

pytestmark = pytest.mark.django_db
PATH = "/ma/fr/about/contact/"
STAFF = "/staff/mourafaka/messages/"
TEXT = "Où est ma commande ?\nElle devait venir mardi."
TYPED = {"topic": "order", "name": "Salma", "email": "salma@example.org", "text": TEXT}


@pytest.fixture
def cooperative() -> Cooperative:
    found = make_cooperative(make_programme())
    found.published_at = found.created_at
    found.save(update_fields=["published_at"])
    return found


@pytest.fixture
def programme(cooperative: Cooperative) -> Programme:
    return cooperative.programme


def filled(client: Client, **changes: str) -> dict[str, str]:
    page = lxml.html.fromstring(client.get(PATH).content.decode())
    form = next(form for form in page.forms if "topic" in form.fields)
    return {name: value or "" for name, value in form.fields.items()} | TYPED | changes


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "en"
    return given_code(client, user)


def written() -> Conversation:
    found: Conversation = Conversation.objects.crossing(Crossing.POLICY).get()
    return found


def test_a_message_reaches_staff_and_is_answered_by_mail(
    programme: Programme, settings: Any
) -> None:
    settings.REPLY_ADDRESS = "replies@example.org"
    coordinator = make_staff(programme)
    buyer, staff = Client(), signed_in(coordinator)

    answer = buyer.post(PATH, filled(buyer))

    assert answer.status_code == 302
    assert "Votre message est envoyé" in buyer.get(answer["Location"]).content.decode()
    deliver_events()
    confirmed, told = sorted(sent.outbox, key=lambda each: each.to != ["salma@example.org"])
    assert "Où est" not in confirmed.body
    assert told.to == [coordinator.email]
    assert "Où est ma commande ?" in told.body
    own = f"{STAFF}{written().pk}/"
    assert own in told.body
    assert own in staff.get(STAFF).content.decode()
    assert "Messages to the programme" in staff.get("/staff/mourafaka/").content.decode()
    page = staff.get(own).content.decode()
    assert "salma@example.org" in page
    assert "Elle devait venir mardi." in page

    sent.outbox.clear()
    given = {"text": "Elle arrive demain.", "key": "k"}
    assert staff.post(f"{own}answer/", given)["Location"] == own
    deliver_events()
    (mail,) = sent.outbox
    assert mail.to == ["salma@example.org"]
    assert "Elle arrive demain." in mail.body
    assert "Elle arrive demain." in buyer.get(answer["Location"]).content.decode()

    reply = f"From: salma@example.org\r\nTo: {mail.reply_to[0]}\r\nMessage-ID: <1@x>\r\n\r\nMerci"
    assert take_in_mail(raw=reply.encode()) is Outcome.TAKEN
    assert written().state == "waiting"
    reply = f"From: {coordinator.email}\r\nTo: {told.reply_to[0]}\r\nMessage-ID: <2@x>\r\n\r\nBien"
    assert take_in_mail(raw=reply.encode()) is Outcome.TAKEN
    assert [each.side for each in written().messages.all()] == ["buyer", "staff", "buyer", "staff"]


def test_without_e_mail_staff_see_the_number_to_call(programme: Programme) -> None:
    staff, buyer = signed_in(make_staff(programme)), Client()
    sent_page = buyer.post(PATH, filled(buyer, email="", phone="0661 22 33 44"))["Location"]
    assert "la réponse se lit ici" in buyer.get(sent_page).content.decode()
    own = f"{STAFF}{written().pk}/"
    page = staff.get(own).content.decode()
    assert "tel:+212661223344" in page
    assert "left only a phone number" in page
    staff.post(f"{own}answer/", {"text": "Dit au téléphone.", "key": "k"})
    deliver_events()
    assert not [each for each in sent.outbox if "Dit au téléphone." in each.body]
    assert "Dit au téléphone." in buyer.get(sent_page).content.decode()


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"topic": ""}, "topic"),
        ({"email": "salma@"}, "email"),
        ({"email": "", "phone": ""}, "email"),
        ({"phone": "12"}, "phone"),
        ({"text": " "}, "text"),
        ({"name": "www.casino.example"}, "name"),
    ],
)
def test_what_is_wrong_stands_beside_its_field(
    programme: Programme, wrong: dict[str, str], field: str
) -> None:
    client = Client()
    answer = client.post(PATH, filled(client, **wrong))
    assert answer.status_code == 422
    page = lxml.html.fromstring(answer.content.decode())
    again = next(form for form in page.forms if "topic" in form.fields)
    assert again.inputs[field].get("aria-invalid") == "true"
    assert again.fields["name"] == wrong.get("name", "Salma")
    assert not Conversation.objects.crossing(Crossing.POLICY).exists()


def test_a_program_and_a_flood_are_refused(programme: Programme, settings: Any) -> None:
    settings.THROTTLES = True
    client = Client()
    assert client.post(PATH, filled(client, website="x")).status_code == 422
    answers = [client.post(PATH, filled(client, text=f"n° {n}")) for n in range(11)]
    assert [each.status_code for each in answers] == [302] * 10 + [429]
    assert "n° 10" in answers[-1].content.decode()


def test_only_staff_of_the_whole_programme_read_it(cooperative: Cooperative) -> None:
    programme, client = cooperative.programme, Client()
    client.post(PATH, filled(client))
    own, question = f"{STAFF}{written().pk}/", f"/staff/mourafaka/questions/{written().pk}/"
    regional = signed_in(make_staff(programme, "regional", regions=(cooperative.region_code,)))
    assert regional.get(own).status_code == 403
    assert signed_in(make_staff(programme, "observer")).get(own).status_code == 403
    coordinator = signed_in(make_staff(programme))
    assert coordinator.get(question).status_code == 404
    asked = ask(cooperative)
    assert coordinator.get(f"{STAFF}{asked.pk}/").status_code == 404
    within = Conversation.objects.within(ProgrammeScope(programme.pk))
    assert [each.pk for each in within] == [asked.pk]


def test_staff_close_what_is_abuse(programme: Programme) -> None:
    client, staff = Client(), signed_in(make_staff(programme))
    page = client.post(PATH, filled(client))["Location"]
    own = f"{STAFF}{written().pk}/"
    assert staff.post(f"{own}close/", {"closing": ""}).status_code == 422
    assert staff.post(f"{own}close/", {"closing": "Publicité."})["Location"] == own
    assert "Publicité." in client.get(page).content.decode()
    assert own not in staff.get(f"{STAFF}?state=waiting").content.decode()
