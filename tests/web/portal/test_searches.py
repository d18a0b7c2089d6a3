"""A cooperative reads what buyers look for on its own categories, and nothing of anybody."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from search.models import SearchTally
from tests.factories.listings import listing_page
from tests.factories.vendors import make_cooperative, make_member, make_programme
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db


@pytest.fixture
def beekeepers() -> Cooperative:
    return make_cooperative(make_programme(), "tifawine")


def searched(
    text: str, times: int, *, category: str = "honey", clicks: int = 0, ago: int = 1
) -> None:
    SearchTally.objects.create(
        day=timezone.localdate() - timedelta(days=ago),
        market="ma",
        language="fr",
        text=text,
        searches=times + 7,
        visitors=times,
        clicks=clicks,
        category=category,
    )


def seen_by(cooperative: Cooperative, language: str = "en") -> str:
    browser = Client()
    browser.force_login(make_member(cooperative, "seller"))
    browser.cookies["twiza_language"] = language
    address = reverse("portal:searches", kwargs={"cooperative": cooperative.slug})
    answer = browser.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_words_of_its_own_categories_that_several_searched(beekeepers: Cooperative) -> None:
    listing_page(cooperative_id=beekeepers.pk)
    searched("miel de thym", 5, clicks=2)
    searched("miel de thym", 4, ago=3)
    searched("miel pour ma voisine amina", 2)
    searched("tapis rouge", 9, category="rugs")
    searched("miel d'antan", 9, ago=400)

    page = seen_by(beekeepers)

    assert "miel de thym" in page
    assert page.count(">9<") == 1  # five and four
    for absent in ("voisine", "tapis rouge", "antan"):
        assert absent not in page
    assert "Honey and syrups" in page


def test_without_listings_in_a_category_the_page_says_when_searches_appear(
    beekeepers: Cooperative,
) -> None:
    searched("miel de thym", 5)

    page = seen_by(beekeepers, language="fr")

    assert "miel de thym" not in page
    assert "Les mots s’affichent ici" in page
