"""What members and staff read of money and indicators, each within their reach."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.factories.vendors import make_staff
from tests.payouts.world import (
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from tests.web.api.asking import ask, codes, data
from vendors.models import Membership, Programme, User
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db


@pytest.fixture
def november() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme(november: None) -> Programme:
    programme = make_programme()
    souss = make_cooperative(programme, "tifawine", region_code="MA-09", kind="women")
    tadla = make_cooperative(programme, "tadla", region_code="MA-05", kind="youth")
    sold_and_delivered(souss, totals=(100_000,))
    sold_and_delivered(souss, totals=(50_000,))
    sold_and_delivered(tadla, totals=(40_000,))
    return programme


def member_of(programme: Programme, slug: str) -> User:
    user = make_user(f"manager of {slug}")
    cooperative = programme.cooperatives.crossing(Crossing.POLICY).get(slug=slug)
    Membership.objects.create(user=user, cooperative=cooperative, role="manager")
    return user


def test_a_statement_and_balances_add_up(programme: Programme) -> None:
    manager = member_of(programme, "tifawine")
    document = """query($after: String) {
      balances(cooperative: "tifawine") { coming { amountMinor } available { amountMinor } }
      statement(cooperative: "tifawine", month: "2026-11") {
        month currency opening { amountMinor } closing { amountMinor }
        movements(first: 1, after: $after) {
          totalCount pageInfo { endCursor hasNextPage }
          edges { node { cause gross { amountMinor } commission { amountMinor }
                         balance { amountMinor } } } } } }"""
    found = data(document, manager)
    statement = found["statement"][0]
    rows = statement["movements"]
    assert statement["month"] == "2026-11-01"
    assert statement["opening"]["amountMinor"] == 0
    assert found["balances"][0]["available"] == statement["closing"]
    assert (rows["totalCount"], rows["pageInfo"]["hasNextPage"]) == (2, True)
    node = rows["edges"][0]["node"]
    assert node["cause"] == "PARCEL_DELIVERED"
    net = node["gross"]["amountMinor"] - node["commission"]["amountMinor"]
    assert net == node["balance"]["amountMinor"]
    following = data(document, manager, after=rows["pageInfo"]["endCursor"])["statement"][0]
    assert following["movements"]["pageInfo"]["hasNextPage"] is False
    last = following["movements"]["edges"][0]["node"]
    assert last["balance"] == statement["closing"]


@pytest.mark.parametrize(
    ("month", "code"),
    [("2026-13", "BAD_VALUE"), ("march", "BAD_VALUE"), ("2027-01", "NOT_FOUND")],
)
def test_a_month_that_cannot_be(programme: Programme, month: str, code: str) -> None:
    document = f'{{ statement(cooperative: "tadla", month: "{month}") {{ currency }} }}'
    assert codes(ask(document, member_of(programme, "tadla"))) == [code]


INDICATORS = """query($from: Date!, $to: Date!) { programme(slug: "mourafaka") {
  indicators(firstOn: $from, lastOn: $to) {
    activeCooperatives totals { saleCount sales { amount } byWomen { amount } }
    groups(by: REGION) { key figures { sales { amountMinor } } }
    months { month home { amount } } } } }"""


def test_indicators_are_those_of_the_persons_regions(programme: Programme) -> None:
    period = {"from": "2026-11-01", "to": "2026-11-30"}
    whole = data(INDICATORS, make_staff(programme), **period)["programme"]["indicators"]
    regional = make_staff(programme, "regional", regions=("MA-05",))
    part = data(INDICATORS, regional, **period)["programme"]["indicators"]
    assert whole["totals"] == {
        "saleCount": 3, "sales": {"amount": "1900.00"}, "byWomen": {"amount": "1500.00"},
    }  # fmt: skip
    assert [group["key"] for group in whole["groups"]] == ["MA-09", "MA-05"]
    assert whole["months"] == [{"month": "2026-11-01", "home": {"amount": "1900.00"}}]
    assert part["totals"]["sales"] == {"amount": "400.00"}
    assert [group["key"] for group in part["groups"]] == ["MA-05"]


@pytest.mark.parametrize("to", ["2025-01-01", "2037-01-01"])
def test_a_period_that_cannot_be(programme: Programme, to: str) -> None:
    found = ask(INDICATORS, make_staff(programme), **{"from": "2026-01-01", "to": to})
    assert codes(found) == ["BAD_VALUE"]


def test_one_refused_part_leaves_the_others(programme: Programme) -> None:
    preparer = make_staff(programme, "finance_preparer")
    document = """{ programme(slug: "mourafaka") {
      name vendorOrders { totalCount } cooperatives { totalCount } } }"""
    found = ask(document, preparer)
    assert found["data"]["programme"]["cooperatives"] is None
    assert found["data"]["programme"]["vendorOrders"] == {"totalCount": 0}
    assert codes(found) == ["FORBIDDEN"]
    assert "manager" in found["errors"][0]["message"]
