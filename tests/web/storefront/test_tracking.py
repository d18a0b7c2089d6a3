"""A buyer follows an order by its link and says what arrived."""

from datetime import timedelta

import pytest
from django.core import mail as sent
from django.core.mail import EmailMultiAlternatives
from django.test import Client
from django.utils import timezone

from catalog.models import ListingPage
from marketplace.core.formats import Format
from marketplace.orders.models import EvidenceKind, Order, Parcel, ParcelState, TrackingLink
from marketplace.orders.services import mails, ship, tracking_links
from marketplace.web.storefront.cards import picture_of
from marketplace.web.ui import illustrations
from tests.orders.conftest import made_world, world
from tests.orders.world import World
from vendors.models import Cooperative
from vendors.scoping import Crossing

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


def test_what_was_bought_looks_and_costs_as_in_the_shop(
    world: World, order: Order, token: str
) -> None:
    parts = order.vendor_orders.crossing(Crossing.BUYER_ORDER)
    lines = [line for part in parts for line in part.lines.all()]
    shipped(world, order, world.weavers)

    page = Client().get(f"/ma/fr/orders/{token}/").content.decode()

    for line in lines:
        listing = ListingPage.objects.get(listing_id=line.listing_id)
        in_shop = Client().get(f"/ma/fr/goods/{listing.slug}/").content.decode()
        assert picture_of(listing) in page
        assert picture_of(listing) in in_shop
        assert Format("fr", "ma").money(line.total_minor, order.currency) in page
    for minor in (order.goods_minor, order.shipping_minor, order.total_minor):
        assert Format("fr", "ma").money(minor, order.currency) in page
    assert "Livrer vers" in page


def test_the_drawing_stays_when_the_listing_is_gone(order: Order, token: str) -> None:
    ListingPage.objects.all().delete()

    page = Client().get(f"/ma/fr/orders/{token}/").content.decode()

    for part in order.vendor_orders.crossing(Crossing.BUYER_ORDER):
        for line in part.lines.all():
            address = illustrations.address(line.category_slug, seed=line.listing_id.hex[:8])
            assert address in page


def test_the_mail_has_prices_delivery_and_address(order: Order) -> None:
    mails.confirm_to_buyer(order)

    mail = next(mail for mail in sent.outbox if "salma@example.org" in mail.to)
    assert isinstance(mail, EmailMultiAlternatives)
    written = Format(order.language, order.market)
    bodies = (str(mail.body), str(mail.alternatives[0][0]))
    for body in bodies:
        for minor in (order.goods_minor, order.shipping_minor, order.total_minor):
            assert written.money(minor, order.currency) in body
        assert "Orangers" in body


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
