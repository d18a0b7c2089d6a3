"""Prices as members type them: both readings to choose from, unusual ones asked about once."""

import re

import pytest
from django.test import Client
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from catalog.content import LARGEST_AMOUNT_MINOR, RevisionContent
from catalog.markets import MARKETS, Market
from catalog.models import Listing
from marketplace.web.portal.listings.fields import PriceField
from marketplace.web.portal.listings.forms import initial_of
from tests.factories.listings import listing_page
from tests.web.portal.listing_forms import answers, the_revision, url
from vendors.models import Cooperative
from vendors.scoping import Crossing

LANGUAGES = ("ar", "fr", "en")


def send(phone: Client, cooperative: Cooperative, language: str = "fr", **typed: str) -> str:
    phone.cookies["twiza_language"] = language
    answer = phone.post(url("listing-new", cooperative), answers(**{"price_eu": "", **typed}))
    assert answer.status_code == 422
    return answer.content.decode()


def price(cooperative: Cooperative) -> int:
    return the_revision(cooperative).proposed.prices["ma-mad"]


def kept(phone: Client, cooperative: Cooperative, language: str = "fr", **typed: str) -> int:
    phone.cookies["twiza_language"] = language
    sent = answers(**{"price_eu": "", **typed})
    assert phone.post(url("listing-new", cooperative), sent).status_code == 302
    return price(cooperative)


@pytest.mark.django_db
@pytest.mark.parametrize(("chosen", "minor"), [("150", 150), ("150000", 150000)])
def test_both_readings_are_shown_and_the_chosen_one_is_taken(
    phone: Client, cooperative: Cooperative, chosen: str, minor: int
) -> None:
    page = send(phone, cooperative, price_ma="1,500")

    # then the text is still there, with both amounts beside it
    assert 'value="1,500"' in page
    offered = re.findall(r'name="price_ma-reading" value="(\d+)"', page)
    assert offered == ["150", "150000"]
    assert not Listing.objects.crossing(Crossing.OPERATOR_COMMAND).exists()

    # when one is chosen, it is what is proposed
    both = {"price_ma": "1,500", "price_ma-reading": chosen}
    assert kept(phone, cooperative, **both) == minor


@pytest.mark.django_db
def test_a_choice_is_for_the_text_that_it_was_made_for(
    phone: Client, cooperative: Cooperative
) -> None:
    both = {"price_ma": "2,500", "price_ma-reading": "150000"}
    assert re.findall(r'-reading" value="(\d+)"', send(phone, cooperative, **both)) == [
        "250",
        "250000",
    ]
    assert kept(phone, cooperative, **(both | {"price_ma": "95"})) == 9500


@pytest.mark.django_db
def test_a_chosen_reading_stays_chosen_while_something_else_is_corrected(
    phone: Client, cooperative: Cooperative
) -> None:
    page = send(
        phone, cooperative, **{"price_ma": "1,500", "price_ma-reading": "150", "weight_grams": "x"}
    )
    assert 'name="price_ma-reading" value="150" checked' in page


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "typed", "told"),
    [
        ("fr", "12,50 €", "Saisissez le montant en dirham marocain, par "),
        ("en", "ninety", "Enter the amount in digits, for example 95.00."),
        ("ar", "0", "يرجى كتابة مبلغ من"),
        ("fr", "999999999999", "10\u202f000\u202f000,00"),
    ],
)
def test_a_refusal_says_what_to_type(
    phone: Client, cooperative: Cooperative, language: str, typed: str, told: str
) -> None:
    assert told in send(phone, cooperative, language, price_ma=typed)


@pytest.mark.django_db
def test_a_price_far_from_usual_ones_is_asked_about_once(
    phone: Client, cooperative: Cooperative
) -> None:
    for amount in (8_000, 9_000, 90_000):
        listing_page("honey-thyme", prices={"ma": amount})
    # when a mark is read as grouping, ten thousand times more than honey costs
    page = send(phone, cooperative, price_ma="12,345")

    assert "12\u202f345,00" in page
    assert "90,00" in page
    question = 'type="checkbox" name="price_ma-confirmed" value="1234500"'
    assert question in page
    # then a confirmation is for this amount alone
    confirmed = {"price_ma-confirmed": "1234500"}
    assert question.replace("1234500", "9999900") in send(
        phone, cooperative, **confirmed, price_ma="99999"
    )
    assert f"{question} checked" in send(
        phone, cooperative, **confirmed, price_ma="12,345", weight_grams="x"
    )
    assert kept(phone, cooperative, **confirmed, price_ma="12,345") == 1_234_500


@pytest.mark.django_db
def test_a_price_that_stays_is_not_asked_about_again(
    phone: Client, cooperative: Cooperative
) -> None:
    assert kept(phone, cooperative, price_ma="12 345") == 1_234_500
    listing_page("honey-thyme", prices={"ma": 9_000})
    revision = the_revision(cooperative)
    address = url("listing-edit", cooperative, listing_id=revision.listing_id)
    opened = re.search(r'name="opened" value="([^"]*)"', phone.get(address).content.decode())
    assert opened

    phone.cookies["twiza_language"] = "en"
    sent = answers(price_ma="12345.00", price_eu="", opened=opened[1])
    assert phone.post(address, sent).status_code == 302
    assert phone.post(address, sent | {"price_ma": "1"}).status_code == 422


@pytest.mark.django_db
@pytest.mark.parametrize("amount", [450, 180_000])
def test_usual_prices_and_those_of_other_goods_ask_nothing(
    phone: Client, cooperative: Cooperative, amount: int
) -> None:
    listing_page("honey-thyme", prices={"ma": 9_000})
    listing_page("saffron", prices={"ma": 5_000_000})

    assert kept(phone, cooperative, price_ma=f"{amount // 100},{amount % 100:02}") == amount


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_repeats_the_price_that_it_shows(
    phone: Client, cooperative: Cooperative, language: str
) -> None:
    kept(phone, cooperative, price_ma="1 234,50")
    phone.cookies["twiza_language"] = language
    revision = the_revision(cooperative)
    page = phone.get(url("listing-edit", cooperative, listing_id=revision.listing_id))

    beside = page.content.decode().split('id="id_price_ma_reading"')[1][:400]
    assert {"ar": "1\u202f234,50", "fr": "1\u202f234,50", "en": "1\u202f234.50"}[language] in beside


@given(
    st.sampled_from(MARKETS),
    st.integers(1, LARGEST_AMOUNT_MINOR),
    st.sampled_from(LANGUAGES),
)
def test_an_untouched_price_is_read_as_the_same(market: Market, minor: int, language: str) -> None:
    shown = initial_of(RevisionContent(prices={market.channel_slug: minor}), language)
    with translation.override(language):
        read = PriceField(market).clean(shown[f"price_{market.code}"])
    assert read is not None
    assert read.amount_minor == minor
