"""Both backends find the same listings with the same scores and counts."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from search.backends import backend_named
from search.indexing.index import reindex
from search.query import SearchQuery
from search.results import SearchResults
from search.search import search
from tests.factories.assortment import VALUES, assorted_listings
from tests.factories.listings import LONG_AGO, listing_page

pytestmark = pytest.mark.django_db


SAME = (
    *({"text": text} for text in ("", "miel", "عسل الزعتر", "3sel z3tar", "safrqn", "xyzzyqq")),
    *(
        {"text": text}
        for text in ("tapis laine", "miel safran", "miel 500 g", "zit argan", "500 g")
    ),
    {"text": "عسل الخروب اوكالبتوس", "in_stock": True},
    {"text": "tapis kilim en laine", "kinds": ("women", "mixed")},
    {"regions": ("MA-01",), "marks": ("igp",)},
    {"text": "miel", "cooperatives": ("coop-1", "coop-2"), "price_max_minor": 5000},
    {"text": "sac cuir", "market": "eu", "sort": "cheapest"},
    {"sort": "newest", "price_min_minor": 4000},
    {"text": "miel", "ratings": ("4",)},
    {"sort": "dearest"},
    {"text": "miel", "regions": ("MA-12",)},
    {"text": "un deux trois quatre cinq miel six sept huit neuf"},
)


def shown(found: SearchResults) -> dict[str, object]:
    return {
        "hits": sorted((round(hit.score, 3), str(hit.listing.pk)) for hit in found.hits),
        "order": [round(hit.score, 3) for hit in found.hits],
        "total": found.total,
        "facets": {
            name: {(f.value, f.count, f.selected) for f in choices}
            for name, choices in found.facets.items()
        },
        "prices": [(p.lowest, p.highest, p.count) for p in found.price_ranges],
        "range": found.price_range_minor,
        "stock": found.in_stock_count,
        "without": set(found.droppable_filters),
        "relaxed": (found.is_relaxed, bool(found.missing_words)),
        "corrected": found.corrected_text,
        "offered": found.filter_suggestions,
    }


def on_both(query: SearchQuery) -> list[dict[str, object]]:
    answers = []
    for name in ("postgres", "elasticsearch"):
        with backend_named(name):
            answers.append(shown(search(replace(query, page_size=100, is_fair=False))))
    return answers


def test_both_find_the_same(elasticsearch: None) -> None:
    assorted_listings(90, random.Random(11))
    for name in ("postgres", "elasticsearch"):
        with backend_named(name):
            reindex()

    for asked in SAME:
        one, other = on_both(SearchQuery(**asked))  # type: ignore[arg-type]
        assert one == other, asked


def test_both_rank_alike_where_more_fit_than_are_read(elasticsearch: None) -> None:
    # given far more listings of one worth than a page and its surroundings
    chance = random.Random(7)
    for n in range(330):
        listing_page(
            "honey-thyme",
            prices={"ma": chance.randrange(10, 90) * 100},
            available=chance.choice((0, 3)),
            cooperative_slug=f"coop-{n % 40}",
            quality_marks=chance.sample(VALUES["marks"], chance.randrange(3)),
            published_at=LONG_AGO + timedelta(days=chance.randrange(200)),
            names={"fr": chance.choice(("Miel de thym", "Miel de thym fort et doux"))},
        )
    for name in ("postgres", "elasticsearch"):
        with backend_named(name):
            reindex()

    for sort in ("relevance", "newest", "cheapest"):
        scores = []
        for name in ("postgres", "elasticsearch"):
            with backend_named(name):
                found = search(SearchQuery(text="miel thym", page_size=30, sort=sort))
            scores.append([(h.listing.cooperative_slug, round(h.score, 3)) for h in found.hits])
        assert [s for _, s in scores[0]] == [s for _, s in scores[1]], sort
