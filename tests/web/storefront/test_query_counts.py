"""What a page asks the database does not grow with what the shop sells."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from catalog import queries as catalog
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


def asked(client: Client, path: str) -> list[str]:
    client.get(path)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    return [query["sql"] for query in queries.captured_queries]


def test_a_listing_asks_as_much_with_thirty_others_of_its_cooperative(client: Client) -> None:
    page = listing_page("honey-thyme", cooperative_slug="beehives")
    path = f"/ma/fr/goods/{page.slug}/"
    listing_page("honey-thyme", cooperative_slug="beehives")
    few = asked(client, path)
    for _ in range(30):
        listing_page("honey-thyme", cooperative_slug="beehives")

    many = asked(client, path)

    assert len(many) <= len(few)
    shown = client.get(path).content.decode()
    assert shown.count('class="card"') == 4
    # none of the others is read but those shown
    assert not any("COUNT(" in sql and "catalog_listingpage" in sql for sql in many)


def test_home_asks_as_much_with_many_listings_and_sorts_no_whole_rows(client: Client) -> None:
    listing_page("honey-thyme", cooperative_slug="one")
    few = asked(client, "/ma/fr/")
    for n in range(12):
        listing_page("honey-thyme", cooperative_slug=f"coop-{n}")

    many = asked(client, "/ma/fr/")

    assert len(many) <= len(few)
    assert not any("SELECT DISTINCT" in sql and '"descriptions"' in sql for sql in many)


def test_a_listing_with_several_sizes_is_found_once() -> None:
    page = listing_page("honey-thyme")
    offer = page.offers.all()[0]
    offer.pk = None
    offer.variant_id = page.listing_id
    offer.save(force_insert=True)

    assert [found.pk for found in catalog.pages_in("ma")] == [page.pk]
    assert catalog.categories_in("ma") == {page.category_slug}
