"""The answer on the staff's first page: how many cooperatives to call today, and which."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from marketplace.web.staff.attention import document_ends_soon, quiet_days
from tests.factories import vendors as make
from tests.payouts.world import MACHINE, SaleOf, make_cooperative, make_programme, make_user
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme
from vendors.services import set_tax_status

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/"
NOON = datetime(2026, 11, 3, 12, tzinfo=UTC)


@pytest.fixture
def third_of_november() -> Iterator[None]:
    with time_machine.travel(NOON, tick=True):
        yield


@pytest.fixture
def programme(third_of_november: None) -> Programme:
    return make_programme()


@pytest.fixture
def coordinator(programme: Programme) -> Client:
    return browser(make_user("coordinator", programme, "coordinator"), "en")


def text(client: Client, path: str = BASE) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    html = answer.content.decode().replace("<", " <")
    return re.sub(r"\s+", " ", strip_tags(html).replace("\xa0", " "))


def rows_of(client: Client, path: str = f"{BASE}follow/") -> list[str]:
    """The rows of all pages of a list, as a reader sees them."""
    found: list[str] = []
    number = last = 1
    while number <= last:
        answer = client.get(path, {"page": number})
        last = answer.context["page"].paginator.num_pages
        body = answer.content.decode().split("<tbody", 1)[1].split("</tbody>", 1)[0]
        found += [strip_tags(row.replace("<", " <")) for row in body.split("<tr")[1:]]
        number += 1
    return found


def ready(programme: Programme, slug: str, **fields: str) -> Cooperative:
    """A cooperative that lacks nothing."""
    made = make_cooperative(programme, slug, phone="+212528000000", **fields)
    make.make_member(made)
    set_tax_status(
        cooperative=made, vat_registered=False, exemption_code="ma-cooperative",
        valid_from=date(2024, 1, 1), source="certificate", by=MACHINE,
    )  # fmt: skip
    return made


def sold(cooperative: Cooperative, days_ago: int) -> None:
    sale = SaleOf(cooperative, when=NOON - timedelta(days=days_ago))
    for event in (sale.placed(), sale.captured(), sale.delivered()):
        event()


def test_the_count_is_that_of_the_list_and_each_has_its_reason(
    programme: Programme, coordinator: Client
) -> None:
    for number in range(30):
        ready(programme, f"silent-{number:02d}")
    sold(ready(programme, "quiet"), 61)
    sold(ready(programme, "busy"), 60)
    sold(make_cooperative(programme, "unfinished"), 1)
    assert "32 cooperatives to call today" in text(coordinator)
    assert f'<a href="{BASE}follow/">32 cooperatives' in coordinator.get(BASE).content.decode()
    rows = rows_of(coordinator)
    assert len(rows) == 32
    assert sum("No sale yet" in row for row in rows) == 30
    assert sum("No sale for 61 days" in row for row in rows) == 1
    assert sum("no tax status" in row for row in rows) == 1
    assert not any("Busy" in row or "busy" in row for row in rows)


def test_an_adviser_of_a_region_is_told_of_its_own(
    programme: Programme, coordinator: Client
) -> None:
    ready(programme, "near", region_code="MA-09")
    for number in range(3):
        ready(programme, f"far-{number}", region_code="MA-01")
    second = make_programme("second")
    ready(second, "foreign")
    near = browser(make.make_staff(programme, "regional", regions=("MA-09",)), "en")
    assert "1 cooperative to call today" in text(near)
    assert len(rows_of(near)) == 1
    nowhere = browser(make.make_staff(programme, "regional", regions=("MA-05",)), "en")
    assert "No cooperative to call today." in text(nowhere)
    assert "4 cooperatives to call today" in text(coordinator)


@pytest.mark.parametrize(
    ("language", "one", "several"),
    [
        ("fr", "1 coopérative à appeler aujourd’hui", "3 coopératives à appeler aujourd’hui"),
        ("ar", "تعاونية واحدة للاتصال بها اليوم", "3 تعاونيات للاتصال بها اليوم"),
    ],
)
def test_it_is_said_in_the_reader_s_language(
    programme: Programme, coordinator: Client, language: str, one: str, several: str
) -> None:
    person = make.make_staff(programme)
    ready(programme, "first")
    assert one in text(browser(person, language))
    for slug in ("second", "third"):
        ready(programme, slug)
    assert several in text(browser(person, language))


def test_many_cooperatives_cost_no_more_queries(programme: Programme, coordinator: Client) -> None:
    def asked() -> tuple[int, str]:
        with CaptureQueriesContext(connection) as queries:
            page = text(coordinator)
        return len(queries), page

    for number in range(11):
        ready(programme, f"silent-{number:02d}")
    asked()
    few, _ = asked()
    for number in range(11, 40):
        ready(programme, f"silent-{number:02d}")
    many, page = asked()
    assert many == few
    assert "40 cooperatives to call today" in page


def test_the_days_are_those_of_the_programme(programme: Programme, coordinator: Client) -> None:
    sold(ready(programme, "quiet"), 60)
    assert "No cooperative to call today." in text(coordinator)
    # At noon in UTC the fourth has begun there.
    Programme.objects.update(time_zone="Pacific/Kiritimati")
    assert "1 cooperative to call today" in text(coordinator)
    assert "No sale for 61 days" in " ".join(rows_of(coordinator))


def test_the_limits_are_dated() -> None:
    today = date(2026, 11, 3)
    assert quiet_days(today) == 60
    assert document_ends_soon(today) == date(2026, 12, 3)
