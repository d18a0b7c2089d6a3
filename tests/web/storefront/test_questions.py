"""A buyer asks from a listing, a cooperative and an order, and reads the answers."""

from typing import Any

import lxml.html
import pytest
from django.core import mail as sent
from django.test import Client

from catalog.models import ListingPage
from marketplace.conversations.models import Conversation, ConversationReport
from marketplace.conversations.services import close_conversation, issue_link
from marketplace.core.outbox import deliver_events
from marketplace.orders.services import tracking_links
from tests.conversations.asking import ASKED, answered, ask
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.scoping import Crossing

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db

TYPED = {"name": "Salma Bennani", "email": "salma@example.org", "text": ASKED}
ALL = Crossing.POLICY


@pytest.fixture
def shop(world: World) -> Client:
    for cooperative in (world.weavers, world.growers):
        cooperative.published_at = cooperative.created_at
        cooperative.save(update_fields=["published_at"])
    return Client()


def form_of(client: Client, path: str) -> dict[str, str]:
    page = lxml.html.fromstring(client.get(path).content.decode())
    form = next(form for form in page.forms if "text" in form.fields)
    return {name: value or "" for name, value in form.fields.items()}


def links_of(client: Client, path: str) -> set[str]:
    page = lxml.html.fromstring(client.get(path).content.decode())
    return {link.get("href") for link in page.iter("a")}


def rug_path(world: World) -> str:
    slug = ListingPage.objects.get(cooperative_id=world.weavers.pk).slug
    return f"/ma/fr/goods/{slug}/"


def test_the_pages_lead_to_the_form(world: World, shop: Client) -> None:
    rug = rug_path(world)
    assert f"{rug}question/" in links_of(shop, rug)
    cooperative = "/ma/fr/cooperatives/tiznit-weavers/"
    assert f"{cooperative}question/" in links_of(shop, cooperative)
    token = tracking_links.issue_link(order=world.placed(rug=1))
    order = f"/ma/fr/orders/{token}/"
    assert f"{order}question/tiznit-weavers/" in links_of(shop, order)


def test_a_question_about_a_listing_leads_to_its_own_page(world: World, shop: Client) -> None:
    path = f"{rug_path(world)}question/"
    page = shop.get(path)
    assert "noindex" in page["X-Robots-Tag"]
    assert "Tapis" in page.content.decode()

    answer = shop.post(path, form_of(shop, path) | TYPED)
    twice = shop.post(path, form_of(shop, path) | TYPED)

    assert answer.status_code == 302
    assert twice.status_code == 302
    shown = shop.get(answer["Location"])
    text = shown.content.decode()
    assert "Votre question est envoyée" in text
    assert ASKED in text
    assert shown["Referrer-Policy"] == "no-referrer"
    assert "no-store" in shown["Cache-Control"]
    assert "noindex" in shown["X-Robots-Tag"]
    assert "salma@example.org" not in text
    conversation = Conversation.objects.crossing(ALL).earliest("asked_at")
    assert conversation.subject == "listing"
    assert conversation.titles["ar"] == "زربية"


def test_the_same_form_sent_twice_is_one_question(world: World, shop: Client) -> None:
    path = "/ma/fr/cooperatives/tiznit-weavers/question/"
    form = form_of(shop, path) | TYPED
    assert [shop.post(path, form).status_code for _ in range(2)] == [302, 302]
    assert Conversation.objects.crossing(ALL).count() == 1


def test_what_was_typed_stays_beside_what_is_wrong(world: World, shop: Client) -> None:
    path = "/ma/fr/cooperatives/tiznit-weavers/question/"
    form = form_of(shop, path) | TYPED | {"email": "salma@", "text": '"><b>Question</b>'}

    page = shop.post(path, form)

    assert page.status_code == 422
    again = lxml.html.fromstring(page.content.decode())
    fields = next(form for form in again.forms if "text" in form.fields).fields
    assert fields["name"] == "Salma Bennani"
    assert fields["email"] == "salma@"
    assert fields["text"].strip() == '"><b>Question</b>'
    assert fields["key"] == form["key"]
    assert "<b>Question" not in page.content.decode()
    assert not Conversation.objects.crossing(ALL).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"website": "https://example.org"},
        {"name": "www.casino.example"},
        {"text": ""},
        {"text": "x" * 4001},
    ],
)
def test_programs_and_advertisements_are_refused(
    world: World, shop: Client, wrong: dict[str, str]
) -> None:
    path = "/ma/fr/cooperatives/tiznit-weavers/question/"
    assert shop.post(path, form_of(shop, path) | TYPED | wrong).status_code == 422
    assert not Conversation.objects.crossing(ALL).exists()


def test_a_text_of_4000_signs_with_line_ends_is_taken(world: World, shop: Client) -> None:
    path = "/ma/fr/cooperatives/tiznit-weavers/question/"
    text = "\r\n".join(["x" * 79] * 50)  # a browser counts each line end once
    assert shop.post(path, form_of(shop, path) | TYPED | {"text": text}).status_code == 302


def test_a_form_of_another_site_is_refused(world: World, shop: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    path = "/ma/fr/cooperatives/tiznit-weavers/question/"
    assert strict.post(path, TYPED).status_code == 403


def test_a_limit_is_told_beside_what_was_typed(world: World, shop: Client, settings: Any) -> None:
    settings.THROTTLES = True
    for place in range(10):
        ask(world.growers, f"Question {place}")
    path = "/ma/fr/cooperatives/tiznit-weavers/question/"

    page = shop.post(path, form_of(shop, path) | TYPED)

    assert page.status_code == 429
    assert page["Retry-After"]
    assert ASKED in page.content.decode()


def test_a_question_about_an_order_needs_no_name(world: World, shop: Client) -> None:
    order = world.placed(rug=1)
    token = tracking_links.issue_link(order=order)
    path = f"/ma/fr/orders/{token}/question/tiznit-weavers/"
    form = form_of(shop, path)
    assert set(form) >= {"text", "key"}
    assert "email" not in form

    answer = shop.post(path, form | {"text": ASKED})

    assert answer.status_code == 302
    conversation = Conversation.objects.crossing(ALL).get()
    assert conversation.vendor_order == world.part(order, world.weavers)
    assert conversation.email == order.email
    assert shop.get(f"/ma/fr/orders/{token}/question/zagora-growers/").status_code == 404
    assert shop.get(f"/ma/fr/orders/{'A' * 22}/question/tiznit-weavers/").status_code == 404


def mailed_path() -> str:
    """The address in the last mail to the buyer."""
    deliver_events()
    body = [mail.body for mail in sent.outbox if mail.to == ["salma@example.org"]][-1]
    return next(line for line in body.split() if "/questions/" in line).partition("//")[2]


def test_the_buyer_reads_the_answer_and_writes_again(world: World, shop: Client) -> None:
    conversation = ask(world.weavers)
    answered(conversation, world.manager, "Oui, <b>à froid</b>.")
    path = "/" + mailed_path().partition("/")[2]

    page = shop.get(path).content.decode()
    assert "&lt;b&gt;à froid&lt;/b&gt;" in page
    assert conversation.messages.filter(side="cooperative", read_at__isnull=False).count() == 1
    conversation.refresh_from_db()
    assert conversation.proven_at is not None

    answer = shop.post(path, form_of(shop, path) | {"text": "Merci"})
    assert answer["Location"] == path
    assert "Merci" in shop.get(path).content.decode()
    refused = shop.post(path, form_of(shop, path) | {"text": " "})
    assert refused.status_code == 422


def test_a_report_goes_to_staff(world: World, shop: Client) -> None:
    conversation = ask(world.weavers)
    path = f"/ma/fr/questions/{issue_link(conversation=conversation, is_mailed=False)}/"

    for _ in range(2):
        assert shop.post(f"{path}report/", {"reason": "Impoli"})["Location"] == path

    assert "déjà signalé" in shop.get(path).content.decode()
    assert ConversationReport.objects.crossing(ALL).get().reason == "Impoli"
    deliver_events()
    (mail,) = [mail for mail in sent.outbox if mail.to == [world.coordinator.email]]
    assert f"/staff/mourafaka/questions/{conversation.pk}/" in mail.body
    assert ASKED not in mail.body


def test_a_closed_conversation_has_no_form(world: World, shop: Client) -> None:
    conversation = ask(world.weavers)
    token = issue_link(conversation=conversation, is_mailed=True)
    close_conversation(conversation=conversation, reason="Publicité.", by=world.coordinator)

    page = shop.get(f"/ma/fr/questions/{token}/").content.decode()

    assert "Publicité." in page
    assert 'name="text"' not in page
    late = shop.post(f"/ma/fr/questions/{token}/", {"text": "Mais non"})
    assert "Le programme a clos cette conversation" in late.content.decode()
    assert conversation.messages.count() == 2


def test_another_link_opens_nothing(world: World, shop: Client, settings: Any) -> None:
    settings.THROTTLES = True
    ask(world.weavers)
    for _ in range(60):
        assert shop.get(f"/ma/fr/questions/{'A' * 22}/").status_code == 404
    assert shop.get(f"/ma/fr/questions/{'A' * 22}/").status_code == 429


def test_nobody_asks_a_cooperative_that_is_not_published(world: World, shop: Client) -> None:
    path = "/ma/fr/cooperatives/tiznit-weavers/question/"
    world.weavers.published_at = None
    world.weavers.save(update_fields=["published_at"])
    assert shop.get(path).status_code == 404
    assert shop.post(path, TYPED).status_code == 404
    assert shop.get(f"{rug_path(world)}question/").status_code == 404
