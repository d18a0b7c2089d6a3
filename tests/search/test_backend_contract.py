"""The contract of both backends: exact counts, and pages that neither skip nor repeat.

On a real server: TWIZA_TEST_ELASTICSEARCH_URL=… (and _PLAIN=0 if it is Elasticsearch's own).
"""

import random
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.markets import market_of
from catalog.models import ListingPage
from search.indexing.index import reindex, update
from search.indexing.materials import materials_of
from search.language.price_parsing import parse_prices
from search.query import SearchQuery
from search.results import SearchResults
from search.search import search
from tests.factories.assortment import VALUES, assorted_listings
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db

QUERIES = 1000
TEXTS = ("", "", "miel", "عسل", "safran", "tapis laine", "miel zzz", "xyzzy", "moins de 60 dh")
# By facet.
Values = dict[str, set[str]]


def values_of(page: ListingPage) -> Values:
    return {
        "categories": {page.category_slug},
        "countries": {page.country_code},
        "regions": {page.region_code},
        "sectors": {page.sector},
        "kinds": {page.kind},
        "cooperatives": {page.cooperative_slug},
        "marks": set(page.quality_marks),
        "materials": set(materials_of(page.material_codes, page.own_materials.values())),
        "ratings": {"4"} if page.score and page.score >= 400 else set(),
        "ships_to": {offer.channel_slug.split("-")[0] for offer in page.offers.all()},
    }


# Each facet is chosen from in one query of five.
CHOICES = {
    name: st.one_of(
        *[st.just(())] * 4,
        st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple),
    )
    for name, values in VALUES.items()
}
PRICES = st.one_of(st.none(), st.none(), st.integers(500, 9000))
RANDOM_QUERIES = st.builds(
    SearchQuery,
    text=st.sampled_from(TEXTS),
    market=st.sampled_from(("ma", "ma", "eu")),
    in_stock=st.sampled_from((False, False, False, True)),
    price_min_minor=PRICES,
    price_max_minor=PRICES,
    page_size=st.just(100),
    **CHOICES,
)


def refused_by(page: ListingPage, values: Values, query: SearchQuery) -> set[str]:
    """What a page does not fit of a query: facets, the price, being in stock."""
    offer = next(o for o in page.offers.all() if o.channel_slug.startswith(query.market))
    refused = {
        name
        for name in VALUES
        if getattr(query, name) and not values[name] & set(getattr(query, name))
    }
    low, high = query.price_min_minor or 0, query.price_max_minor
    if not low <= offer.amount_minor <= (10**9 if high is None else high):
        refused.add("price")
    if query.in_stock and not offer.available > 0:
        refused.add("in_stock")
    return refused


def test_counts_are_those_of_counting_one_by_one(engine: str) -> None:
    # given listings of all sorts, some changed since the index was built
    chance = random.Random(20261126)
    pages = assorted_listings(60, chance)
    reindex()
    for page in pages[:8]:
        page.kind = "mixed"
        page.save()
    ListingPage.objects.filter(pk=pages[9].pk).update(is_published=False)
    update([page.pk for page in pages[:10]])
    shown = list(ListingPage.objects.filter(is_published=True).prefetch_related("offers"))
    values = {page.pk: values_of(page) for page in shown}
    matching: dict[tuple[str, str], set[object]] = {}

    @settings(
        max_examples=QUERIES,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(query=RANDOM_QUERIES)
    def counts_are_exact(query: SearchQuery) -> None:
        found = search(query)
        # what the words match is what is found without a filter
        if (key := (query.text, query.market)) not in matching:
            words = SearchQuery(key[0], market=key[1], page_size=100, parses_prices=False)
            matching[key] = set(ids(search(words)))
        here = [page for page in shown if page.pk in matching[key]]
        effective = query
        if query.price_max_minor is None:
            read = parse_prices(query.text, market_of(query.market).currency)
            effective = replace(query, price_max_minor=read.highest)
        refused = {page.pk: refused_by(page, values[page.pk], effective) for page in here}
        expected = [page for page in here if not refused[page.pk]]

        assert {hit.listing.pk for hit in found.hits} == {page.pk for page in expected}
        assert found.total == len(expected)
        for name in VALUES:
            counted: dict[str, int] = {}
            for page in here:
                if refused[page.pk] <= {name}:
                    for value in values[page.pk][name]:
                        counted[value] = counted.get(value, 0) + 1
            facets = {facet.value: facet.count for facet in found.facets[name] if facet.count}
            assert facets == counted, (name, query)
        assert found.in_stock_count == sum(
            not refused_by(page, values[page.pk], replace(effective, in_stock=True))
            for page in here
        )
        fit_prices = sum(refused[page.pk] <= {"price"} for page in here)
        assert sum(step.count for step in found.price_ranges) == fit_prices

    counts_are_exact()


def ids(found: SearchResults) -> list[object]:
    return [hit.listing.pk for hit in found.hits]


@pytest.mark.parametrize("sort", ["relevance", "newest", "cheapest", "dearest"])
def test_pages_neither_skip_nor_repeat_while_others_change(engine: str, sort: str) -> None:
    # given five pages, some of one cooperative that fairness holds back
    chance = random.Random(5)
    pages = [
        listing_page(
            "honey-thyme",
            prices={"ma": chance.randrange(1000, 9000)},
            cooperative_slug=chance.choice(("big", "big", "big", "small", "tiny")),
        )
        for _ in range(50)
    ]
    reindex()
    steady = {page.pk for page in pages[5:]}
    changing = pages[:5]

    # when others come, go and change between one page and the next
    seen: list[object] = []
    found = search(SearchQuery(text="miel", page_size=10, sort=sort))
    seen += ids(found)
    while found.next_page:
        listing_page("honey-thyme", prices={"ma": chance.randrange(1000, 9000)})
        if changing:
            ListingPage.objects.filter(pk=changing.pop().pk).update(is_published=False)
        new = ListingPage.objects.order_by("-updated_at").first()
        update([page.pk for page in pages[:5]] + ([new.pk] if new else []))
        found = search(SearchQuery(text="miel", page_size=10, sort=sort, after=found.next_page))
        seen += ids(found)

    # then each of the unchanged ones was shown exactly once
    assert sorted(str(pk) for pk in seen if pk in steady) == sorted(map(str, steady))
