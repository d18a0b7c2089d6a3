"""Delivery addresses of an account: kept, changed, deleted, and taken in a checkout."""

import json
from typing import Any

import pytest
from django.test import Client

from marketplace.orders.address import Address
from marketplace.orders.address_errors import NoSuchAddress, TooManyAddresses
from marketplace.orders.models import CheckoutAttempt, SavedAddress
from marketplace.orders.queries.saved_addresses import addresses_of
from marketplace.orders.services import saved_addresses
from marketplace.personal_data.buyers import buyer_of_user
from marketplace.personal_data.services.ask import ask_for_erasure
from marketplace.personal_data.services.carry_out import carry_out
from tests.factories.addresses import ADDRESS
from tests.factories.vendors import make_user
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.accounts import User

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db
LIST, CHECKOUT = "/ma/fr/account/addresses/", "/ma/fr/checkout/"
CASABLANCA = Address(
    name="Salma Bennani", line1="12 rue des Orangers", city="Casablanca", region_code="MA-06",
    postal_code="20000", country_code="MA", phone="+212661223344",
)  # fmt: skip
PARIS = Address(
    name="Salma Bennani", line1="3 rue du Bac", city="Paris", postal_code="75007",
    country_code="FR", phone="+33612345678",
)  # fmt: skip


@pytest.fixture
def user() -> User:
    return make_user(email="salma@example.org")


@pytest.fixture
def client(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def basket(client: Client, world: World) -> None:
    client.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})


def read(client: Client, path: str) -> str:
    return client.get(path).content.decode()


def typed(**changes: Any) -> dict[str, Any]:
    return {name: value for name, value in ADDRESS.items() if name != "email"} | changes


def test_addresses_are_added_named_changed_and_deleted(client: Client, user: User) -> None:
    assert "Pas encore d’adresse" in read(client, LIST)
    client.post(f"{LIST}new/", typed(label="Maison"))
    answer = client.post(f"{LIST}new/", typed(label=" Travail ", line1="1 place Lyautey"))
    assert answer["Location"] == LIST
    home, work = addresses_of(user)
    assert (home.label, home.is_default, home.address.phone) == ("Maison", True, "+212661223344")
    assert (work.label, work.is_default) == ("Travail", False)

    assert "1 place Lyautey" in read(client, f"{LIST}{work.pk}/")
    client.post(f"{LIST}{work.pk}/", typed(label="Bureau", line1="2 place Lyautey"))
    client.post(f"{LIST}{work.pk}/default/")
    page = read(client, LIST)
    assert page.index("Bureau") < page.index("Maison")
    assert "Supprimer cette adresse de votre compte" in page

    client.post(f"{LIST}{work.pk}/delete/")
    (left,) = addresses_of(user)
    assert (left.pk, left.is_default) == (home.pk, True)
    assert "rue des Orangers" not in json.dumps(list(raw_rows()), default=str)


def raw_rows() -> Any:
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM orders_savedaddress")
        return cursor.fetchall()


def test_what_the_post_refuses_is_not_kept(client: Client) -> None:
    answer = client.post(f"{LIST}new/", typed(postal_code="ABC"))
    assert answer.status_code == 422
    assert "53000" in answer.content.decode()
    assert not SavedAddress.objects.exists()


def test_nobody_reaches_anothers_address(client: Client, user: User) -> None:
    row = saved_addresses.keep_address(user=make_user(email="o@example.org"), address=CASABLANCA)
    assert client.get(f"{LIST}{row.pk}/").status_code == 404
    assert client.post(f"{LIST}{row.pk}/default/").status_code == 404
    client.post(f"{LIST}{row.pk}/delete/")
    assert SavedAddress.objects.count() == 1
    with pytest.raises(NoSuchAddress):
        saved_addresses.change_address(
            user=user, address_id=row.pk, address=CASABLANCA, label="mine"
        )
    assert "login" in Client().get(LIST)["Location"]


def test_one_tap_goes_on_with_an_address(client: Client, user: User, basket: None) -> None:
    row = saved_addresses.keep_address(user=user, address=CASABLANCA, label="Maison")
    saved_addresses.keep_address(user=user, address=PARIS, label="Paris")
    page = read(client, CHECKOUT)
    assert f'name="saved" value="{row.pk}"' in page
    assert "3 rue du Bac" not in page

    answer = client.post(CHECKOUT, {"saved": str(row.pk)})

    attempt = CheckoutAttempt.objects.get()
    assert answer["Location"] == f"{CHECKOUT}{attempt.pk}/delivery/"
    assert attempt.address == CASABLANCA
    assert attempt.email == user.email
    assert "12 rue des Orangers" in read(client, CHECKOUT)


@pytest.mark.parametrize("chosen", ["0b1f4a52-0000-4000-8000-000000000001", "x"])
def test_an_address_that_is_gone_is_said(chosen: str, client: Client, basket: None) -> None:
    page = client.post(CHECKOUT, {"saved": chosen}).content.decode()
    assert "plus dans votre compte" in page
    assert not CheckoutAttempt.objects.exists()


def test_what_is_typed_is_kept_when_asked_and_once(
    client: Client, user: User, basket: None
) -> None:
    client.post(CHECKOUT, ADDRESS)
    assert addresses_of(user) == []
    for _ in range(2):
        client.post(CHECKOUT, ADDRESS | {"keep": "on", "keep_as": "Maison"})
    (row,) = addresses_of(user)
    assert (row.label, row.address.line1, row.is_default) == ("Maison", ADDRESS["line1"], True)


def test_a_guest_is_not_asked_to_keep(world: World) -> None:
    guest = Client()
    guest.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
    assert 'name="keep"' not in read(guest, CHECKOUT)
    guest.post(CHECKOUT, ADDRESS | {"keep": "on"})
    assert CheckoutAttempt.objects.exists()
    assert not SavedAddress.objects.exists()


def test_an_account_keeps_twenty_and_an_order_goes_on(
    client: Client, user: User, basket: None
) -> None:
    for n in range(saved_addresses.MOST):
        saved_addresses.keep_address(user=user, address=PARIS.model_copy(update={"line2": str(n)}))
    with pytest.raises(TooManyAddresses):
        saved_addresses.keep_address(user=user, address=CASABLANCA)
    answer = client.post(CHECKOUT, ADDRESS | {"keep": "on"})
    assert answer.status_code == 302
    assert "20" in read(client, answer["Location"])


def test_an_address_abroad_is_changed_where_it_is_delivered_to(client: Client, user: User) -> None:
    row = saved_addresses.keep_address(user=user, address=PARIS)
    assert "Livrée depuis un autre marché" in read(client, LIST)
    there = f"/eu/fr/account/addresses/{row.pk}/"
    assert client.get(f"{LIST}{row.pk}/")["Location"] == there
    assert "3 rue du Bac" in read(client, there)


def test_they_are_shown_as_data_and_go_with_the_account(client: Client, user: User) -> None:
    saved_addresses.keep_address(user=user, address=CASABLANCA, label="Maison")
    data = client.get("/ma/fr/account/data/")["Location"]
    assert "12 rue des Orangers" in read(client, data)
    file = json.loads(client.get(f"{data}file/").content)
    assert file["saved_addresses"][0]["label"] == "Maison"

    erasure = carry_out(ask_for_erasure(buyer=buyer_of_user(user), market="ma", language="fr").pk)
    assert erasure.counts["addresses"] == 1
    assert not SavedAddress.objects.exists()
