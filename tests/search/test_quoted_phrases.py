"""Quoted phrases: words that must be adjacent in a name."""

import pytest

from search.indexing.index import reindex
from search.query import SearchQuery
from search.search import search
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


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
    assert not found.is_relaxed


def test_a_phrase_that_no_name_has_is_no_dead_end(engine: str) -> None:
    listing_page("carpet-kilim", names={"fr": "Tapis rouge", "ar": "زربية حمراء"})
    reindex()

    found = search(SearchQuery(text="«rouge tapis»"))

    assert (found.total, found.is_relaxed, found.missing_words) == (1, True, ("“rouge tapis”",))
    assert search(SearchQuery(text="«الزربية الحمراء»")).total == 1
