"""A cooperative reads its money: balances, statements, payments, in its language."""

import io
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from marketplace.payouts.models import PayoutLine
from tests.payouts.paying import paid_out
from tests.payouts.world import (
    SaleOf,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Cooperative, Membership, Programme, User
from vendors.scoping import CooperativeScope

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def tifawine(programme: Programme) -> Cooperative:
    return make_cooperative(programme, "tifawine")


def member(cooperative: Cooperative, role: str = "manager") -> User:
    user = make_user(f"{role}-{cooperative.slug}")
    Membership.objects.create(user=user, cooperative=cooperative, role=role)
    return user


def page(user: User, address: str, language: str = "fr", *, status: int = 200) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = language
    response = client.get(address)
    assert response.status_code == status
    return response.content.decode()


def test_a_manager_sees_coming_available_and_being_paid_in_arabic(
    programme: Programme, tifawine: Cooperative
) -> None:
    sold_and_delivered(tifawine, totals=(552_273,))
    paid_out(programme, settle=False)
    sold_and_delivered(tifawine)
    coming = SaleOf(tifawine, totals=(20_000,))
    coming.placed()()
    coming.captured()()
    html = page(member(tifawine), "/portal/tifawine/money/", "ar")
    assert "88,00\u00a0د.م." in html
    assert "200,00\u00a0د.م." in html
    # 5,522.73 less 12 %, grouped by a space that keeps the two parts in order in an Arabic line.
    assert "4\u202f860,00\u00a0د.م." in html
    assert 'dir="rtl"' in html


def test_an_egyptian_cooperative_reads_arabic_indic_digits(programme: Programme) -> None:
    nile = make_cooperative(programme, "nile", currency="EGP")
    nile.country_code = "EG"
    nile.save()
    sold_and_delivered(nile, totals=(51_136,), currency="EGP", country="EG")
    html = page(member(nile), "/portal/nile/money/", "ar")
    assert "٤٥٠٫٠٠\u00a0ج.م." in html


def test_the_statement_lists_sales_refunds_and_payments(
    programme: Programme, tifawine: Cooperative
) -> None:
    sale = sold_and_delivered(tifawine, totals=(4_000, 6_000))
    paid_out(programme)
    sale.refunded({0: 4_000})()
    html = page(member(tifawine), "/portal/tifawine/money/statements/2026-11/")
    for amount in ("100,00", "12,00", "88,00", "\u221288,00", "\u221240,00", "\u221235,20"):
        assert f">{amount}<" in html, amount
    csv = page(member(tifawine, "accountant"), "/portal/tifawine/money/statements/2026-11/csv/")
    rows = csv.lstrip("\ufeff").splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == ["2026-11-03", "2026-11-03", "2026-11-26"]
    assert rows[1].endswith("100.00,12.00,0.00,88.00,88.00,MAD")


def test_the_workbook_reads_from_right_to_left_in_arabic(tifawine: Cooperative) -> None:
    sold_and_delivered(tifawine)
    client = Client()
    client.force_login(member(tifawine), backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["twiza_language"] = "ar"
    answer = client.get("/portal/tifawine/money/statements/2026-11/xlsx/")
    sheet = load_workbook(io.BytesIO(answer.content)).worksheets[0]
    assert sheet.sheet_view.rightToLeft
    assert sheet["A1"].value == "التاريخ"
    values = [cell.value for cell in sheet[2]]
    assert values[1] == "تسليم طرد"
    assert values[3:] == [100, 12, 0, 88, 88, "MAD"]


def test_a_payment_shows_what_it_is_made_of(programme: Programme, tifawine: Cooperative) -> None:
    sold_and_delivered(tifawine)
    sold_and_delivered(tifawine, totals=(20_000,))
    paid_out(programme)
    line = PayoutLine.objects.within(CooperativeScope(tifawine.pk)).get()
    html = page(member(tifawine), f"/portal/tifawine/money/payments/{line.pk}/")
    assert "264,00\u00a0DH" in html
    assert ">88,00<" in html
    assert ">176,00<" in html
    assert "…5555" in html
    assert "011780000019210016805555" not in html


def test_below_zero_is_said_in_words(programme: Programme, tifawine: Cooperative) -> None:
    sale = sold_and_delivered(tifawine)
    paid_out(programme)
    sale.refunded({0: 10_000})()
    html = page(member(tifawine), "/portal/tifawine/money/")
    assert "\u221288,00\u00a0DH" in html
    assert "Votre solde est négatif" in html


def test_nobody_else_sees_it(programme: Programme, tifawine: Cooperative) -> None:
    other = make_cooperative(programme, "other")
    sold_and_delivered(tifawine)
    paid_out(programme)
    line = PayoutLine.objects.within(CooperativeScope(tifawine.pk)).get()
    stranger = member(other)
    page(stranger, "/portal/tifawine/money/", status=404)
    page(stranger, f"/portal/other/money/payments/{line.pk}/", status=404)
    page(member(tifawine, "seller"), "/portal/tifawine/money/", status=403)


def test_a_month_that_cannot_be_is_not_found(tifawine: Cooperative) -> None:
    manager = member(tifawine)
    for month in ("2026-13", "2026-0", "2027-1"):
        page(manager, f"/portal/tifawine/money/statements/{month}/", status=404)
