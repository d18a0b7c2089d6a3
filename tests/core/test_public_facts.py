"""What every visitor reads alike is read once, and anew after each change that was committed."""

import re
from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import get_resolver

from marketplace.core.market_usage import speaking
from marketplace.core.models import ShopChange
from marketplace.core.public_facts import READERS, forget_changes, one_page
from marketplace.jobs import JOBS
from tests.concurrency import at_once
from tests.factories.listings import listing_page
from tests.factories.vendors import make_published
from vendors.models import Cooperative, CooperativeText
from vendors.queries.profiles import public_profile
from vendors.queries.public import public_count, public_regions
from vendors.scoping import Crossing

ALL = Crossing.PUBLIC_STOREFRONT

pytestmark = pytest.mark.django_db(transaction=True)

WATCHED = """
SELECT event_object_table FROM information_schema.triggers
WHERE action_statement LIKE '%core_note_shop_change%'
"""
STATE = "SELECT bit_xor(token) FROM core_shopchange"
READ = re.compile(r'(?:FROM|JOIN) "?([a-z_]+)"?')


@pytest.fixture
def weavers() -> Cooperative:
    return make_published("azilal-laine")


def asked(read: Callable[[], object]) -> tuple[object, int]:
    """What a page reads, and with how many questions for it, that for the state not among them."""
    with one_page(), CaptureQueriesContext(connection) as questions:
        found = read()
    return found, sum("core_shopchange" not in each["sql"] for each in questions)


def state() -> int:
    with connection.cursor() as cursor:
        cursor.execute(STATE)
        [found] = cursor.fetchone() or [0]
    return int(found)


def in_a_thread() -> tuple[object, int]:
    """What a page finds that another thread answers, with a connection of its own."""
    found: list[tuple[object, int]] = []
    assert at_once(lambda: found.append(asked(public_count))) == []
    return found[0]


def test_a_fact_is_read_once_for_two_pages(weavers: Cooperative) -> None:
    assert asked(public_count) == (1, 1)
    assert asked(public_count) == (1, 0)


def test_after_a_change_it_is_read_anew(weavers: Cooperative) -> None:
    asked(public_count)
    make_published("tamounte")
    assert asked(public_count) == (2, 1)
    Cooperative.objects.crossing(ALL).filter(slug="tamounte").update(published_at=None)
    assert asked(public_count) == (1, 1)


def test_what_is_not_committed_yet_is_noticed_when_it_is(weavers: Cooperative) -> None:
    """A page of another process, while the change waits for its end: then it counts at once."""
    asked(public_count)
    with transaction.atomic():
        make_published("tamounte")
        # Threads have connections of their own.
        assert in_a_thread() == (1, 0)
    assert asked(public_count) == (2, 1)
    assert in_a_thread() == (2, 0)


def test_what_is_rolled_back_was_no_change(weavers: Cooperative) -> None:
    asked(public_count)
    with transaction.atomic():
        make_published("tamounte")
        transaction.set_rollback(True)
    assert asked(public_count) == (1, 0)


def test_who_reads_another_language_or_market_is_told_in_its_words(weavers: Cooperative) -> None:
    def of_the_page() -> tuple[object, int]:
        return asked(lambda: public_profile(weavers.slug, "ar"))

    for language, market in [("ar", "ma"), ("ar", "eg"), ("fr", "eg")]:
        with speaking(language, market):
            told, questions = of_the_page()
            assert questions
            assert of_the_page() == (told, 0)


def test_without_a_page_and_while_something_is_changed_the_tables_are_read(
    weavers: Cooperative,
) -> None:
    asked(public_count)
    with CaptureQueriesContext(connection) as questions:
        public_count()
    assert len(questions) == 1
    with one_page(), transaction.atomic():
        make_published("tamounte")
        assert public_count() == 2


def test_who_changes_a_list_changes_only_their_own(weavers: Cooperative) -> None:
    with one_page():
        public_regions().clear()
        assert public_regions() == [weavers.region_code]


def test_numbers_are_put_together_without_coming_back_to_a_former_state(
    weavers: Cooperative,
) -> None:
    assert ShopChange.objects.count() > 1
    states = {state()}
    for _round in range(3):
        assert forget_changes() >= 1
        assert ShopChange.objects.count() == 1
        states.add(state())
        # Nothing has changed since: what is kept stays, and so does the number.
        assert (forget_changes(), state() in states, ShopChange.objects.count()) == (0, True, 1)
        Cooperative.objects.crossing(ALL).update(sector="craft")
        states.add(state())
    assert len(states) == 7
    assert "marketplace.core.public_facts.forget_changes" in {job.path for job in JOBS}


def test_nothing_is_kept_of_a_table_that_is_not_watched(weavers: Cooperative) -> None:
    """Each kept function is called, and the tables in its questions are looked up."""
    listing_page(cooperative_id=weavers.pk, cooperative_slug=weavers.slug)
    given = {
        "newest": ("ma",), "season": ("ma",), "categories_in": ("ma",), "all_free_from": ("ma",),
        "some_profiles": (3, "ar"), "turn_of_the_week": (("MA",),), "public_count": (),
        "public_regions": (), "public_countries": (), "public_profile": (weavers.slug, "fr"),
        "legal_identity": (weavers, "fr", date(2026, 12, 1)), "usual_answer_hours": (weavers.pk,),
    }  # fmt: skip
    get_resolver().url_patterns  # noqa: B018 -- imports every page, and what it reads
    assert set(given) == {reader.__name__ for reader in READERS}
    with connection.cursor() as cursor:
        cursor.execute(WATCHED)
        watched = {table for (table,) in cursor.fetchall()}
        tables = set(connection.introspection.table_names(cursor))
    for reader in READERS:
        with CaptureQueriesContext(connection) as questions:
            reader(*given[reader.__name__])
        read = {name for each in questions for name in READ.findall(each["sql"])} & tables
        assert read, reader.__name__
        assert read <= watched, (reader.__name__, read - watched)


def test_a_page_shows_a_change_at_once(weavers: Cooperative) -> None:
    path = f"/ma/fr/cooperatives/{weavers.slug}/"
    client = Client()
    before = client.get(path).content.decode()
    name = f"Laine {uuid4().hex[:6]}"
    assert name not in before
    CooperativeText.objects.crossing(ALL).update(name=name)
    assert name in client.get(path).content.decode()
