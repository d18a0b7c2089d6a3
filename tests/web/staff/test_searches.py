"""Staff ask why a listing stands where it does, and read names, not addresses."""

import pytest
from django.test import Client
from django.urls import reverse

from search.indexing.index import reindex
from tests.factories.listings import listing_page
from tests.factories.vendors import make_programme, make_shop_administrator

pytestmark = pytest.mark.django_db


def test_reasons_stand_under_the_names_of_listing_and_cooperative(client: Client) -> None:
    listing = listing_page("honey-thyme", cooperative_names={"fr": "Coopérative Tafraout"})
    reindex()
    programme = make_programme()
    client.force_login(make_shop_administrator())
    client.cookies["twiza_language"] = "fr"

    answer = client.get(
        reverse("staff:search-why", kwargs={"programme": programme.slug}), {"q": "miel de thym"}
    )

    shown = answer.content.decode()
    assert listing.name("fr") in shown
    assert "Coopérative Tafraout" in shown
    assert listing.slug not in shown
