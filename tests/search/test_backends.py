"""Both backends keep one contract: the same listings in the same order, exact counts, firm pages.

On a real server: TWIZA_TEST_ELASTICSEARCH_URL=… (and _PLAIN=0 if it is Elasticsearch's own).
"""

import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.exceptions import ImproperlyConfigured
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.models import ListingOffer, ListingPage
from search import checks
from search.backends import backend, backend_named
from search.backends.elastic.server import live_indexes, server
from search.backends.elastic.writing import ElasticBuild
from search.errors import SearchServerUnavailable
from search.indexing import document_builder
from search.indexing import index as indexing
from search.indexing.grouping import Grouped
from search.indexing.index import compare, reindex, sweep, update
from search.indexing.materials import materials_in
from search.language.price_parsing import read_prices
from search.models import Generation
from search.query import SearchQuery
from search.results import SearchResults
from search.search import search
from tests.factories.listings import LONG_AGO, listing_page

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


# Each facet is chosen from in one question of five.
CHOICES = {
    name: st.one_of(
        *[st.just(())] * 4,
        st.lists(st.sampled_from(values), min_size=1, max_size=2, unique=True).map(tuple),
    )
    for name, values in VALUES.items()
}
PRICES = st.one_of(st.none(), st.none(), st.integers(500, 9000))
QUESTIONS = st.builds(
    SearchQuery,
    text=st.sampled_from(TEXTS),
    market=st.sampled_from(("ma", "ma", "eu")),
    in_stock=st.sampled_from((False, False, False, True)),
    price_min_minor=PRICES,
    price_max_minor=PRICES,
    page_size=st.just(100),
    **CHOICES,  # type: ignore[arg-type]
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


def test_counts_are_those_of_counting_one_by_one(engine: str) -> None:
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

    @settings(
        max_examples=QUERIES,
        derandomize=True,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow],
    )
    @given(query=QUESTIONS)
    def counts_are_exact(query: SearchQuery) -> None:
        found = search(query)
        # what the words match is what is found without a filter
        if (key := (query.text, query.market)) not in matching:
            words = SearchQuery(key[0], market=key[1], page_size=100, reads_prices=False)
            matching[key] = set(ids(search(words)))
        here = [page for page in shown if page.pk in matching[key]]
        asked = query
        if query.price_max_minor is None:
            read = read_prices(query.text, query.market)
            asked = replace(query, price_max_minor=read.highest)
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
    {"sort": "dearest"},
    {"text": "miel", "regions": ("MA-12",)},
    {"text": "un deux trois quatre cinq miel six sept huit neuf"},
)


def told(found: SearchResults) -> dict[str, object]:
    return {
        "hits": sorted((round(hit.score, 3), str(hit.listing.pk)) for hit in found.hits),
        "order": [round(hit.score, 3) for hit in found.hits],
        "total": found.total,
        "facets": {
            name: {(f.value, f.count, f.selected) for f in choices}
            for name, choices in found.facets.items()
        },
        "prices": [(p.lowest, p.highest, p.count) for p in found.prices],
        "range": found.price_range_minor,
        "stock": found.in_stock_count,
        "without": set(found.suggestions),
        "relaxed": (found.relaxed, bool(found.dropped)),
        "corrected": found.corrected,
        "offered": found.offered,
    }


def on_both(query: SearchQuery) -> list[dict[str, object]]:
    answers = []
    for name in ("postgres", "elasticsearch"):
        with backend_named(name):
            answers.append(told(search(replace(query, page_size=100, is_fair=False))))
    return answers


def test_both_answer_alike(elasticsearch: None) -> None:
    stock(90, random.Random(11))
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


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ('"tapis rouge"', {"Tapis rouge de Tazenakht"}),
        ("« tapis rouges » laine", {"Tapis rouge de Tazenakht"}),
        ("“tapis de laine”", {"Tapis en laine rouge"}),
        ("tapis rouge", {"Tapis rouge de Tazenakht", "Tapis en laine rouge"}),
        ('"tapis', {"Tapis rouge de Tazenakht", "Tapis en laine rouge"}),
    ],
)
def test_words_in_quotation_marks_stand_side_by_side(
    engine: str, text: str, names: set[str]
) -> None:
    for name in ("Tapis rouge de Tazenakht", "Tapis en laine rouge"):
        listing_page("carpet-kilim", names={"fr": name}, descriptions={"fr": "laine"})
    reindex()

    found = search(SearchQuery(text=text))

    assert {hit.listing.names["fr"] for hit in found.hits} == names
    assert not found.relaxed


def test_a_phrase_that_no_name_has_is_no_dead_end(engine: str) -> None:
    listing_page("carpet-kilim", names={"fr": "Tapis rouge", "ar": "زربية حمراء"})
    reindex()

    found = search(SearchQuery(text="«rouge tapis»"))

    assert (found.total, found.relaxed, found.dropped) == (1, True, ("“rouge tapis”",))
    assert search(SearchQuery(text="«الزربية الحمراء»")).total == 1


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
def test_hostile_questions_get_an_answer(
    engine: str, text: str, values: list[str], low: int | None
) -> None:
    if not backend().count():
        stock(3, random.Random(1))
        reindex()

    found = search(
        SearchQuery(text=text, regions=tuple(values), marks=tuple(values), price_min_minor=low)
    )

    assert found.total <= 3
    assert search(SearchQuery(text=text, page=10**9)).page <= 3
    assert search(SearchQuery(text="miel", after=text)).total >= 0


def test_a_change_shows_and_a_loss_is_repaired(engine: str) -> None:
    # given an index in step
    pages = [listing_page("honey-thyme") for _ in range(3)]
    reindex()

    # when a listing leaves, it is no longer found
    ListingPage.objects.filter(pk=pages[0].pk).update(is_published=False)
    update([pages[0].pk])
    assert search(SearchQuery(text="miel")).total == 2

    # when it comes back unnoticed, the sweep notices
    ListingPage.objects.filter(pk=pages[0].pk).update(is_published=True)
    assert sweep() == 1
    assert search(SearchQuery(text="miel")).total == 3

    # when the whole index is lost, nothing is found, and the sweep builds it anew
    lose(engine)
    assert search(SearchQuery(text="miel")).total == 0
    assert sweep() == 3
    assert search(SearchQuery(text="miel")).total == 3
    assert sweep() == 0


def test_what_the_index_tells_otherwise_is_found_and_mended(engine: str) -> None:
    pages = [listing_page("honey-thyme") for _ in range(3)]
    reindex()
    assert compare() == 0

    # when a name and a price change and nobody tells the index
    ListingPage.objects.filter(pk=pages[0].pk).update(names={"fr": "Nectar des cimes"})
    ListingOffer.objects.filter(page=pages[1]).update(amount_minor=777)
    assert search(SearchQuery(text="nectar")).total == 0

    assert compare() == 2
    assert search(SearchQuery(text="nectar")).total == 1
    assert search(SearchQuery(price_max_minor=777)).total == 1
    assert compare() == 0


def test_the_doctor_sees_what_is_told_otherwise(engine: str) -> None:
    def told() -> list[tuple[str, str]]:
        return [(found.mark, found.check) for found in checks.index()]

    page = listing_page("honey-thyme")
    listing_page("saffron")
    reindex()
    assert told() == [("good", "index"), ("good", "index contents")]

    ListingPage.objects.filter(pk=page.pk).update(names={"fr": "Nectar des cimes"})

    assert told() == [("good", "index"), ("warning", "index contents")]
    assert list(checks.index())[1].words.startswith("Of 2 listings checked, 1 differ ")
    compare()
    assert told() == [("good", "index"), ("good", "index contents")]


def lose(engine: str) -> None:
    if engine == "postgres":
        Generation.objects.all().delete()
        return
    for name in live_indexes():
        server().indices.delete(index=name)


def test_a_change_during_a_rebuild_is_not_lost(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = listing_page("honey-thyme")
    reindex()
    written = document_builder.written_batches

    def changed_meanwhile(*asked: Any, **how: Any) -> Iterator[Grouped]:
        for batch in written(*asked, **how):
            ListingPage.objects.filter(pk=page.pk).update(names={"fr": "Nectar des cimes"})
            update([page.pk])
            yield batch

    monkeypatch.setattr(indexing, "written_batches", changed_meanwhile)
    reindex()

    assert search(SearchQuery(text="nectar")).total == 1
    assert not Generation.objects.filter(is_live=False).exists()


def test_a_rebuild_that_fails_leaves_the_live_index(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    listing_page("honey-thyme")
    reindex()
    listing_page("saffron")

    def out_of_paper(*_args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(indexing, "_go_live", out_of_paper)
    with pytest.raises(OSError, match="no space"):
        reindex()

    assert search(SearchQuery(text="")).total == 1
    assert not Generation.objects.filter(is_live=False).exists()
    if engine == "elasticsearch":
        assert len(server().indices.get(index="twiza-test-*")) >= 1
        assert list(server().indices.get(index=f"{django_settings.ELASTICSEARCH_INDEX}*")) == (
            live_indexes()
        )


def test_a_build_that_was_killed_is_forgotten_after_a_day(engine: str) -> None:
    listing_page("honey-thyme")
    reindex()
    killed = backend().build()
    left = Generation.objects.filter(is_live=False)

    # a build of today may still be going on
    backend().tidy()
    assert left.count() == 1

    left.update(began_at=timezone.now() - timedelta(days=2))
    backend().tidy()
    assert not left.exists()
    if isinstance(killed, ElasticBuild):
        assert not server().indices.exists(index=killed.index)
    assert search(SearchQuery(text="miel")).total == 1


def test_an_unavailable_server_is_told_to_the_buyer(client: Client, settings: Any) -> None:
    settings.SEARCH_BACKEND = "elasticsearch"
    settings.ELASTICSEARCH_URL = "http://127.0.0.1:9"

    with pytest.raises(SearchServerUnavailable, match="try again"):
        search(SearchQuery(text=""))
    page = client.get("/ma/fr/search/", {"q": "miel"})
    assert page.status_code == 503
    assert "La recherche est indisponible" in page.content.decode()
    assert client.get("/ma/fr/search/suggest/", {"q": "miel"}).status_code == 503
    assert [(found.mark, found.check) for found in checks.index()] == [("broken", "index")]


def test_without_the_extra_its_backend_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for name in [name for name in sys.modules if name.startswith("search.backends.elastic")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "elasticsearch", None)

    with pytest.raises(ImproperlyConfigured, match=r"twiza\[elasticsearch\]"):
        import_string(django_settings.SEARCH_BACKENDS["elasticsearch"])
