"""The staff's first page: figures that can be quoted, and whom to follow."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.models import DomainEvent, EventDelivery
from marketplace.impact.queries import Period
from marketplace.saleor.models import InboxMessage
from tests.factories.vendors import make_member
from tests.payouts.world import MACHINE, SaleOf, make_cooperative, make_programme, make_user
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme
from vendors.services import set_tax_status

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/"


@pytest.fixture
def third_of_november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 3, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme(third_of_november: None) -> Programme:
    return make_programme()


@pytest.fixture
def coordinator(programme: Programme) -> Client:
    return browser(make_user("coordinator", programme, "coordinator"), "en")


def sold(sale: SaleOf) -> None:
    for event in (sale.placed(), sale.captured(), sale.delivered()):
        event()


def complete(cooperative: Cooperative) -> Cooperative:
    """With all that it needs to sell and be paid; its account it has."""
    make_member(cooperative)
    set_tax_status(
        cooperative=cooperative,
        vat_registered=False,
        exemption_code="ma-cooperative",
        valid_from=date(2024, 1, 1),
        source="certificate",
        by=MACHINE,
    )
    return cooperative


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    spaced = strip_tags(answer.content.decode().replace("<", " <")).replace("\xa0", " ")
    return re.sub(r"\s+", " ", spaced)


def test_the_month_so_far_is_compared_with_the_same_days(
    programme: Programme, coordinator: Client
) -> None:
    cooperative = make_cooperative(programme)
    for day in (1, 3, 4, 20, 31):
        sold(SaleOf(cooperative, when=datetime(2026, 10, day, 10, tzinfo=UTC)))
    sold(SaleOf(cooperative, (30_000,), when=datetime(2026, 11, 2, 10, tzinfo=UTC)))
    page = text(coordinator, BASE)
    # 300 dirhams against 200 on the first three days, not against 500 of the whole month.
    assert "+50% compared with the same days of last month (1–3 October)" in page


def test_without_sales_on_the_same_days_the_page_says_so(
    programme: Programme, coordinator: Client
) -> None:
    sold(SaleOf(make_cooperative(programme), when=datetime(2026, 10, 20, 10, tzinfo=UTC)))
    page = text(coordinator, BASE)
    assert "no sales on the same days of last month (1–3 October)" in page


@given(today=st.dates(date(2020, 1, 1), date(2039, 12, 31)))
def test_the_same_days_are_as_many_or_the_whole_month_before(today: date) -> None:
    month = Period.last_months(1, today)
    before = month.same_days_before()
    assert before.first.day == 1
    assert before.first.replace(day=28) + timedelta(days=4) >= month.first
    whole = month.first - timedelta(days=1)
    assert before.last == whole or before.last.day == today.day
    assert before.last <= whole


def test_an_order_of_two_cooperatives_is_one_order(
    programme: Programme, coordinator: Client
) -> None:
    one, other = make_cooperative(programme, "one"), make_cooperative(programme, "other")
    first = SaleOf(one)
    second = SaleOf(other, order_id=first.order_id)
    for sale in (first, second, SaleOf(one)):
        sold(sale)
    assert "Orders delivered 2" in text(coordinator, f"{BASE}impact/")
    rows = coordinator.get(f"{BASE}impact/table/", {"by": "region"}).content.decode("utf-8-sig")
    assert "Souss-Massa,2,2," in rows


def test_cooperatives_that_never_sold_are_followed_and_the_rest_is_counted(
    programme: Programme, coordinator: Client
) -> None:
    for number in range(13):
        make_cooperative(programme, f"silent-{number:02d}")
    sold(SaleOf(complete(make_cooperative(programme, "busy", phone="+212528000000"))))
    page = text(coordinator, BASE)
    assert page.count("No sale yet") == 10
    assert "3 more cooperatives to follow: show all" in page
    everything = text(coordinator, f"{BASE}follow/")
    # Once more as a filter to choose.
    assert everything.count("No sale yet") == 14
    assert "Busy" not in everything


def test_a_programme_without_sales_says_why_and_shows_its_cooperatives(
    programme: Programme,
) -> None:
    second = make_programme("second")
    second.country_codes = ["TN"]
    second.save()
    cooperative = make_cooperative(second, "jisr", region_code="TN-11")
    reader = browser(make_user("reader", second, "coordinator"), "en")
    page = text(reader, "/staff/second/")
    assert "Nothing was delivered this month so far" in page
    assert "Active cooperatives by region Tunis 1" in page
    sold(SaleOf(cooperative, when=datetime(2026, 11, 2, 10, tzinfo=UTC)))
    page = text(reader, "/staff/second/")
    assert "Nothing was delivered this month so far" not in page
    assert "Sales by region MAD Tunis 100" in page


def test_the_page_says_until_when_it_is_counted(programme: Programme, coordinator: Client) -> None:
    for address in (BASE, f"{BASE}impact/"):
        page = text(coordinator, address)
        assert "Counted until" in page
        assert "These figures are behind" not in page
    since = datetime(2026, 11, 3, 7, 30, tzinfo=UTC)
    with time_machine.travel(since):
        event = DomainEvent.objects.create(
            name="ParcelDelivered",
            aggregate_type="vendor_order",
            aggregate_id=uuid4(),
            payload={},
            occurred_at=since,
        )
    EventDelivery.objects.create(
        event=event,
        handler="marketplace.payouts.handlers.on_parcel_delivered",
        aggregate_key="vendor_order:1",
    )
    for address in (BASE, f"{BASE}impact/"):
        page = text(coordinator, address)
        assert "These figures are behind" in page
        assert "1 event since then is waiting" in page
        assert "07:30" in page
    EventDelivery.objects.update(delivered_at=since)
    assert "These figures are behind" not in text(coordinator, BASE)


def test_a_message_of_the_engine_that_waits_holds_the_figures_back(
    programme: Programme, coordinator: Client
) -> None:
    received = datetime(2026, 11, 2, 8, tzinfo=UTC)
    with time_machine.travel(received):
        InboxMessage.objects.create(
            event="ORDER_UPDATED", body_hash="a" * 64, body={}, next_attempt_at=received
        )
    assert "These figures are behind" in text(coordinator, BASE)
