"""Somebody follows cooperatives, and hears of their new products once a week at most."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from catalog.models import ListingPage
from marketplace.core.mail_outages import MailServerUnavailable
from marketplace.favourites import following
from marketplace.favourites.errors import TooManyFollowed
from marketplace.favourites.models import Follow, NewsWish
from marketplace.favourites.news import tell_news
from marketplace.favourites.personal_data import erase, export
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published, make_user
from vendors.models import Cooperative, User

pytestmark = pytest.mark.django_db
PAGE = "/ma/fr/cooperatives/tamounte/"
LIST = "/ma/fr/account/following/"
NEWS = "/ma/fr/account/news/"


@pytest.fixture
def cooperative() -> Cooperative:
    return make_published()


@pytest.fixture
def buyer() -> User:
    return make_user(email="salma@example.org")


@pytest.fixture
def client(buyer: User) -> Client:
    found = Client()
    found.force_login(buyer, backend="django.contrib.auth.backends.ModelBackend")
    return found


def new_product(cooperative: Cooperative, **fields: Any) -> ListingPage:
    fields.setdefault("published_at", timezone.now())
    return listing_page("saffron", cooperative_id=cooperative.pk, **fields)


def wished(buyer: User, cooperative: Cooperative) -> None:
    following.follow(user=buyer, cooperative_id=cooperative.pk)
    following.wish_for_news(user=buyer, market="ma", language="fr")


def test_it_is_followed_and_found_in_the_account(
    cooperative: Cooperative, client: Client, buyer: User
) -> None:
    assert "/accounts/login/" in Client().get(PAGE).content.decode()
    follow = f"{LIST}tamounte/"
    assert Client().post(follow).status_code == 302
    assert not Follow.objects.exists()
    assert [client.post(follow)["Location"] for _ in range(2)] == [PAGE, PAGE]
    assert Follow.objects.filter(user=buyer).count() == 1
    assert PAGE in client.get(LIST).content.decode()
    assert 'name="remove"' in client.get(PAGE).content.decode()
    client.post(follow, {"remove": "1"})
    assert not Follow.objects.exists()
    assert client.post(f"{LIST}unknown/").status_code == 404


def test_nobody_is_written_to_unasked(cooperative: Cooperative, buyer: User) -> None:
    following.follow(user=buyer, cooperative_id=cooperative.pk)
    new_product(cooperative)
    assert tell_news() == 0


def test_new_products_are_told_once_a_week(
    cooperative: Cooperative, client: Client, buyer: User
) -> None:
    new_product(cooperative, published_at=timezone.now() - timedelta(days=1))
    client.post(f"{LIST}tamounte/")
    assert client.post(NEWS)["Location"] == LIST
    assert tell_news() == 0
    page = new_product(cooperative)
    new_product(cooperative, available=0, quantity_available=0)
    other = new_product(make_published("other"))

    assert [tell_news(), tell_news()] == [1, 0]

    (letter,) = mail.outbox
    assert letter.to == [buyer.email]
    assert f"/ma/fr/goods/{page.slug}/" in letter.body
    assert other.slug not in letter.body
    assert letter.body.count("/goods/") == 1

    later = timezone.now() + timedelta(days=2)
    new_product(cooperative, published_at=later - timedelta(hours=1))
    assert tell_news(now=later) == 0
    assert tell_news(now=later + timedelta(days=6)) == 1
    assert mail.outbox[1].body.count("/goods/") == 1
    assert tell_news(now=later + timedelta(days=14)) == 0


def test_the_link_in_a_mail_stops_them_without_signing_in(
    cooperative: Cooperative, buyer: User
) -> None:
    wished(buyer, cooperative)
    new_product(cooperative)
    tell_news()
    link = next(word for word in mail.outbox[0].body.split() if "/news/stop/" in word)
    path = "/ma/" + link.split("/ma/")[1]
    stranger = Client(enforce_csrf_checks=True)
    assert "Ne plus recevoir" in stranger.get(path).content.decode()
    assert NewsWish.objects.exists()
    assert "C’est fait" in stranger.post(path).content.decode()
    assert not NewsWish.objects.exists()
    assert Follow.objects.exists()
    assert stranger.get("/ma/fr/account/news/stop/1:forged/").status_code == 404


def test_a_mail_that_cannot_be_sent_is_sent_another_night(
    cooperative: Cooperative, buyer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(**_mail: Any) -> None:
        raise MailServerUnavailable

    wished(buyer, cooperative)
    new_product(cooperative)
    with monkeypatch.context() as patched:
        patched.setattr("marketplace.favourites.news.send_mail", unreachable)
        with pytest.raises(MailServerUnavailable):
            tell_news()
    assert tell_news() == 1


def test_so_many_and_no_more(buyer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(following, "MOST", 1)
    first, second = make_published("a"), make_published("b")
    following.follow(user=buyer, cooperative_id=first.pk)
    with pytest.raises(TooManyFollowed):
        following.follow(user=buyer, cooperative_id=second.pk)


def test_data_are_shown_and_erased(cooperative: Cooperative, buyer: User) -> None:
    wished(buyer, cooperative)
    held = export(buyer)
    assert held["followed"][0]["cooperative"] == cooperative.pk
    assert held["news"]["market"] == "ma"
    erase(buyer)
    assert not Follow.objects.exists()
    assert not NewsWish.objects.exists()
