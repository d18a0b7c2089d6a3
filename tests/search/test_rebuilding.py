"""An index whose documents are made and written by processes of their own."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

import numpy as np
import pytest

from catalog.models import ListingPage
from search.indexing import index as indexing
from search.indexing.document_builder import MANY, worthwhile_processes
from search.indexing.index import reindex
from search.models import Generation, PendingUpdate, Posting, SearchDocument, SearchWord
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db(transaction=True)
TAXONOMY = ("honey-thyme", "saffron", "carpet-kilim")


@pytest.fixture(autouse=True)
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(indexing, "REBUILD_BATCH", 2)


@pytest.fixture
def pages() -> list[ListingPage]:
    return [
        listing_page(taxonomy, cooperative_slug=f"coop-{n % 2}")
        for n, taxonomy in enumerate(3 * TAXONOMY)
    ]


def written() -> dict[str, dict[UUID, int]]:
    """Of the live index each word's listings, with where it stands in them."""
    rows = SearchDocument.objects.filter(generation__is_live=True)
    listings = dict(rows.values_list("number", "listing_id"))
    found: dict[str, dict[UUID, int]] = defaultdict(dict)
    for posting in Posting.objects.filter(generation__is_live=True):
        numbers = np.frombuffer(bytes(posting.numbers), "<i4").tolist()
        assert numbers == sorted(numbers)
        for number, place in zip(numbers, bytes(posting.fields), strict=True):
            found[posting.word][listings[number]] = place
    return found


def facts() -> set[tuple[UUID, bytes, bytes]]:
    rows = SearchDocument.objects.filter(generation__is_live=True)
    shown = rows.values_list("listing_id", "words_hash", "facts")
    return {(listing, bytes(one), bytes(other)) for listing, one, other in shown}


def known_words() -> set[tuple[str, int, int]]:
    return set(SearchWord.objects.values_list("word", "document_count", "fields"))


def test_processes_write_the_same_index(pages: list[ListingPage]) -> None:
    assert reindex(processes=0) == len(pages)
    alone = written(), facts(), known_words()

    shown: list[tuple[int, int]] = []
    count = reindex(processes=2, progress=lambda *done: shown.append(done))

    assert count == len(pages)
    assert (written(), facts(), known_words()) == alone
    assert shown[-1] == (len(pages), len(pages))
    assert [done for done, _ in shown] == sorted(done for done, _ in shown)


@pytest.mark.parametrize("most_held", [0, 1, 100])
def test_words_that_are_written_bit_by_bit_come_to_the_same(
    pages: list[ListingPage], most_held: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex()
    at_once = written()

    monkeypatch.setattr("search.backends.postgres.build.MAX_POSTINGS_HELD", most_held)
    reindex()

    assert written() == at_once


def test_a_listing_that_goes_while_the_index_is_built_leaves_no_gap_to_fall_into(
    pages: list[ListingPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = indexing._published()
    monkeypatch.setattr(indexing, "_published", lambda: every)
    ListingPage.objects.filter(pk=pages[0].pk).update(is_published=False)

    assert reindex(processes=2) == len(pages) - 1
    assert pages[0].pk not in {listing for listing, _, _ in facts()}


def test_a_build_that_fails_here_leaves_nothing_of_what_processes_wrote(
    pages: list[ListingPage], monkeypatch: pytest.MonkeyPatch
) -> None:
    reindex()
    before = written()

    def full(*_args: object) -> Iterator[None]:
        raise OSError("no space left")

    monkeypatch.setattr("search.backends.postgres.build.PostgresBuild.add_postings", full)
    with pytest.raises(OSError, match="no space"):
        reindex(processes=2)

    assert Generation.objects.count() == 1
    assert SearchDocument.objects.count() == len(pages)
    assert not PendingUpdate.objects.exists()
    assert written() == before


def test_processes_are_started_for_large_catalogues_only() -> None:
    assert worthwhile_processes(MANY - 1) == 0
    assert worthwhile_processes(MANY) >= 1
