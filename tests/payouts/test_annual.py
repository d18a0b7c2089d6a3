"""The year's summary of sellers: the ledger's sums by quarter, thresholds, and who may take it."""

import csv
import io
from datetime import UTC, date, datetime
from hashlib import sha256
from xml.etree import ElementTree as ET

import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from marketplace.core.models import AuditEntry
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.models import Entry
from marketplace.payouts.documents.annual_summary import SellerYear, sellers_of_year
from marketplace.payouts.documents.annual_summary_files import write_annual
from tests.payouts.paying import paid_out
from tests.payouts.world import (
    MACHINE,
    RIBS,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Programme, User
from vendors.services import set_seller_identifier

pytestmark = pytest.mark.django_db
FEBRUARY = datetime(2026, 2, 9, 10, tzinfo=UTC)


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    found = make_cooperative(programme)
    set_seller_identifier(
        cooperative=found, kind="ice", value="0015", valid_from=date(2020, 1, 1),
        source="tax office", by=MACHINE,
    )  # fmt: skip
    return found


def only(programme: Programme, year: int = 2026) -> SellerYear:
    [found] = sellers_of_year(programme, year)
    return found


def written(programme: Programme, ending: str) -> bytes:
    out = io.BytesIO()
    write_annual(out, programme, 2026, ending)
    return out.getvalue()


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_consideration_fees_and_sales_stand_in_their_quarters(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine, when=FEBRUARY)
    november = [sold_and_delivered(tifawine, totals=(20_000,)) for _ in range(2)]
    november[0].refunded({0: 5_000})()
    paid_out(programme)
    row = only(programme)
    first, fourth = row.quarters[1], row.quarters[4]
    assert (first.consideration_minor, first.fees_minor, first.activities) == (8_800, 1_200, 1)
    assert (fourth.consideration_minor, fourth.fees_minor, fourth.activities) == (30_800, 4_200, 2)
    assert (row.quarters[2].activities, row.activities) == (0, 3)
    assert list(sellers_of_year(programme, 2025)) == []
    # What was credited and not yet paid out is the ledger's own balance.
    released = Entry.objects.within(tifawine.scope).filter(
        account__code__in=[AccountCode.RELEASED, AccountCode.IN_RUN]
    )
    paid = Entry.objects.within(tifawine.scope).filter(
        account__code=AccountCode.IN_RUN, amount_minor__gt=0
    )
    left = -(released.aggregate(total=Sum("amount_minor"))["total"] or 0)
    assert row.consideration_minor == left + (paid.aggregate(total=Sum("amount_minor"))["total"])


def test_a_seller_below_both_thresholds_is_in_the_file_but_marked(
    programme: Programme, tifawine: Cooperative
) -> None:
    big = make_cooperative(programme, "big", rib=RIBS[1])
    sold_and_delivered(tifawine)
    sold_and_delivered(big, totals=(9_000_000,))
    marks = {row.cooperative.slug: row.is_reportable for row in sellers_of_year(programme, 2026)}
    assert marks == {"tifawine": False, "big": True}


def test_another_programmes_sellers_are_not_in_it(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    other = make_programme("tawassol")
    assert list(sellers_of_year(other, 2026)) == []


def test_more_sellers_take_no_more_queries(programme: Programme, tifawine: Cooperative) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as asked:
            list(sellers_of_year(programme, 2026))
        return len(asked)

    sold_and_delivered(tifawine)
    of_one = queries()
    for slug in ("aaa", "bbb", "ccc"):
        sold_and_delivered(make_cooperative(programme, slug))
    assert len(list(sellers_of_year(programme, 2026))) == 4
    assert queries() == of_one


def test_the_files_name_the_account_by_its_fingerprint_only(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine)
    tifawine.legal_name = "=cmd()"
    tifawine.save()
    fingerprint = sha256(RIBS[0].encode()).hexdigest()
    text = written(programme, "csv").decode("utf-8-sig")
    [row] = csv.DictReader(io.StringIO(text))
    assert row["legal_name"] == "'=cmd()"
    assert row["account_sha256"] == fingerprint
    assert (row["q4_consideration"], row["q4_fees"], row["q4_activities"]) == (
        "88.00",
        "12.00",
        "1",
    )
    assert row["identifiers"] == "ice: 0015"
    sheet = load_workbook(io.BytesIO(written(programme, "xlsx"))).worksheets[0]
    assert [cell.value for cell in sheet[2]][-3:] == [88, 12, 1]
    assert all(cell.data_type != "f" for line in sheet.iter_rows() for cell in line)
    root = ET.fromstring(written(programme, "xml").decode())
    assert root.find("seller/account").text == fingerprint  # type: ignore[union-attr]
    assert root.find("seller/quarter[@number='4']").get("consideration") == "88.00"  # type: ignore[union-attr]
    for ending in ("csv", "xlsx", "xml"):
        assert RIBS[0].encode() not in written(programme, ending)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "xml"])
def test_finance_takes_it_and_that_is_noted(
    programme: Programme, tifawine: Cooperative, ending: str
) -> None:
    sold_and_delivered(tifawine)
    client = signed_in(make_user("preparer", programme, "finance_preparer"))
    address = f"/staff/mourafaka/papers/annual/2026/{ending}/"
    assert client.get(address).status_code == 200
    [entry] = AuditEntry.objects.filter(action="annual_summary.download")
    assert (entry.actor_name, entry.details) == ("preparer", {"year": 2026, "format": ending})
    assert client.get(address.replace("2026", "2024")).status_code == 404


def test_others_do_not_and_nothing_is_noted(programme: Programme, tifawine: Cooperative) -> None:
    sold_and_delivered(tifawine)
    for role in ("coordinator", "observer"):
        client = signed_in(make_user(role, programme, role))
        assert client.get("/staff/mourafaka/papers/annual/").status_code == 403
        assert client.get("/staff/mourafaka/papers/annual/2026/csv/").status_code == 403
    assert not AuditEntry.objects.filter(action="annual_summary.download").exists()
