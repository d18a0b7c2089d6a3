"""Reviews in search: a filter of four stars and more, and the weakest signal of the order."""

import pytest
from django.utils import timezone

from search.indexing.index import reindex, update
from search.query import SearchQuery
from search.ranking.signals import WEIGHTS, rating_signal
from search.search import search
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


def found(**asked: object) -> list[object]:
    query = SearchQuery(is_fair=False, **asked)  # type: ignore[arg-type]
    return [hit.listing.pk for hit in search(query).hits]


def test_the_filter_leaves_four_stars_and_more(engine: str) -> None:
    good = listing_page(score=400, review_count=5)
    listing_page(score=399, review_count=5)
    listing_page()
    reindex()

    assert found(ratings=("4",)) == [good.pk]
    facet = search(SearchQuery(language="fr")).facets["ratings"]
    assert [(each.value, each.count) for each in facet] == [("4", 1)]
    # A score that changed is found at once.
    good.score = 390
    good.save()
    update([good.pk])
    assert found(ratings=("4",)) == []


def test_a_score_decides_among_equals_and_never_against_what_fits_or_is_in_stock(
    engine: str,
) -> None:
    now = timezone.now()
    bad = listing_page(score=120, review_count=9, published_at=now)
    good = listing_page(score=480, review_count=9, published_at=now)
    new = listing_page(published_at=now)
    sold_out = listing_page(score=500, review_count=9, available=0, published_at=now)
    saffron = listing_page("saffron", score=500, review_count=9, published_at=now)
    reindex()

    assert found(text="honey") == [good.pk, new.pk, bad.pk, sold_out.pk]
    assert saffron.pk not in found(text="honey")


def test_no_signal_is_weaker_and_what_nobody_reviewed_ranks_like_four_stars() -> None:
    assert min(WEIGHTS, key=lambda name: WEIGHTS[name]) == "rating"
    assert sum(WEIGHTS.values()) == pytest.approx(1)
    assert rating_signal(None) == rating_signal(400)
