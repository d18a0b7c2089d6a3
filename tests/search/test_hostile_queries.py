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
