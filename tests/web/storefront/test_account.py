"""A buyer's account: the orders of the addresses that they have proven, and nobody else's."""

import pytest
from django.test import Client

from catalog.models import ListingPage
from marketplace.core.actors import Actor
from marketplace.orders.buyer_keys import fill_in_keys
from marketplace.orders.models import BasketLine, Order, TrackingLink
from marketplace.orders.services.erasure import erase_buyer
from tests.factories.addresses import ADDRESS
from tests.factories.vendors import make_user
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.accounts import User

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world: World) -> Order:
    """What a guest has bought."""
    return world.placed(rug=1, honey=2)


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def account(client: Client, language: str = "fr") -> str:
    response = client.get(f"/ma/{language}/account/")
    assert response.status_code == 200
    assert "no-store" in response["Cache-Control"]
    return response.content.decode()


def test_a_guests_order_is_found_by_who_proves_its_address(order: Order) -> None:
    buyer = signed_in(make_user(email=order.email.upper()))

    page = account(buyer)
    opened = buyer.get(f"/ma/fr/account/orders/{order.pk}/")

    assert order.number in page
    assert "Tisseuses de Tiznit" in page
    assert order.number in account(buyer, "ar")
    assert order.number in buyer.get(opened["Location"]).content.decode()


def test_an_address_that_is_not_proven_opens_nothing(order: Order) -> None:
    user = make_user(email=order.email)
    user.emailaddress_set.update(verified=False)

    page = account(signed_in(user))

    assert order.number not in page
    assert "Confirmez votre adresse" in page
    assert signed_in(user).get(f"/ma/fr/account/orders/{order.pk}/").status_code == 404


def test_another_buyers_order_is_not_there(order: Order) -> None:
    other = signed_in(make_user(email="other@example.org"))

    assert order.number not in account(other)
    assert other.get(f"/ma/fr/account/orders/{order.pk}/").status_code == 404
    assert other.post(f"/ma/fr/account/orders/{order.pk}/again/").status_code == 404
    assert not BasketLine.objects.exists()
    assert not TrackingLink.objects.filter(order=order).exists()


def test_a_stranger_is_asked_to_sign_in(order: Order) -> None:
    for path in ("", f"orders/{order.pk}/"):
        response = Client().get(f"/ma/fr/account/{path}")
        assert response.status_code == 302
        assert "/accounts/login/?next=/ma/fr/account/" in response["Location"]
    assert Client().post(f"/ma/fr/account/orders/{order.pk}/again/").status_code == 302


def test_an_order_is_bought_again_as_far_as_it_is_sold(world: World, order: Order) -> None:
    buyer = signed_in(make_user(email=order.email))
    ListingPage.objects.exclude(offers__variant_id=world.honey).update(is_published=False)

    page = buyer.post(f"/ma/fr/account/orders/{order.pk}/again/", follow=True).content.decode()

    assert [line.quantity for line in BasketLine.objects.filter(variant_id=world.honey)][-1:] == [2]
    assert "1 produit est dans votre panier" in page
    assert "Tapis" in page or "zerbia" in page.lower()  # and why the rug is not


def test_the_address_of_the_last_order_is_filled_in(world: World, order: Order) -> None:
    buyer = signed_in(make_user(email=order.email))
    buyer.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})

    page = buyer.get("/ma/fr/checkout/").content.decode()

    assert order.address is not None
    for value in (order.address.name, order.address.line1, order.email):
        assert f'value="{value}"' in page
    assert "Ce n’est pas vous" in page
    # and not for somebody else at another phone
    stranger = Client()
    stranger.post("/ma/fr/basket/add/", {"variant": str(world.honey), "quantity": 1})
    assert order.address.line1 not in stranger.get("/ma/fr/checkout/").content.decode()


def test_who_was_forgotten_has_no_orders(order: Order) -> None:
    buyer = signed_in(make_user(email=order.email))

    erase_buyer(order=order, by=Actor.system("test"))

    assert order.number not in account(buyer)
    assert fill_in_keys() == 0


def test_earlier_orders_get_their_key_and_a_new_secret_changes_all(
    order: Order, settings: pytest.FixtureRequest
) -> None:
    buyer = signed_in(make_user(email=order.email))
    Order.objects.update(email_key="")
    assert order.number not in account(buyer)
    assert fill_in_keys() == 1
    assert order.number in account(buyer)

    Order.objects.update(email_key="of a former secret")
    assert fill_in_keys() == 1
    assert order.number in account(buyer)


def test_the_shop_leads_to_the_account_and_back_out(order: Order) -> None:
    buyer = signed_in(make_user(email=order.email))

    assert 'href="/ma/fr/account/"' in buyer.get("/ma/fr/").content.decode()
    page = account(buyer)
    assert order.email in page
    assert "/accounts/logout/" in page
    assert ADDRESS["line1"] not in page
