"""The index follows the catalogue: changes, losses, comparison, rebuilds."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.utils import timezone

from catalog.models import ListingOffer, ListingPage
from search import checks
from search.backends import backend
from search.backends.elastic.server import live_indexes, server
from search.backends.elastic.writing import ElasticBuild
from search.indexing import document_builder
from search.indexing import index as indexing
from search.indexing.index import compare, reindex, sweep, update
from search.indexing.postings import PostingBatch
from search.models import Generation
from search.query import SearchQuery
from search.search import search
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


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


def test_documents_that_differ_are_found_and_repaired(engine: str) -> None:
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


def test_the_doctor_sees_documents_that_differ(engine: str) -> None:
    def shown() -> list[tuple[str, str]]:
        return [(found.mark, found.check) for found in checks.index()]

    page = listing_page("honey-thyme")
    listing_page("saffron")
    reindex()
    assert shown() == [("good", "index"), ("good", "index contents")]

    ListingPage.objects.filter(pk=page.pk).update(names={"fr": "Nectar des cimes"})

    assert shown() == [("good", "index"), ("warning", "index contents")]
    assert list(checks.index())[1].message.startswith("Of 2 listings checked, 1 differ ")
    compare()
    assert shown() == [("good", "index"), ("good", "index contents")]


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

    def changed_meanwhile(*asked: Any, **how: Any) -> Iterator[PostingBatch]:
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

    def out_of_disk(*_args: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr(indexing, "_go_live", out_of_disk)
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
