"""Favourites and being told when a product is back, on the shop's pages."""

import pytest
from django.test import Client

from catalog.models import ListingPage
from marketplace.favourites.models import Favourite, StockNotice
from tests.factories.listings import listing_page
from tests.factories.vendors import make_user
from vendors.accounts import User

pytestmark = pytest.mark.django_db


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def saffron() -> ListingPage:
    return listing_page("saffron")


def goods(page: ListingPage) -> str:
    return f"/ma/fr/goods/{page.slug}/"


def test_a_product_is_kept_found_again_and_let_go(saffron: ListingPage) -> None:
    buyer = signed_in(make_user())
    heart = f"/ma/fr/account/favourites/{saffron.slug}/"

    assert "Ajouter aux favoris" in buyer.get(goods(saffron)).content.decode()
    assert "Dans vos favoris" in buyer.post(heart, follow=True).content.decode()
    shown = buyer.get("/ma/fr/account/favourites/").content.decode()
    assert saffron.slug in shown
    buyer.post(heart, {"remove": "1"})
    assert not Favourite.objects.exists()
    assert "Aucun favori" in buyer.get("/ma/fr/account/favourites/").content.decode()


def test_favourites_are_ones_own(saffron: ListingPage) -> None:
    signed_in(make_user()).post(f"/ma/fr/account/favourites/{saffron.slug}/")
    other = signed_in(make_user())

    assert saffron.slug not in other.get("/ma/fr/account/favourites/").content.decode()
    other.post(f"/ma/fr/account/favourites/{saffron.slug}/", {"remove": "1"})
    assert Favourite.objects.count() == 1


def test_a_favourite_that_this_market_does_not_sell_is_counted(saffron: ListingPage) -> None:
    buyer = signed_in(make_user())
    buyer.post(f"/ma/fr/account/favourites/{saffron.slug}/")

    shown = buyer.get("/eu/fr/account/favourites/").content.decode()

    assert saffron.slug not in shown
    assert "1 de vos favoris" in shown


def test_a_stranger_signs_in_and_comes_back_to_the_product(saffron: ListingPage) -> None:
    shown = Client().get(goods(saffron)).content.decode()
    assert f'href="/accounts/login/?next={goods(saffron)}"' in shown
    for path in ("favourites", "waiting"):
        answer = Client().post(f"/ma/fr/account/{path}/{saffron.slug}/")
        assert (answer.status_code, "/accounts/login/" in answer["Location"]) == (302, True)
    assert not Favourite.objects.exists()


def test_only_what_is_sold_out_is_waited_for(saffron: ListingPage) -> None:
    buyer = signed_in(make_user())
    gone = listing_page("honey-thyme", available=0)

    assert "Me prévenir" not in buyer.get(goods(saffron)).content.decode()
    buyer.post(f"/ma/fr/account/waiting/{saffron.slug}/")
    assert not StockNotice.objects.exists()

    assert "Me prévenir" in buyer.get(goods(gone)).content.decode()
    shown = buyer.post(f"/ma/fr/account/waiting/{gone.slug}/", follow=True).content.decode()
    assert "Ne pas m’écrire" in shown
    assert StockNotice.objects.get().language == "fr"
    buyer.post(f"/ma/fr/account/waiting/{gone.slug}/", {"remove": "1"})
    assert not StockNotice.objects.exists()


def test_a_product_that_is_not_there_cannot_be_kept(saffron: ListingPage) -> None:
    buyer = signed_in(make_user())
    ListingPage.objects.update(is_published=False)
    for path in ("favourites", "waiting"):
        assert buyer.post(f"/ma/fr/account/{path}/{saffron.slug}/").status_code == 404
