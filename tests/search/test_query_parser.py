"""What is found for queries as people here write them."""

import csv
from pathlib import Path

import pytest

from catalog.taxonomy import listing_types
from search.indexing.index import reindex
from search.language.filter_mentions import filter_mentions
from search.language.normalizing import query_tokens
from search.query import SearchQuery
from search.ranking.misspelling import spelling_variants, with_typo
from search.results import SearchResults
from search.search import search
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


def results_of(text: str, **choices: object) -> SearchResults:
    return search(SearchQuery(text=text, **choices))  # type: ignore[arg-type]


def first(text: str) -> str:
    hits = results_of(text).hits
    return hits[0].listing.taxonomy_slug if hits else ""


@pytest.fixture
def every_listing_type() -> None:
    """A shop that sells each kind of goods once."""
    for slug in listing_types():
        listing_page(slug)
    reindex()


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("gergaa", "walnuts-shelled"),
        ("كركاع", "walnuts-shelled"),
        ("atay na3na3", "mint-dried"),
        ("burnous", ""),
        ("l3sel dyal z3tar", "honey-thyme"),
        ("ras el 7anout", "ras-el-hanout"),
        ("ماورد", "rose-water"),
        ("zerbiya sofa", "carpet-knotted-wool"),
        ("tapis laine", "carpet-knotted-wool"),
        ("rug wool", "carpet-knotted-wool"),
        ("couverture صوف", "wool-blanket"),
        ("huile d argan cosmetique", "argan-oil-cosmetic"),
        ("savon noir", "black-soap"),
        ("amande", "almonds-shelled"),
        ("kaftan", "caftan"),
    ],
)
def test_words_of_several_languages_and_scripts(
    every_listing_type: None, text: str, slug: str
) -> None:
    assert first(text) == slug


def test_oil_of_argan_is_found_for_either_use(every_listing_type: None) -> None:
    hits = results_of("zwita argan").hits[:2]

    assert {hit.listing.taxonomy_slug for hit in hits} == {
        "argan-oil-culinary",
        "argan-oil-cosmetic",
    }


def test_arabic_spellings_of_a_query_find_the_same(every_listing_type: None) -> None:
    # given every name of goods, in five spellings
    asked_of, same = 0, 0
    for good in listing_types().values():
        plain = [hit.listing.pk for hit in results_of(good.name_ar, page_size=10).hits]
        for text in spelling_variants(good.name_ar):
            asked_of += 1
            same += [hit.listing.pk for hit in results_of(text, page_size=10).hits] == plain

    assert asked_of == 5 * len(listing_types())
    assert same / asked_of >= 0.98


def test_names_with_a_typo_are_mostly_found(every_listing_type: None) -> None:
    # given each name with one letter wrong
    found = [
        slug in [hit.listing.taxonomy_slug for hit in results_of(with_typo(name, seed=7)).hits[:5]]
        for slug, good in listing_types().items()
        for name in (good.name_ar, good.name_fr)
    ]

    assert sum(found) / len(found) >= 0.9


def test_everyday_queries_mostly_find_what_is_meant(every_listing_type: None) -> None:
    # given queries written by somebody who knew the listing types and not our synonyms
    with (Path(__file__).parent / "data" / "everyday_queries.csv").open(encoding="utf-8") as file:
        queries = list(csv.DictReader(file))

    found = [first(row["query"]) in row["expected_slugs"].split("|") for row in queries]

    assert len(found) > 200
    assert sum(found) / len(found) >= 0.8


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        # descriptions, origin and purchase name no product
        ("قفطان مغربي", "caftan"),
        ("acheter amlou pas cher", "amlou"),
        ("best moroccan saffron", "saffron"),
        ("ثمن الزعفران الحر", "saffron"),
        ("amlou trditionnel", "amlou"),
        # so are whom and what it is for
        ("حنا للشعر", "henna-powder"),
        ("pouf salon", "pouf-leather"),
        ("savon noir pour le visage", "black-soap"),
        ("robe de mariage", "caftan"),
        # ع as an a, and the article as Darija writes it
        ("assal zaatar", "honey-thyme"),
        ("لقفطان", "caftan"),
        ("zit l3oud", "olive-oil-virgin"),
        # plurals that break the word
        ("ملاعق خشب", "wood-kitchenware"),
        ("قفاطن", "caftan"),
        ("زربية شراوط", "carpet-boucherouite"),
        # a word that can only be guessed at hides nothing
        ("mae saffron", "saffron"),
    ],
)
def test_what_names_a_kind_counts_more_than_what_describes_it(
    every_listing_type: None, text: str, slug: str
) -> None:
    assert first(text) == slug


def test_descriptive_words_alone_are_searched_for() -> None:
    listing_page("black-soap")
    listing_page("saffron")
    reindex()

    assert first("beldi") == "black-soap"
    assert results_of("beldi").total == 1


def test_a_descriptive_word_ranks_what_has_it_first_and_excludes_nothing() -> None:
    plain = listing_page("saffron", names={"fr": "Safran en pistils"})
    praised = listing_page("saffron", names={"fr": "Safran artisanal"})
    reindex()

    found = results_of("safran artisanal")

    assert [hit.listing.pk for hit in found.hits] == [praised.pk, plain.pk]
    assert not found.is_relaxed


def test_what_names_a_kind_is_dropped_last() -> None:
    listing_page("carpet-kilim")
    for n in range(3):
        listing_page("saffron", names={"fr": f"Safran de Taznakht {n}"})
    reindex()

    found = results_of("tapis taznakht", language="fr")

    assert found.hits[0].listing.taxonomy_slug == "carpet-kilim"
    assert found.missing_words == ("taznakht",)


def test_synonyms_are_forgotten_where_they_do_not_count(every_listing_type: None) -> None:
    def alone() -> list[str]:
        """What a word finds that is nearer to a synonym than to a word of any listing."""
        found = results_of("bouchmouit", with_synonyms=False)
        return [hit.listing.taxonomy_slug for hit in found.hits]

    assert alone() == ["carpet-boucherouite"]
    results_of("bouchmouit")
    assert alone() == ["carpet-boucherouite"]


def test_a_price_in_the_words_filters_and_can_be_taken_away(every_listing_type: None) -> None:
    listing_page("saffron", prices={"ma": 900_00})
    reindex()

    found = results_of("safran moins de 100 dh")

    # the saffron for 50 dirhams is there, that for 900 only when the limit is taken away
    assert found.parsed_max_minor == 10000
    assert [h.offer.amount_minor for h in found.hits if h.listing.taxonomy_slug == "saffron"] == [
        5000
    ]
    assert results_of("safran moins de 100 dh", parses_prices=False).total == found.total + 1
    assert results_of("safran moins de 100 dh", price_max_minor=10_000_00).total == found.total + 1


def test_a_mentioned_category_or_region_is_suggested_as_a_filter() -> None:
    listing_page("honey-thyme", region_code="MA-09")
    reindex()

    offered = results_of("miel souss", language="fr").filter_suggestions

    assert [(o.facet, o.value, o.count, o.remaining_text) for o in offered] == [
        ("regions", "MA-09", 1, "miel"),
    ] or {(o.facet, o.value) for o in offered} == {("regions", "MA-09"), ("categories", "honey")}


@pytest.mark.parametrize(
    ("typed", "language", "facet", "remaining"),
    [
        ("عسل هدية أقل من 200 درهم سوس", "ar", "regions", "عسل هدية أقل من 200 درهم"),
        ("miel Été Souss-Massa moins de 200 dh", "fr", "regions", "miel Été moins de 200 dh"),
        ('"tapis doux" souss', "fr", "regions", '"tapis doux"'),
        ("Honey under 200 dh Souss", "en", "categories", "under 200 dh Souss"),
    ],
)
def test_a_suggested_filter_keeps_the_rest_as_it_was_typed(
    typed: str, language: str, facet: str, remaining: str
) -> None:
    tokens = query_tokens(typed)
    found = {mention.facet: mention.remaining_text for mention in filter_mentions(tokens, typed)}
    assert found[facet] == remaining


def test_a_quantity_comes_first_but_excludes_nothing() -> None:
    small = listing_page("honey-thyme", net_quantity="250 g")
    large = listing_page("honey-thyme", net_quantity="1 kg")
    reindex()

    assert [hit.listing.pk for hit in results_of("miel 1000 غ").hits] == [large.pk, small.pk]
    assert [hit.listing.pk for hit in results_of("عسل 250 غرام").hits] == [small.pk, large.pk]


def test_words_that_nothing_has_are_dropped_and_named(every_listing_type: None) -> None:
    found = results_of("safran zzyzx")

    assert found.is_relaxed
    assert found.hits[0].listing.taxonomy_slug == "saffron"
    assert found.missing_words == ("zzyzx",)
