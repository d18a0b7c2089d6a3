"""The fairness rule: nobody fills a page while others match, and who is new gets one place."""

import pytest

from marketplace.core.actors import Actor
from marketplace.core.models import AuditEntry
from search import services
from search.indexing.index import reindex
from search.query import SearchQuery
from search.ranking.rules import Rule, ranking_rule
from search.search import search
from tests.factories.listings import listing_page

pytestmark = pytest.mark.django_db


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


def test_the_rule_is_stored_and_audited() -> None:
    services.set_ranking_rule(rule=Rule(2, 30, 0), by=Actor.system("coordinator"))

    assert ranking_rule() == Rule(2, 30, 0)
    assert AuditEntry.objects.get(action="search.rule_set").details["max_per_cooperative"] == 2
    services.set_ranking_rule(rule=Rule(), by=Actor.system("coordinator"))
