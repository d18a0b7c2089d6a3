"""Portal and staff pages of orders: the programme's own hours, and what is so of the money."""

import re
from datetime import UTC, datetime
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.utils import translation
from pypdf import PdfReader

from catalog.markets import MARKETS, market_of
from marketplace.core.formats import Format
from marketplace.orders.models import DeliveryEvidence, Parcel, VendorOrder
from marketplace.orders.packing_slip import packing_slip
from tests.factories.told_orders import ARRIVED, PLACED, Case, cases, make_order
from tests.factories.vendors import make_cooperative, make_member, make_programme, make_staff
from tests.web.browsers import browser
from vendors.models import Cooperative
from vendors.scoping import Crossing

pytestmark = pytest.mark.django_db

AMMAN = ZoneInfo("Asia/Amman")
# What members read of money that is there, and of cash.
PAID = {"en": r"\bPaid\b", "fr": r"\bPayée?\b", "ar": "مؤدّاة"}
CASH = {
    "en": r"the carrier\b.*on delivery",
    "fr": "transporteur à la livraison",
    "ar": "عند التسليم",
}


@pytest.fixture
def cooperative() -> Cooperative:
    """Of a programme whose office is in Amman."""
    programme = make_programme()
    programme.time_zone = AMMAN.key
    programme.save()
    return make_cooperative(programme)


def member(cooperative: Cooperative, language: str) -> Client:
    client = browser(make_member(cooperative))
    client.cookies["twiza_language"] = language
    return client


def part_of(case: Case, cooperative: Cooperative, market: str = "ma") -> VendorOrder:
    order = make_order(case, market_of(market), "fr", cooperative)
    rows = order.vendor_orders.crossing(Crossing.POLICY)
    return rows.select_related("order", "cooperative__programme").get()


def money_line(client: Client, part: VendorOrder) -> str:
    html = client.get(f"/portal/{part.cooperative.slug}/orders/{part.pk}/").content.decode()
    found = re.search(r'<p class="row nowrap small muted">.*?</p>', html, flags=re.DOTALL)
    assert found
    return re.sub(r"<[^>]*>", " ", found.group())


def wrong_of(text: str, case: Case, language: str) -> list[str]:
    found = []
    says_paid = re.search(PAID[language], text)
    if says_paid and (case.is_over or not case.is_paid or case.method == "cod"):
        found.append("says paid")
    if re.search(CASH[language], text) and (case.method != "cod" or case.is_over):
        found.append("says cash")
    return found


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_member_reads_what_is_so_of_the_money(language: str, cooperative: Cooperative) -> None:
    client = member(cooperative, language)
    wrong = []
    for case in cases():
        text = money_line(client, part_of(case, cooperative))
        wrong += [(case, what, text) for what in wrong_of(text, case, language)]
        if case.method == "cod" and not case.is_over:
            assert re.search(CASH[language], text), (case, text)
        if case.method == "card" and case.state in {"sent", *ARRIVED}:
            assert re.search(PAID[language], text), (case, text)
    assert wrong == []


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_members_and_staff_read_the_programmes_hours(
    language: str, cooperative: Cooperative
) -> None:
    part = part_of(Case("sent", "card", is_paid=True), cooperative)
    staff = browser(make_staff(cooperative.programme))
    staff.cookies["twiza_language"] = language
    moment = Format(language, "ma").moment(PLACED, zone=AMMAN)

    of_member = member(cooperative, language).get(f"/portal/{cooperative.slug}/orders/{part.pk}/")
    of_staff = staff.get(f"/staff/mourafaka/orders/{part.pk}/")

    assert moment in of_member.content.decode()
    assert moment in of_staff.content.decode()


def test_an_hour_that_staff_type_is_the_programmes(cooperative: Cooperative) -> None:
    part = part_of(Case("sent", "card", is_paid=True), cooperative)
    parcel = Parcel.objects.crossing(Crossing.POLICY).get(vendor_order=part)
    staff = browser(make_staff(cooperative.programme))

    staff.post(
        f"/staff/mourafaka/deliveries/{parcel.pk}/",
        {"delivered_at": "2026-06-15T08:00", "reference": "call", "confirmed": "on"},
    )

    evidence = DeliveryEvidence.objects.crossing(Crossing.POLICY).get(parcel=parcel)
    assert evidence.occurred_at == datetime(2026, 6, 15, 5, 0, tzinfo=UTC)


def test_a_reason_of_the_shops_own_is_in_the_members_language(cooperative: Cooperative) -> None:
    part = part_of(Case("cancelled", "bank", is_paid=False), cooperative)

    html = member(cooperative, "fr").get(f"/portal/{cooperative.slug}/orders/{part.pk}/").content

    assert "Le virement bancaire n’est pas arrivé à temps." in html.decode()


@pytest.mark.parametrize("code", [market.code for market in MARKETS])
def test_a_packing_slip_collects_of_cash_only_and_has_the_markets_day(
    code: str, cooperative: Cooperative
) -> None:
    market = market_of(code)
    for case in cases():
        if case.state != "placed" or (case.method == "cod" and not market.is_one_country):
            continue
        part = part_of(case, cooperative, code)
        with translation.override("en"):
            made = packing_slip(part, language="fr")
        text = PdfReader(BytesIO(made)).pages[0].extract_text()

        assert f"{PLACED.astimezone(market.zone).day} juin" in text.replace("\xa0", " ")
        assert ("À encaisser" in text) == (case.method == "cod")
