"""Addresses are hidden until an order joins both; everything else stays as it was written."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.conversations.masking import HIDDEN, masked
from marketplace.conversations.models import Side
from marketplace.conversations.queries import link_by_token, thread
from marketplace.conversations.services import issue_link, open_by_link
from marketplace.conversations.subjects import About, Buyer
from tests.conversations.asking import SALMA, answered, ask
from tests.orders.conftest import made_world, world
from tests.orders.world import World

__all__ = ["made_world", "world"]

SECRETS = (
    "salma@example.org",
    "salma.b+tapis@mail.example.co.ma",
    "salma @ example . org",
    "salma(at)example(dot)org",
    "https://example.org/tapis?x=1",
    "http://192.0.2.1/",
    "www.example.org",
    "example.com/rug",
    "wa.me/212661223344",
    "@tapis_salma",
    "0661223344",
    "06 61 22 33 44",
    "06-61-22-33-44",
    "06.61.22.33.44",
    "+212 661 223344",
    "00212661223344",
    "+33 6 12 34 56 78",
    "٠٦٦١٢٢٣٣٤٤",
)
PLAIN = (
    "Bonjour, le tapis fait 160 x 230 cm ?",
    "Livraison le 2026-12-24 ou le 24/12/2026 ?",
    "1 500,00 DH pour 2 pièces, 3.kg au total.",
    "Commande TW-2026-000123, colis RR473124829MA",
    "Merci.Je prends 12 bocaux de 250 g.",
    "هل يصل قبل 24 دجنبر؟ الثمن 1.500 درهم.",
)


@pytest.mark.parametrize("secret", SECRETS)
def test_an_address_is_hidden(secret: str) -> None:
    text = masked(f"Écrivez-moi : {secret} merci", countries=["MA", "FR"])
    assert HIDDEN in text
    assert text.startswith("Écrivez-moi")
    assert text.endswith("merci")
    digits = [each for each in text if each.isdigit()]
    assert len(digits) < 4
    assert "example" not in text


def test_a_tunisian_number_of_eight_digits_is_hidden_in_tunisia() -> None:
    assert masked("Appelez le 20 123 456", countries=["TN"]) == f"Appelez le {HIDDEN}"


@pytest.mark.parametrize("text", PLAIN)
def test_what_is_no_address_stays(text: str) -> None:
    assert masked(text, countries=["MA"]) == text


@given(st.text(max_size=400))
def test_no_text_is_too_strange(text: str) -> None:
    once = masked(text, countries=["MA", "FR"])
    assert isinstance(once, str)


@pytest.mark.django_db
def test_strangers_do_not_read_each_others_addresses(world: World) -> None:
    conversation = ask(world.weavers, "Appelez-moi : 0661223344")
    answered(conversation, world.manager, "Plutôt sur www.example.org")

    read_by_cooperative = thread(conversation, Side.COOPERATIVE)
    assert read_by_cooperative[0].text == f"Appelez-moi : {HIDDEN}"
    assert read_by_cooperative[0].is_masked
    assert read_by_cooperative[1].text == "Plutôt sur www.example.org"
    read_by_buyer = thread(conversation, Side.BUYER)
    assert read_by_buyer[0].text == "Appelez-moi : 0661223344"
    # The buyer is told that the other side does not see the number.
    assert read_by_buyer[0].is_masked
    assert read_by_buyer[1].text == f"Plutôt sur {HIDDEN}"


@pytest.mark.django_db
def test_an_order_uncovers_them(world: World) -> None:
    order = world.placed(rug=1)
    part = world.part(order, world.weavers)
    conversation = ask(
        world.weavers, "Le 0661223344", about=About(world.weavers, vendor_order=part)
    )
    assert thread(conversation, Side.COOPERATIVE)[0].text == "Le 0661223344"


@pytest.mark.django_db
def test_the_address_of_a_buyer_uncovers_only_when_it_is_proven(world: World) -> None:
    world.placed(rug=1)
    conversation = ask(world.weavers, "Le 0661223344", buyer=Buyer("Salma", "Salma@example.org"))
    with_growers = ask(world.growers, "Le 0661223344", buyer=SALMA)
    page = link_by_token(issue_link(conversation=conversation, is_mailed=False))
    conversation = open_by_link(link=page)
    assert thread(conversation, Side.COOPERATIVE)[0].is_masked

    for each in (conversation, with_growers):
        open_by_link(link=link_by_token(issue_link(conversation=each, is_mailed=True)))
        each.refresh_from_db()

    assert not thread(conversation, Side.COOPERATIVE)[0].is_masked
    assert thread(with_growers, Side.COOPERATIVE)[0].is_masked
