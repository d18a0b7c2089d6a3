"""Staff see what was sold, by whom and where, and take the table with them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from marketplace.impact.queries import Period
from marketplace.impact.shown import visibility
from marketplace.long_jobs.models import LongJob
from marketplace.long_jobs.services import run_long_jobs
from search.models import ImpressionTally
from tests.payouts.world import (
    SaleOf,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from tests.web.browsers import browser
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/impact/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    programme = make_programme()
    souss = make_cooperative(programme, "tifawine", region_code="MA-09", kind="women")
    tadla = make_cooperative(
        programme, "tadla", region_code="MA-05", kind="youth", sector="beekeeping", is_rural=False
    )
    sold_and_delivered(souss, totals=(100_000,))
    sold_and_delivered(souss, totals=(10_000,), currency="EUR", country="FR")
    refunded = sold_and_delivered(tadla, totals=(40_000, 20_000))
    refunded.refunded({1: 20_000})()
    undelivered = SaleOf(tadla, totals=(999_999,))
    undelivered.placed()()
    undelivered.captured()()
    return programme


def test_delivered_sales_less_refunds_by_region(programme: Programme) -> None:
    client = browser(make_user("observer", programme, "observer"))
    html = client.get(BASE).content.decode()
    # 1,000 dirhams at home, 100 euros at 10.70 abroad.
    assert ">2\u202f070,00<" in html
    assert ">1\u202f070,00<" in html
    assert ">400,00<" in html
    assert "Souss-Massa" in html
    assert "9\u202f999" not in html


@pytest.mark.parametrize("by", ["region", "sector", "area", "kind"])
@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_every_grouping_in_every_language(programme: Programme, by: str, language: str) -> None:
    client = browser(make_user("observer", programme, "observer"), language)
    answer = client.get(BASE, {"by": by, "period": "2026"})
    assert answer.status_code == 200


def shown(slug: str, region: str, times: int, day: date = date(2026, 11, 20)) -> None:
    ImpressionTally.objects.create(
        day=day, market="ma", cooperative=slug, region=region, impressions=times
    )


def test_whom_searches_showed_beside_the_cooperatives_of_each_region(programme: Programme) -> None:
    make_cooperative(programme, "silent", region_code="MA-09")
    shown("tifawine", "MA-09", 30)
    shown("tadla", "MA-05", 10)
    shown("tifawine", "MA-09", 99, day=date(2024, 1, 1))
    shown("of-another-programme", "MA-05", 500)

    rows = visibility(ProgrammeScope(programme.pk), Period.last_months(12, date(2026, 11, 26)))

    told = [
        (row.key, row.cooperatives, row.seen, row.shown, round(row.share_of_shown, 2))
        for row in rows
    ]
    assert told == [("MA-09", 2, 1, 30, Decimal("0.75")), ("MA-05", 1, 1, 10, Decimal("0.25"))]
    assert sum(row.share_of_cooperatives for row in rows) == 1
    html = browser(make_user("observer", programme, "observer")).get(BASE).content.decode()
    assert "75\u202f%" in html.replace("\xa0", "\u202f")


def test_before_any_search_the_page_says_nothing_of_them(programme: Programme) -> None:
    period = Period.last_months(12, date(2026, 11, 26))

    assert visibility(ProgrammeScope(programme.pk), period) == []


def details_for(client: Client, **chosen: str) -> str:
    """The file of all figures, asked for, made by the worker and fetched."""
    page = client.post(f"{BASE}details/", chosen)["Location"]
    assert run_long_jobs() == 1
    return client.get(f"{page}file/").getvalue().decode("utf-8-sig")


def test_the_long_file_is_of_the_chosen_period(programme: Programme) -> None:
    client = browser(make_user("observer", programme, "observer"), "en")
    page = client.get(BASE, {"period": "3", "by": "kind"}).content.decode()
    assert '<input type="hidden" name="period" value="3">' in page

    assert details_for(client, period="3", by="kind")
    job = LongJob.objects.get()
    last = Period.last_months(3, timezone.localdate())
    assert job.parameters == {"first": f"{last.first}", "last": f"{last.last}"}
    shown = client.get(f"/staff/{programme.slug}/tasks/{job.pk}/").content.decode()
    assert f"All figures by month, 1 September 2026 to {last.last.day} November 2026" in shown
    assert f"{BASE}?period=3&amp;by=kind" in shown


def test_the_table_as_csv(programme: Programme) -> None:
    client = browser(make_user("observer", programme, "observer"), "en")
    answer = client.get(f"{BASE}table/", {"by": "area"})
    rows = answer.content.decode("utf-8-sig").splitlines()
    assert rows[1:] == [
        "rural,1,2,2070.00,1070.00,2070.00,2070.00,MAD",
        "urban,1,1,400.00,0.00,0.00,0.00,MAD",
    ]
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"


def test_a_regional_adviser_sees_only_those_regions(programme: Programme) -> None:
    for slug in ("second", "third"):
        cooperative = make_cooperative(
            programme, slug, region_code="MA-05", kind="youth", sector="beekeeping", is_rural=False
        )
        sold_and_delivered(cooperative, totals=(10_000,))
    adviser = make_user("adviser", programme, "regional")
    adviser.staff_grants.update(region_codes=["MA-05"])
    rows = details_for(browser(adviser, "en")).splitlines()
    assert rows[1].startswith("2026-11,MA-05,")
    assert rows[1].endswith(",3,3,600.00,0.00,MAD")
    assert rows[2:4] == ["", "Nothing was withheld."]


def test_the_page_says_which_file_names_nobody(programme: Programme) -> None:
    html = browser(make_user("observer", programme, "observer"), "en").get(BASE).content.decode()
    assert "Figures of fewer than 3 cooperatives are withheld there" in html
    other = browser(make_user("other", programme, "observer"), "en")
    assert "400.00" not in details_for(other)


def test_another_programmes_staff_see_nothing(programme: Programme) -> None:
    stranger = browser(make_user("stranger", make_programme("other"), "coordinator"))
    for address in (BASE, f"{BASE}table/"):
        assert stranger.get(address).status_code == 404
    assert stranger.post(f"{BASE}details/").status_code == 404
