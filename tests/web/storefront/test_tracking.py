"""A buyer follows an order by its link and says what arrived."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.orders.models import EvidenceKind, Order, Parcel, ParcelState, TrackingLink
from marketplace.orders.services import ship, tracking_links
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.models import Cooperative

__all__ = ["made_world", "world"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def order(world: World) -> Order:
    return world.placed(rug=1, honey=2)


@pytest.fixture
def token(order: Order) -> str:
    return tracking_links.issue_link(order=order)


def shipped(world: World, order: Order, cooperative: Cooperative) -> Parcel:
    part = world.part(order, cooperative)
    return ship.ship_parcel(
        vendor_order=part,
        lines={line.pk: line.quantity for line in part.lines.all()},
        tracking_number="RR473124829MA",
        carrier="Amana",
        by=world.manager.actor,
    )


def test_two_parcels_apart_with_their_state_in_words(
    world: World, order: Order, token: str
) -> None:
    shipped(world, order, world.weavers)

    response = Client().get(f"/ma/fr/orders/{token}/")
    arabic = Client().get(f"/ma/ar/orders/{token}/").content.decode()

    content = response.content.decode()
    assert "Un colis est en préparation, un colis est en route" in content
    assert "Tisseuses de Tiznit" in content
    assert "Apiculteurs de Zagora" in content
    assert "RR473124829MA" in content
    assert "طرد قيد التحضير، طرد في الطريق" in arabic
    assert "زربية" in arabic


def test_the_page_says_the_least_and_tells_nobody_its_address(order: Order, token: str) -> None:
    response = Client().get(f"/ma/fr/orders/{token}/")

    content = response.content.decode()
    assert response["Referrer-Policy"] == "no-referrer"
    assert "no-store" in response["Cache-Control"]
    assert "noindex" in response["X-Robots-Tag"]
    for secret in ("salma@example.org", "Bennani", "Orangers", "661223344"):
        assert secret not in content


def test_the_buyers_word_releases_the_parcel(world: World, order: Order, token: str) -> None:
    parcel = shipped(world, order, world.weavers)

    response = Client().post(f"/ma/fr/orders/{token}/parcels/{parcel.pk}/received/", follow=True)

    parcel.refresh_from_db()
    assert parcel.state == ParcelState.DELIVERED
    assert parcel.evidence.get().kind == EvidenceKind.BUYER
    assert "La coopérative va être payée pour ce colis" in response.content.decode()
    assert "un colis est arrivé" in response.content.decode()


def test_a_missing_parcel_is_said_once(world: World, order: Order, token: str) -> None:
    parcel = shipped(world, order, world.weavers)
    address = f"/ma/fr/orders/{token}/parcels/{parcel.pk}/missing/"

    Client().post(address)
    response = Client().post(address, follow=True)

    parcel.refresh_from_db()
    assert parcel.missed_at is not None
    assert parcel.state == ParcelState.SHIPPED
    assert "Vous avez signalé" in response.content.decode()


def test_a_link_opens_no_other_order(world: World, order: Order, token: str) -> None:
    others = world.placed(honey=1)
    foreign = shipped(world, others, world.growers)

    response = Client().post(f"/ma/fr/orders/{token}/parcels/{foreign.pk}/received/")

    foreign.refresh_from_db()
    assert response.status_code == 404
    assert foreign.state == ParcelState.SHIPPED


def test_an_unknown_or_expired_link_is_a_page_that_says_so(order: Order, token: str) -> None:
    unknown = Client().get("/ma/fr/orders/never-given-out/")
    TrackingLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    expired = Client().get(f"/ma/fr/orders/{token}/")

    assert (unknown.status_code, expired.status_code) == (404, 404)
    assert "plus valable" in expired.content.decode()
    assert expired["Referrer-Policy"] == "no-referrer"


def test_only_a_hash_of_the_token_is_kept(order: Order, token: str) -> None:
    link = TrackingLink.objects.get()

    assert token not in link.token_hash
    assert len(token) == 22
