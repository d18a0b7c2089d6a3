"""Synonyms: built in, and written by staff with undo."""

import csv
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse

from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry
from search import services
from search.errors import AlreadyUndone, TooFewPhrases
from search.indexing.index import reindex
from search.models import SynonymChange, SynonymGroup
from search.preview import preview_synonyms
from search.query import SearchQuery
from search.search import search
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db
BY = Actor.system("coordinator")


@pytest.fixture
def mats() -> None:
    listing_page("mat-rush")
    reindex()


def total(text: str) -> int:
    return search(SearchQuery(text=text)).total


def test_a_group_counts_at_once_and_undo_takes_it_back(mats: None) -> None:
    assert total("zorbizorb") == 0

    group = services.save_synonyms(phrases=["zorbizorb", " حصير "], by=BY)
    assert total("zorbizorb") == 1
    services.save_synonyms(phrases=["zorbizorb", "شيء آخر"], group=group, by=BY)
    assert total("zorbizorb") == 0

    second, first = SynonymChange.objects.all()
    with pytest.raises(AlreadyUndone):
        services.undo_change(change=first, by=BY)
    assert total("zorbizorb") == 0
    services.undo_change(change=second, by=BY)
    assert total("zorbizorb") == 1
    services.undo_change(change=first, by=BY)
    assert total("zorbizorb") == 0
    assert AuditEntry.objects.filter(action__startswith="search.synonyms").count() == 4


def test_one_word_alone_is_refused_and_nothing_is_written() -> None:
    with pytest.raises(TooFewPhrases):
        services.save_synonyms(phrases=["حصير", "  حصير", "…"], by=BY)

    assert not SynonymGroup.objects.exists()
    assert not SynonymChange.objects.exists()


def test_a_preview_changes_nothing(mats: None) -> None:
    shown = preview_synonyms(["zorbizorb", "حصير"], language="ar", market="ma")

    assert [(c.phrase, c.total_now, c.total_then) for c in shown] == [
        ("zorbizorb", 0, 1),
        ("حصير", 1, 1),
    ]
    assert total("zorbizorb") == 0


def test_replaced_built_in_synonyms_count_no_more() -> None:
    listing_page("walnuts-shelled")
    reindex()
    assert total("كركاع") == 1

    services.save_synonyms(phrases=["noix", "nut"], replaces="walnut", by=BY)

    assert total("كركاع") == 0


def test_the_built_in_synonyms_have_every_set_once_and_no_empty_phrase() -> None:
    path = Path(__file__).parents[2] / "search" / "data" / "synonyms.csv"
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))

    assert len({row["slug"] for row in rows}) == len(rows)
    assert all(phrase.strip() for row in rows for phrase in row["phrases"].split("|"))
    assert all("|" in row["phrases"] for row in rows)


def test_a_stranger_sees_no_synonyms(client: Client) -> None:
    response = client.get(reverse("staff:synonyms", kwargs={"programme": "mourafaka"}))

    assert response.status_code == 302
