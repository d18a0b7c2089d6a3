"""What a buyer finds: spelling, typing slips, both scripts, facets, prices, what hides the rest."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import ListingPage
from search.backends import backend
from search.handlers import on_listing_pages_changed, on_sale_counted
from search.indexing.index import reindex, update
from search.models import SearchWord
from search.query import SearchQuery
from search.results import SearchResults
from search.search import search
from tests.factories.listings import LONG_AGO, listing_page

pytestmark = pytest.mark.django_db


def found(text: str = "", **choices: object) -> list[str]:
    """Taxonomy slugs of the hits, best first."""
    return [hit.listing.taxonomy_slug for hit in results_of(text, **choices).hits]


def results_of(text: str = "", **choices: object) -> SearchResults:
    return search(SearchQuery(text=text, **choices))  # type: ignore[arg-type]


def stock(*taxonomy: str, **fields: object) -> None:
    for slug in taxonomy:
        listing_page(slug, **fields)  # type: ignore[arg-type]
    reindex()


@pytest.mark.parametrize(
    ("text", "taxonomy"),
    [
        ("زيت اركان الغذائيه", "argan-oil-culinary"),
        ("الزَّعفران", "saffron"),
        ("زعفــران", "saffron"),
        ("بالزعفران", "saffron"),
        ("SAFRAN", "saffron"),
        ("noix decortiquees", "walnuts-shelled"),
        ("thyme honey", "honey-thyme"),
        ("miel de thym", "honey-thyme"),
        ("Huile d’argan alimentaire", "argan-oil-culinary"),
    ],
)
def test_spellings_do_not_matter(text: str, taxonomy: str) -> None:
    stock("argan-oil-culinary", "saffron", "walnuts-shelled", "honey-thyme", "tagine-clay")

    assert found(text)[0] == taxonomy


@pytest.mark.parametrize(
    ("text", "taxonomy", "corrected"),
    [
        ("زعفرن", "saffron", "زعفران"),
        ("safrqn", "saffron", "safran"),
        ("meil de thym", "honey-thyme", "miel de thym"),
    ],
)
def test_a_typo_is_corrected_and_said(text: str, taxonomy: str, corrected: str) -> None:
    stock("saffron", "honey-thyme", "tagine-clay")

    results = results_of(text)

    assert results.hits[0].listing.taxonomy_slug == taxonomy
    assert results.corrected_text == corrected


@pytest.mark.parametrize(
    ("text", "taxonomy"),
    [("zit argan", "argan-oil-culinary"), ("zitoun", "table-olives"), ("7sir", "mat-rush")],
)
def test_darija_in_latin_letters_meets_arabic(text: str, taxonomy: str) -> None:
    stock("argan-oil-culinary", "table-olives", "mat-rush", "saffron")

    assert found(text)[0] == taxonomy


def test_nothing_is_found_for_nonsense_and_everything_for_no_text() -> None:
    stock("saffron", "honey-thyme")

    assert results_of("xyzzyqq").total == 0
    assert results_of("%_\\").total == 0
    assert results_of("' OR 1=1 --").total == 0
    assert results_of("").total == 2
    assert results_of("ا" * 5000).total == 0


def test_when_no_listing_has_all_words_those_with_most_are_shown_and_it_is_said() -> None:
    stock("honey-thyme", "honey-carob", "saffron")

    results = results_of("miel de thym volcanique")

    assert results.is_relaxed
    assert results.hits[0].listing.taxonomy_slug == "honey-thyme"
    assert not results_of("miel de thym").is_relaxed


def test_a_facets_own_choice_does_not_hide_its_siblings() -> None:
    # given honey in two regions, saffron in one
    stock("honey-thyme", region_code="MA-09")
    stock("honey-carob", region_code="MA-05", quality_marks=["organic", "igp"])
    stock("saffron", region_code="MA-05", kind="youth", quality_marks=["igp"])

    results = results_of("", regions=("MA-05",), categories=("honey",), language="fr")

    counts = {
        name: {f.value: (f.count, f.selected) for f in choices}
        for name, choices in results.facets.items()
    }
    # hits fit both choices
    assert [hit.listing.taxonomy_slug for hit in results.hits] == ["honey-carob"]
    assert results.total == 1
    # the region's facet counts honey in every region, the category's everything in the region
    assert counts["regions"] == {"MA-05": (1, True), "MA-09": (1, False)}
    assert counts["categories"] == {"honey": (1, True), "spices": (1, False)}
    # the others count what fits both
    assert counts["marks"] == {"organic": (1, False), "igp": (1, False)}
    assert counts["kinds"] == {"women": (1, False)}
    label = next(f.label for f in results.facets["regions"] if f.value == "MA-05")
    assert label == "Béni Mellal-Khénifra"


def test_two_choices_of_one_facet_are_alternatives() -> None:
    stock("honey-thyme", "saffron", "carpet-kilim")

    assert results_of("", categories=("honey", "spices")).total == 2


def test_a_choice_without_hits_stays_visible_and_droppable_filters_are_named() -> None:
    stock("honey-thyme", region_code="MA-09")

    results = results_of("miel", regions=("MA-01",), price_max_minor=9000)

    assert results.total == 0
    assert [(f.value, f.count, f.selected) for f in results.facets["regions"]] == [
        ("MA-01", 0, True),
        ("MA-09", 1, False),
    ]
    assert results.droppable_filters == [("regions", 1)]


def test_prices_and_stock_are_the_markets_own() -> None:
    listing_page("honey-thyme", prices={"ma": 9500, "eu": 1200})
    listing_page("honey-carob", prices={"ma": 5000}, available=0)
    reindex()

    assert results_of("", market="eu").total == 1
    assert found("", price_min_minor=6000) == ["honey-thyme"]
    assert found("", price_max_minor=6000) == ["honey-carob"]
    assert found("", in_stock=True) == ["honey-thyme"]
    assert found("", sort="cheapest") == ["honey-carob", "honey-thyme"]
    assert found("", sort="dearest") == ["honey-thyme", "honey-carob"]
    assert results_of("").price_range_minor == (5000, 9500)
    hit = results_of("", market="eu").hits[0]
    assert (hit.offer.amount_minor, hit.offer.currency) == (1200, "EUR")


def test_newest_first_and_unknown_orders_are_relevance() -> None:
    listing_page("honey-thyme", published_at=LONG_AGO)
    listing_page("honey-carob", published_at=LONG_AGO + timedelta(days=1))
    reindex()

    assert found("", sort="newest") == ["honey-carob", "honey-thyme"]
    assert len(found("miel", sort="nonsense")) == 2


def test_pages_stop_at_the_last_one() -> None:
    stock(*["honey-thyme"] * 5)

    results = results_of("miel", page=9, page_size=2)

    assert (results.page, results.pages, results.total, len(results.hits)) == (3, 3, 5, 1)


def test_what_sells_comes_first_among_equals() -> None:
    quiet = listing_page("honey-thyme")
    sold = listing_page("honey-thyme")
    reindex()
    for _ in range(2):
        on_sale_counted({"listing_id": str(sold.pk), "market": "ma", "quantity": 3})

    assert [hit.listing.pk for hit in results_of("miel de thym").hits] == [sold.pk, quiet.pk]


def test_the_index_follows_the_read_model() -> None:
    page = listing_page("honey-thyme")
    assert update([page.pk]) == 1
    assert found("miel") == ["honey-thyme"]

    # a new name is found, the old one is not, doubled hints do no harm
    page.names = {"fr": "Nectar des cimes"}
    page.taxonomy_slug, page.category_slug = "", "other"
    page.save()
    for _ in range(2):
        on_listing_pages_changed({"listing_ids": [str(page.pk)]})
    assert results_of("nectar").total == 1
    assert results_of("miel").total == 0

    # what leaves the shop leaves the search
    ListingPage.objects.filter(pk=page.pk).update(is_published=False)
    on_listing_pages_changed({"listing_ids": [str(page.pk)]})
    assert backend().count() == 0


def test_reindex_builds_everything_anew() -> None:
    stock("honey-thyme", "saffron")
    SearchWord.objects.all().delete()

    call_command("reindex")

    assert backend().count() == 2
    assert found("safran") == ["saffron"]


def test_a_listing_with_words_asked_for_before_is_found_when_it_comes() -> None:
    stock("honey-thyme", "saffron")
    before = results_of("miel de thym").total

    new = listing_page("honey-thyme")
    on_listing_pages_changed({"listing_ids": [str(new.pk)]})

    assert results_of("miel de thym").total == before + 1


def test_a_search_takes_a_fixed_number_of_queries() -> None:
    stock(*["honey-thyme"] * 12)
    results_of("miel de thym")

    with CaptureQueriesContext(connection) as queries:
        results_of("miel", page_size=12)

    assert len(queries) <= 6


def test_a_search_that_fails_leaves_nothing_for_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    stock("honey-thyme", "saffron")
    before = [(hit.listing.pk, hit.score) for hit in results_of("miel de thym").hits]

    def out_of_memory(*_args: object) -> None:
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr("search.backends.postgres.scoring._matching", out_of_memory)
        with pytest.raises(MemoryError):
            results_of("miel de thym")

    assert [(hit.listing.pk, hit.score) for hit in results_of("miel de thym").hits] == before
