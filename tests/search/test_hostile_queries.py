"""Hostile queries find something or nothing, and never fail."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.backends import backend
from search.indexing.index import reindex
from search.query import SearchQuery
from search.search import search
from tests.factories.assortment import assorted_listings
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


@given(
    text=st.one_of(
        st.text(max_size=400),
        st.sampled_from(
            [
                "a" * 10_000,
                "miel " * 3000,
                "\x00\x1f\u202e\u2066miel",
                "miel' OR 1=1; DROP TABLE search_posting; --",
                '{"query": {"match_all": {}}}',
                "name:miel AND (NOT _id:*)~2^9 /.*/ [* TO *]",
                "(a+)+$ .*.*.*.*",
                '"' * 5000 + "«" * 100 + "miel" + '" "' * 60,
                "م" * 300,
                "ـــــ َُِّ",
            ]
        ),
    ),
    values=st.lists(st.text(max_size=20), max_size=200),
    low=st.one_of(st.none(), st.integers(min_value=-(2**63), max_value=2**63 - 1)),
)
@settings(
    max_examples=40,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_hostile_queries_do_not_fail(
    engine: str, text: str, values: list[str], low: int | None
) -> None:
    if not backend().count():
        assorted_listings(3, random.Random(1))
        reindex()

    found = search(
        SearchQuery(text=text, regions=tuple(values), marks=tuple(values), price_min_minor=low)
    )

    assert found.total <= 3
    assert search(SearchQuery(text=text, page=10**9)).page <= 3
    assert search(SearchQuery(text="miel", after=text)).total >= 0


_ODD = (
    st.text(max_size=300)
    | st.text(alphabet="ابتةىء ـَُِّ ١٢٣ abé'\"\\%_*?()[]{}&|!:<>~^", max_size=200)
    | st.sampled_from(
        [
            "a" * 10_000,
            "\u202e\u202dعسل\u2066\u2069",
            "\x00\x01\x1f\x7f",
            "'; DROP TABLE search_posting; --",
            "' | ' & ! ( :* <-> )",
            "(a+)+$" * 50,
            "<script>alert(1)</script>",
            " ".join(f"w{n}" for n in range(3000)),
            "9" * 400 + " dh",
            "entre 1 et 2 et 3 dh < > <=",
        ]
    )
)


@given(text=_ODD, page=st.integers(-5, 10**9), after=st.text(max_size=60))
def test_whatever_is_typed_finds_something_or_nothing(text: str, page: int, after: str) -> None:
    found = search(SearchQuery(text=text, page=page, after=after))

    assert found.total >= len(found.hits) >= 0


def test_hundreds_of_filters_are_bounded() -> None:
    listing_page("saffron")
    reindex()
    many = tuple(f"value-{n}" for n in range(500))

    found = search(
        SearchQuery(categories=many, regions=many, marks=many, cooperatives=many, page_size=10**6)
    )

    assert found.total == 0
    assert max(len(choices) for choices in found.facets.values()) <= 40
