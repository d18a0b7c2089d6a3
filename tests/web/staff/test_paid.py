"""What staff read as paid: without what came back, and without leaving out a currency."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client
from django.utils.html import strip_tags

from marketplace.payouts import services
from marketplace.payouts.models import PayoutLine, PayoutRun
from tests.payouts.world import make_cooperative, make_programme, make_user, sold_and_delivered
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme, User
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/payouts/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 11, 26, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def people(programme: Programme) -> tuple[User, User]:
    return (
        make_user("preparer", programme, "finance_preparer"),
        make_user("approver", programme, "finance_approver"),
    )


@pytest.fixture
def preparer(people: tuple[User, User]) -> Client:
    return browser(people[0], "en")


def settled(programme: Programme, people: tuple[User, User], currency: str = "MAD") -> PayoutRun:
    preparer, approver = people
    run = services.prepare_run(programme=programme, currency=currency, by=preparer.actor)
    services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    services.mark_sent(run=run, by=preparer.actor)
    return services.mark_settled(run=run, by=preparer.actor)


def returned(run: PayoutRun, cooperative: Cooperative, by: User) -> None:
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).select_related("run")
    services.mark_returned(
        line=rows.get(run=run, cooperative=cooperative), reason="closed", by=by.actor
    )


def text(client: Client, address: str) -> str:
    """The page's text, with single plain spaces."""
    answer = client.get(address)
    assert answer.status_code == 200
    spaced = strip_tags(answer.content.decode().replace("<", " <")).replace("\xa0", " ")
    return re.sub(r"\s+", " ", spaced)


def test_a_returned_payment_is_not_paid_on_the_overview(
    programme: Programme, people: tuple[User, User], preparer: Client
) -> None:
    kept, back = (make_cooperative(programme, slug) for slug in ("kept", "back"))
    for cooperative in (kept, back):
        sold_and_delivered(cooperative)
    abroad = make_cooperative(programme, "abroad", currency="EUR")
    sold_and_delivered(abroad, currency="EUR", totals=(50_000,))
    run = settled(programme, people)
    settled(programme, people, "EUR")
    returned(run, back, people[0])
    page = text(preparer, "/staff/mourafaka/")
    assert "Paid to cooperatives MAD 88 and in other currencies: €440.00" in page
    assert "not counted, returned by the bank: MAD 88.00" in page


def test_the_list_and_the_run_tell_paid_from_returned(
    programme: Programme, people: tuple[User, User], preparer: Client
) -> None:
    kept, back = (make_cooperative(programme, slug) for slug in ("kept", "back"))
    sold_and_delivered(kept, totals=(20_000,))
    sold_and_delivered(back)
    run = settled(programme, people)
    returned(run, back, people[0])
    assert "MAD 264.00 MAD 176.00 MAD 88.00 settled, in part returned by the bank" in text(
        preparer, BASE
    )
    page = text(preparer, f"{BASE}{run.reference}/")
    assert "Total of the run MAD 264.00 2 cooperatives Paid MAD 176.00 1 cooperative" in page
    assert "Some payouts came back" in page


def test_the_run_shows_how_each_amount_adds_up(
    programme: Programme, people: tuple[User, User], preparer: Client
) -> None:
    cooperative = make_cooperative(programme)
    first = sold_and_delivered(cooperative, totals=(4_000, 6_000))
    settled(programme, people)
    first.refunded({0: 4_000})()
    sold_and_delivered(cooperative, totals=(20_000,))
    run = services.prepare_run(programme=programme, by=people[0].actor)
    page = text(preparer, f"{BASE}{run.reference}/")
    terms = (
        "Delivered sales +MAD 200.00 Refunded to buyers \u2212MAD 40.00 Commission \u2212MAD 19.20"
    )
    assert f"{terms} 140.80" in page
    assert f"How the total adds up {terms} Total MAD 140.80" in page
    file = preparer.get(f"{BASE}{run.reference}/lines.csv")
    assert b"200.00,-40.00,-19.20" in file.content
