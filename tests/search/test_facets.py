"""Counts are exact: whatever is asked, they equal counting one listing after the other."""

import random
from dataclasses import replace
from typing import Any

import pytest

from catalog.models import ListingPage
from search.index import reindex, update
from search.materials import materials_in
from search.queries import SearchQuery, SearchResults, search
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db

QUERIES = 1000
GOODS = ("honey-thyme", "honey-carob", "saffron", "carpet-kilim", "tagine-clay", "bag-leather")
REGIONS = ("MA-01", "MA-05", "MA-09")
PLACES = {"MA-01": "Tanger", "MA-05": "Beni Mellal", "MA-09": "Tafraout"}
VALUES = {
    "categories": ("honey", "spices", "rugs", "tableware", "leather"),
    "regions": REGIONS,
    "sectors": ("food", "handicrafts"),
    "marks": ("igp", "organic", "fair-trade"),
    "materials": ("wool", "clay", "leather"),
    "cooperatives": tuple(f"coop-{n}" for n in range(6)),
    "kinds": ("women", "youth", "mixed"),
    "ships_to": ("ma", "eu"),
}
TEXTS = ("", "", "miel", "عسل", "safran", "tapis laine", "miel zzz", "xyzzy", "moins de 60 dh")


def stock(count: int, chance: random.Random) -> list[ListingPage]:
    pages = []
    for _ in range(count):
        region = chance.choice(REGIONS)
        prices = {"ma": chance.randrange(1000, 9000), "eu": chance.randrange(100, 900)}
        for market in chance.choice(([], ["eu"], ["ma"])):
            del prices[market]
        pages.append(
            listing_page(
                chance.choice(GOODS),
                prices=prices,
                available=chance.choice((0, 3)),
                region_code=region,
                place_names={"fr": PLACES[region]},
                sector=chance.choice(VALUES["sectors"]),
                kind=chance.choice(VALUES["kinds"]),
                cooperative_slug=chance.choice(VALUES["cooperatives"]),
                quality_marks=chance.sample(VALUES["marks"], chance.randrange(3)),
                materials=chance.choice(("laine", "argile, laine", "cuir", "")),
            )
        )
    return pages


def values_of(page: ListingPage) -> dict[str, set[str]]:
    return {
        "categories": {page.category_slug},
        "regions": {page.region_code},
        "sectors": {page.sector},
        "kinds": {page.kind},
        "cooperatives": {page.cooperative_slug},
        "marks": set(page.quality_marks),
        "materials": set(materials_in(page.materials)),
        "ships_to": {offer.channel_slug.split("-")[0] for offer in page.offers.all()},
    }


def random_query(chance: random.Random) -> SearchQuery:
    chosen: dict[str, Any] = {
        name: tuple(chance.sample(values, chance.choice((1, 2))))
        for name, values in VALUES.items()
        if chance.random() < 0.2
    }
    if chance.random() < 0.3:
        chosen["price_max_minor"] = chance.randrange(500, 9000)
    if chance.random() < 0.2:
        chosen["price_min_minor"] = chance.randrange(500, 9000)
    return SearchQuery(
        text=chance.choice(TEXTS),
        market=chance.choice(("ma", "ma", "eu")),
        in_stock=chance.random() < 0.2,
        page_size=100,
        **chosen,
    )


def fits(page: ListingPage, query: SearchQuery, *, but: str = "") -> bool:
    values = values_of(page)
    offer = next(o for o in page.offers.all() if o.channel_slug.startswith(query.market))
    if any(
        name != but and getattr(query, name) and not values[name] & set(getattr(query, name))
        for name in VALUES
    ):
        return False
    low, high = query.price_min_minor or 0, query.price_max_minor
    if but != "price" and not low <= offer.amount_minor <= (10**9 if high is None else high):
        return False
    return but == "in_stock" or not query.in_stock or offer.available > 0


def test_counts_are_those_of_counting_one_by_one() -> None:
    # given listings of all sorts, some changed since the index was built
    chance = random.Random(20261126)
    pages = stock(60, chance)
    reindex()
    for page in pages[:8]:
        page.kind = "mixed"
        page.save()
    ListingPage.objects.filter(pk=pages[9].pk).update(is_published=False)
    update([page.pk for page in pages[:10]])
    shown = list(ListingPage.objects.filter(is_published=True).prefetch_related("offers"))
    matching: dict[tuple[str, str], set[object]] = {}

    for _ in range(QUERIES):
        query = random_query(chance)
        found = search(query)
        # what the words match is what is found without a filter
        if (key := (query.text, query.market)) not in matching:
            words = SearchQuery(*key[:1], market=key[1], page_size=100, reads_prices=False)
            matching[key] = set(ids(search(words)))
        here = [page for page in shown if page.pk in matching[key]]
        asked = query
        if "60" in query.text and query.price_max_minor is None:
            asked = replace(query, price_max_minor=6000)
        expected = [page for page in here if fits(page, asked)]

        assert {hit.listing.pk for hit in found.hits} == {page.pk for page in expected}
        assert found.total == len(expected)
        for name in VALUES:
            counted: dict[str, int] = {}
            for page in here:
                if fits(page, asked, but=name):
                    for value in values_of(page)[name]:
                        counted[value] = counted.get(value, 0) + 1
            told = {facet.value: facet.count for facet in found.facets[name] if facet.count}
            assert told == counted, (name, query)
        assert found.in_stock_count == sum(
            fits(page, replace(asked, in_stock=True)) for page in here
        )
        fit_prices = sum(fits(page, asked, but="price") for page in here)
        assert sum(step.count for step in found.prices) == fit_prices


def ids(found: SearchResults) -> list[object]:
    return [hit.listing.pk for hit in found.hits]


@pytest.mark.parametrize("sort", ["relevance", "newest", "cheapest", "dearest"])
def test_pages_neither_skip_nor_repeat_while_others_change(sort: str) -> None:
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


def test_no_cooperative_fills_a_page_while_others_fit_as_well() -> None:
    for n in range(8):
        listing_page("honey-thyme", cooperative_slug="big", available=50 + n)
    for n in range(8):
        listing_page("honey-thyme", cooperative_slug=f"small-{n}", available=0)
    reindex()

    shown = [
        hit.listing.cooperative_slug for hit in search(SearchQuery(text="miel", page_size=8)).hits
    ]
    unfair = search(SearchQuery(text="miel", page_size=8, is_fair=False)).hits

    assert shown.count("big") == 4
    assert [hit.listing.cooperative_slug for hit in unfair] == ["big"] * 8


def test_a_new_cooperative_gets_one_place_and_no_more() -> None:
    from django.utils import timezone

    for n in range(10):
        listing_page("honey-thyme", cooperative_slug=f"old-{n}", available=5)
    for _ in range(3):
        listing_page(
            "honey-thyme", cooperative_slug="new", available=0, published_at=timezone.now()
        )
    reindex()

    shown = [
        hit.listing.cooperative_slug for hit in search(SearchQuery(text="miel", page_size=10)).hits
    ]

    assert shown.index("new") == 5
    assert shown.count("new") == 1
