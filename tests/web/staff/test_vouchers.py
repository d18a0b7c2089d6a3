"""What a programme or a region bears is proposed by one person and confirmed by another."""

import pytest
from django.test import Client

from marketplace.orders.models import Voucher
from tests.payouts.world import make_cooperative, make_programme, make_user
from tests.web.browsers import browser
from vendors.models import Programme

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/vouchers/"
WANTED = {
    "code": "RAMADAN26",
    "kind": "amount",
    "bearer": "programme",
    "first_on": "2026-01-01",
    "last_on": "2036-01-31",
    "in_ma": "on",
    "amount_ma": "12,50",
}


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def person(programme: Programme) -> Client:
    return browser(make_user("person", programme, "finance_preparer"))


def test_a_second_person_confirms_and_either_stops(programme: Programme, person: Client) -> None:
    shown = person.post(f"{BASE}propose/", WANTED, follow=True)
    made = Voucher.objects.get()
    assert (made.state, made.bearer, made.cooperative_id) == ("proposed", "programme", None)
    assert [m.amount_minor for m in made.markets.all()] == [1_250]
    assert "/confirm/" not in shown.content.decode()
    # Not by oneself, whatever is sent.
    person.post(f"{BASE}{made.pk}/confirm/")
    made.refresh_from_db()
    assert made.state == "proposed"

    other = browser(make_user("other", programme, "finance_approver"))
    assert "RAMADAN26" in other.get(BASE).content.decode()
    assert "/confirm/" in other.get(f"{BASE}{made.pk}/").content.decode()
    other.post(f"{BASE}{made.pk}/confirm/")
    made.refresh_from_db()
    assert (made.state, made.confirmed_by is None) == ("open", False)
    person.post(f"{BASE}{made.pk}/stop/")
    made.refresh_from_db()
    assert made.state == "stopped"


def test_a_region_that_bears_is_named(programme: Programme, person: Client) -> None:
    answer = person.post(f"{BASE}propose/", WANTED | {"bearer": "region"})
    assert answer.status_code == 422
    assert "region_code" in answer.context["form"].errors
    person.post(f"{BASE}propose/", WANTED | {"bearer": "region", "region_code": "MA-09"})
    assert Voucher.objects.get().region_code == "MA-09"


def test_for_one_cooperative_and_never_at_its_cost(programme: Programme, person: Client) -> None:
    own = make_cooperative(programme)
    person.post(f"{BASE}propose/", WANTED | {"cooperative_id": str(own.pk)})
    assert Voucher.objects.get().cooperative_id == own.pk
    answer = person.post(f"{BASE}propose/", WANTED | {"code": "OTHER-26", "bearer": "cooperative"})
    assert answer.status_code == 422


def test_who_may(programme: Programme) -> None:
    observer = browser(make_user("observer", programme, "observer"))
    assert observer.get(BASE).status_code == 200
    assert observer.post(f"{BASE}propose/", WANTED).status_code == 403
