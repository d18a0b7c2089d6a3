"""What is in stock in the buyer's own country comes before as good a thing from abroad."""

import random
from importlib import import_module

import pytest
from django.db import connection
from django.utils import timezone

from search.backends import backend, backend_named
from search.indexing.document_builder import build_documents
from search.indexing.index import reindex
from search.models import FacetValue, SearchDocument
from search.query import SearchQuery
from search.search import search
from tests.factories.assortment import assorted_listings
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db

AT_HOME_IN_JORDAN = (("EG", 0.2), ("JO", 1.0), ("MA", 0.1))
JORDAN = {"country_code": "JO", "region_code": "JO-AM", "cooperative_slug": "ajloun"}


def countries(**asked: object) -> list[str]:
    found = search(SearchQuery(market="jo", nearness=AT_HOME_IN_JORDAN, **asked))  # type: ignore[arg-type]
    return [hit.listing.country_code for hit in found.hits]


def test_own_goods_come_first_then_those_whose_parcel_costs_less(engine: str) -> None:
    listing_page(prices={"jo": 500})
    listing_page(prices={"jo": 500}, country_code="EG", cooperative_slug="siwa")
    listing_page(prices={"jo": 500}, **JORDAN)
    reindex()

    assert countries() == ["JO", "EG", "MA"]
    assert countries(text="honey") == ["JO", "EG", "MA"]


def test_own_goods_come_before_finer_ones_from_abroad(engine: str) -> None:
    listing_page(prices={"jo": 500}, quality_marks=["igp"], media=["a", "b", "c"])
    listing_page(prices={"jo": 500}, **JORDAN)
    reindex()

    assert countries() == ["JO", "MA"]


def test_what_fits_the_words_better_comes_first_from_wherever(engine: str) -> None:
    listing_page("saffron", prices={"jo": 500})
    listing_page(prices={"jo": 500}, descriptions={"en": "Good with saffron."}, **JORDAN)
    reindex()

    assert countries(text="saffron") == ["MA", "JO"]


def test_what_can_be_bought_comes_before_own_goods_that_are_sold_out(engine: str) -> None:
    listing_page(
        prices={"jo": 500}, available=0, published_at=timezone.now(), quality_marks=["igp"],
        media=["a", "b", "c"], **JORDAN,
    )  # fmt: skip
    listing_page(prices={"jo": 500}, country_code="EG", cooperative_slug="siwa")
    reindex()

    assert countries() == ["EG", "JO"]
    assert countries(in_stock=True) == ["EG"]


def test_goods_are_found_by_country(engine: str) -> None:
    listing_page(prices={"jo": 500})
    listing_page(prices={"jo": 500}, **JORDAN)
    reindex()

    assert countries(countries=("MA",)) == ["MA"]
    found = search(SearchQuery(market="jo", language="fr", countries=("MA",)))
    assert {(f.value, f.label, f.count) for f in found.facets["countries"]} == {
        ("JO", "Jordanie", 1),
        ("MA", "Maroc", 1),
    }


def test_both_backends_order_alike(elasticsearch: None) -> None:
    chance = random.Random(5)
    assorted_listings(60, chance)
    scores = []
    for name in ("postgres", "elasticsearch"):
        with backend_named(name):
            reindex()
            near = (("EG", 0.25), ("MA", 0.1), ("TN", 1.0))
            query = SearchQuery(text="miel", nearness=near, page_size=100, is_fair=False)
            scores.append([round(hit.score, 3) for hit in search(query).hits])

    assert scores[0] == scores[1]
    assert len(set(scores[0])) > 2


def test_documents_of_an_earlier_version_get_their_country_and_reviews() -> None:
    # given an index as it was before these were stored, with a document whose listing is gone
    pages = [listing_page(), listing_page(**JORDAN), listing_page(country_code="EG")]
    gone = listing_page()
    reindex()
    gone.delete()
    for document in SearchDocument.objects.all():
        document.facts = bytes(document.facts)[: -2 - 8 - 4]
        document.save(update_fields=["facts"])
    FacetValue.objects.filter(facet="countries").delete()

    with connection.cursor() as cursor:
        for name in ("0005_countries", "0006_ratings"):
            migration = import_module(f"search.migrations.{name}").Migration
            for statement in migration.operations[0].sql:
                cursor.execute(statement)

    documents = build_documents([page.listing_id for page in pages])
    assert len(documents) == len(pages)
    assert backend().differing(documents) == []
    assert len({len(bytes(d.facts)) for d in SearchDocument.objects.all()}) == 1
