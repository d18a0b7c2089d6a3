"""What strangers type is shown to nobody unread: not in suggestions, not to cooperatives."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from catalog.categories import find_category
from catalog.models import ListingPage
from catalog.taxonomy import find_listing_type
from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry
from search import autocomplete, query_log
from search.blocked_phrases import block_phrase, blocked_phrases, unblock_phrase
from search.catalogue_words import catalogue_spelling
from search.errors import NothingToBlock
from search.indexing.index import reindex, update
from search.language.normalizing import STOP_WORDS, normalize
from search.models import BlockedPhrase, SearchTally, SeenVisit, VisitorKey
from search.query import SearchQuery
from search.results import Hit
from search.search import search
from tests.factories.listings import listing_page
from vendors import geography

pytestmark = pytest.mark.django_db
BY = Actor.system("test")
BROWSER = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"


@pytest.fixture
def honey() -> ListingPage:
    page = listing_page(
        "honey-thyme",
        cooperative_slug="timzit",
        cooperative_names={"ar": "تعاونية تيمزيت", "fr": "Coopérative Timzit"},
        descriptions={"fr": "Protège la ruche des voleurs de miel."},
    )
    reindex()
    return page


def searched(text: str, *, visitors: int = 3, headers: dict[str, str] | None = None) -> None:
    """Each from an address of its own, with the headers of a browser unless others are given."""
    for n in range(visitors):
        answer = Client().get(
            reverse("storefront:search", kwargs={"market": "ma", "language": "fr"}),
            {"q": text},
            headers={"User-Agent": BROWSER, **(headers or {})},
            REMOTE_ADDR=f"192.0.2.{n + 1}",
        )
        assert answer.status_code == 200


def offered(prefix: str, *, language: str = "fr") -> list[str]:
    found = autocomplete.suggestions(prefix, language=language, market="ma")
    return [one.value for one in found if one.kind == "query"]


def test_what_several_searched_is_offered_as_the_catalogue_spells_it(honey: ListingPage) -> None:
    searched("MIEL de Thym")

    searched("miel de thym de tafraout")

    assert offered("mie") == ["miel de thym", "miel de thym de tafraout"]
    assert offered("mie", language="ar") == []


def test_one_visitor_who_searches_again_and_again_is_one(honey: ListingPage) -> None:
    for _ in range(5):
        searched("miel de thym", visitors=1)
    searched("miel de thym", visitors=2)

    assert offered("miel") == []
    tally = SearchTally.objects.get()
    assert (tally.searches, tally.visitors) == (7, 2)


@pytest.mark.parametrize(
    "text",
    [
        "huile timzit voleurs",
        "miel voleurs",  # a description has the word: nobody reads that as a name
        "timzit voleurs",
        "miel de thym voleurs",
        "miel mieux chez les autres",
        "miel thmy",  # corrected
        "miel 0661",
        "miel https://evil.example",
        "miel <script>alert(1)</script>",
        "miel miel miel",
        "miel " * 12,
        "de la",
        "m\u0456el de thym",  # a Cyrillic letter
        "miel\u202etimzit\u202c idiots",
        "arnaqueurs",
    ],
)
def test_what_no_listing_says_is_offered_to_nobody(honey: ListingPage, text: str) -> None:
    searched(text, visitors=6)

    for prefix in {text[:2], text[:4], "mi", "hu", "ti", "arn"}:
        assert offered(prefix) == []
    assert query_log.queries_in_categories(since=timezone.localdate(), categories=["honey"]) == []


@pytest.mark.parametrize("text", ["mi\u200bel de thym", "\u202emiel de thym", "ｍｉｅｌ de thym"])
def test_invisible_marks_are_neither_kept_nor_shown(honey: ListingPage, text: str) -> None:
    searched(text)

    assert offered("mi") == ["miel de thym"]


def test_a_robot_and_a_page_fetched_ahead_are_not_counted(honey: ListingPage) -> None:
    robot = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
    searched("miel de thym", headers={"User-Agent": robot})
    searched("miel de thym", headers={"User-Agent": "curl/8.5.0"})
    searched("miel de thym", headers={"User-Agent": "python-requests/2.32"})
    searched("miel de thym", headers={"Sec-Purpose": "prefetch;prerender"})

    assert not SearchTally.objects.exists()
    assert not SeenVisit.objects.exists()


def test_a_listing_that_is_gone_takes_its_words_along(honey: ListingPage) -> None:
    searched("miel de thym")
    assert offered("mie") == ["miel de thym"]

    ListingPage.objects.filter(pk=honey.pk).update(is_published=False)
    update([honey.listing_id])
    autocomplete.offered_spelling.cache_clear()

    assert offered("mie") == []


def test_words_of_two_listings_together_are_not_offered(honey: ListingPage) -> None:
    listing_page("saffron", cooperative_slug="other", cooperative_names={"fr": "Taliouine"})
    reindex()
    searched("miel taliouine")

    assert offered("mie") == []


def test_a_blocked_phrase_is_offered_no_more_in_any_spelling(honey: ListingPage) -> None:
    searched("miel de thym")
    searched("miel timzit")
    assert set(offered("mie")) == {"miel de thym", "miel timzit"}

    phrase = block_phrase(text=" TIMZIT ", by=BY)

    assert offered("mie") == ["miel de thym"]
    told = query_log.queries_in_categories(since=timezone.localdate(), categories=["honey"])
    assert [row.text for row in told] == ["miel de thym"]
    unblock_phrase(phrase=phrase, by=BY)
    assert len(offered("mie")) == 2
    actions = AuditEntry.objects.filter(action__startswith="search.phrase")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "search.phrase_blocked",
        "search.phrase_unblocked",
    ]


def test_a_phrase_is_blocked_as_a_whole_and_once() -> None:
    block_phrase(text="huile timzit", by=BY)
    block_phrase(text="Huiles  Timzit", by=BY)

    assert BlockedPhrase.objects.count() == 1
    assert blocked_phrases().are_in("belle huile timzit")
    assert not blocked_phrases().are_in("timzit huile")
    assert not blocked_phrases().are_in("huile timzitane")


@pytest.mark.parametrize("text", ["", "  ", "\u200b", "!!!", "de la", "x" * 81])
def test_what_is_no_word_cannot_be_blocked(text: str) -> None:
    with pytest.raises(NothingToBlock):
        block_phrase(text=text, by=BY)


def test_visitors_are_told_apart_for_a_day_and_then_by_nobody(honey: ListingPage) -> None:
    searched("miel de thym", visitors=2)
    assert SeenVisit.objects.count() == 2
    kept = b"".join(bytes(seen.digest) for seen in SeenVisit.objects.all())
    assert b"192.0.2" not in kept
    searched("miel de timzit", visitors=1)
    # the same visitor's searches have nothing in common
    assert len({bytes(seen.digest) for seen in SeenVisit.objects.all()}) == 3

    key = bytes(VisitorKey.objects.get().key)
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        searched("miel de thym", visitors=1)

    assert bytes(VisitorKey.objects.get().key) != key
    assert SeenVisit.objects.count() == 1
    assert offered("mie") == ["miel de thym"]


def test_the_nightly_job_discards_the_key_where_nobody_searched(honey: ListingPage) -> None:
    searched("miel de thym", visitors=2)

    query_log.purge(today=timezone.localdate() + timedelta(days=1))

    assert not VisitorKey.objects.exists()
    assert not SeenVisit.objects.exists()


def test_a_click_counts_once_for_each_visitor(honey: ListingPage) -> None:
    searched("miel", visitors=1)
    address = reverse("storefront:search-chosen", kwargs={"market": "ma", "language": "fr"})
    for n in (1, 1, 1, 2):
        Client().post(address, {"q": "miel"}, REMOTE_ADDR=f"192.0.2.{n}")
    Client().post(address, {"q": "miel"}, headers={"User-Agent": "Googlebot/2.1"})

    assert SearchTally.objects.get().clicks == 2


@pytest.mark.parametrize(
    "text",
    ["06 61 22 33 44", "٠٦٦١٢٢٣٣٤٤", "0-6-6-1-2-2", "fatima＠example.org", "06\u200b61223344"],
)
def test_numbers_and_addresses_are_not_kept_however_written(honey: ListingPage, text: str) -> None:
    searched(text, visitors=1)

    assert not SearchTally.objects.exists()


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=st.lists(
        st.sampled_from(
            [
                *("miel", "thym", "timzit", "coopérative", "tafraout", "MIEL", "عسل", "honey"),
                *("de", "voleurs", "ﷺ", "\u202e", "\u200b", "mi\u00adel", "1", "<b>", "'"),
            ]
        )
        | st.text(max_size=8),
        max_size=10,
    ).map(" ".join)
)
def test_whatever_is_typed_only_words_of_a_listing_are_spelt(honey: ListingPage, text: str) -> None:
    hits = search(SearchQuery(text="miel", language="fr")).hits
    assert hits
    found = catalogue_spelling(normalize(text), [hit.listing for hit in hits])
    spelt = found.text if found else ""

    known = {normalize(word) for word in words_of(hits[0])} | STOP_WORDS
    assert all(normalize(word) in known for word in spelt.split())
    assert spelt.isprintable()
    assert not set("<>&\"'@") & set(spelt)


def words_of(hit: Hit) -> set[str]:
    page = hit.listing
    texts = [*page.names.values(), *page.cooperative_names.values(), *page.place_names.values()]
    texts += ["Miel et sirops", "Miels", "العسل", "Honey and syrups", "Souss-Massa", "سوس ماسة"]
    texts += [*category_texts(page)]
    return {word for text in texts for word in text.split()}


def category_texts(page: ListingPage) -> list[str]:
    named = [find_category(page.category_slug), find_listing_type(page.taxonomy_slug)]
    texts = [each.name(language) for each in named if each for language in ("ar", "fr", "en")]
    return texts + [geography.region_name(page.region_code, lang) for lang in ("ar", "fr", "en")]


def test_a_search_takes_no_more_queries_than_one_to_count_it(honey: ListingPage) -> None:
    searched("miel", visitors=1)
    with CaptureQueriesContext(connection) as queries:
        searched("miel", visitors=1)

    counting = [query for query in queries if "search_seenvisit" in query["sql"]]
    assert len(counting) == 1
