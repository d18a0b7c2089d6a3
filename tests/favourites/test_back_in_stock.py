"""Who waits for a product is told once that it is back, and only who still may be."""

from collections.abc import Iterable

import pytest
from django.core import mail

from catalog.models import ListingOffer, ListingPage
from marketplace.core.mail_outages import MailServerUnavailable
from marketplace.favourites import handlers, services
from marketplace.favourites.errors import TooManyKept
from marketplace.favourites.models import Favourite, StockNotice
from tests.factories.listings import listing_page
from tests.factories.vendors import make_user
from vendors.accounts import User

pytestmark = pytest.mark.django_db


def changed(*pages: ListingPage) -> None:
    handlers.on_listing_pages_changed({"listing_ids": [str(page.listing_id) for page in pages]})


def refill(page: ListingPage, pieces: int = 3) -> None:
    ListingOffer.objects.filter(page=page).update(available=pieces)
    ListingPage.objects.filter(pk=page.pk).update(quantity_available=pieces)


@pytest.fixture
def sold_out() -> ListingPage:
    return listing_page("saffron", available=0)


@pytest.fixture
def buyer(sold_out: ListingPage) -> User:
    """Somebody who waits for it, in Arabic."""
    user = make_user(email="salma@example.org")
    services.wait_for(user=user, listing_id=sold_out.listing_id, market="ma", language="ar")
    return user


def recipients() -> Iterable[str]:
    return [each.to[0] for each in mail.outbox]


def test_it_is_told_once_when_it_is_back(buyer: User, sold_out: ListingPage) -> None:
    changed(sold_out)
    assert recipients() == []

    refill(sold_out)
    changed(sold_out)
    changed(sold_out)

    assert recipients() == [buyer.email]
    letter = mail.outbox[0]
    assert f"/ma/ar/goods/{sold_out.slug}/" in letter.body
    assert sold_out.name("ar") in letter.subject
    assert letter.extra_headers["Content-Language"] == "ar"
    assert not StockNotice.objects.exists()


def test_it_is_told_after_the_mail_server_was_unavailable(
    buyer: User, sold_out: ListingPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unavailable(**_letter: object) -> None:
        raise MailServerUnavailable

    refill(sold_out)
    with monkeypatch.context() as without_mail:
        without_mail.setattr(handlers, "send_mail", unavailable)
        with pytest.raises(MailServerUnavailable):
            changed(sold_out)
    assert StockNotice.objects.exists()

    changed(sold_out)

    assert recipients() == [buyer.email]


def test_what_is_hidden_or_sold_in_another_market_is_not_told(
    buyer: User, sold_out: ListingPage
) -> None:
    refill(sold_out)
    ListingPage.objects.filter(pk=sold_out.pk).update(is_published=False)
    changed(sold_out)
    ListingPage.objects.filter(pk=sold_out.pk).update(is_published=True)
    ListingOffer.objects.filter(page=sold_out).update(channel_slug="eu-eur")
    changed(sold_out)

    assert recipients() == []
    assert StockNotice.objects.exists()


def test_an_address_that_is_no_longer_proven_gets_nothing(
    buyer: User, sold_out: ListingPage
) -> None:
    buyer.emailaddress_set.update(verified=False)
    refill(sold_out)
    changed(sold_out)

    assert recipients() == []


def test_asking_twice_waits_once_and_may_be_taken_back(buyer: User, sold_out: ListingPage) -> None:
    services.wait_for(user=buyer, listing_id=sold_out.listing_id, market="ma", language="fr")
    assert StockNotice.objects.count() == 1

    services.wait_no_longer(user=buyer, listing_id=sold_out.listing_id, market="ma")
    refill(sold_out)
    changed(sold_out)

    assert recipients() == []


def test_an_account_keeps_so_many(sold_out: ListingPage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "MOST", 1)
    user = make_user()
    services.keep(user=user, listing_id=sold_out.listing_id)
    services.keep(user=user, listing_id=sold_out.listing_id)
    assert Favourite.objects.count() == 1

    with pytest.raises(TooManyKept):
        services.keep(user=user, listing_id=listing_page().listing_id)
