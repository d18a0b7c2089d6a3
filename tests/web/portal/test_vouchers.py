"""A cooperative's own vouchers: made and stopped by a manager, read by an accountant."""

import pytest

from marketplace.orders.models import Voucher
from tests.factories import vendors as make
from tests.web.browsers import browser
from vendors.models import Cooperative

pytestmark = pytest.mark.django_db
WANTED = {
    "code": "laine-2030",
    "kind": "percent",
    "percent": "٢٠",
    "first_on": "2026-01-01",
    "last_on": "2036-01-31",
    "in_ma": "on",
    "least_ma": "200",
    "most_uses": "50",
    "once_per_buyer": "on",
}


@pytest.fixture
def own() -> Cooperative:
    return make.make_published(name="Tamounte")


def test_a_manager_makes_one_and_stops_it(own: Cooperative) -> None:
    path = f"/portal/{own.slug}/vouchers/"
    office = browser(make.make_member(own))
    assert path in office.get(f"/portal/{own.slug}/money/").content.decode()
    assert office.post(f"{path}new/", WANTED)["Location"] == path
    made = Voucher.objects.get()
    assert (made.code, made.percent, made.bearer) == ("LAINE-2030", 20, "cooperative")
    assert (made.cooperative_id, made.most_uses, made.once_per_buyer) == (own.pk, 50, True)
    assert [(m.market, m.least_minor) for m in made.markets.all()] == [("ma", 20_000)]
    assert (made.ends_at - made.starts_at).days == 3683
    assert "LAINE-2030" in office.get(path).content.decode()

    again = office.post(f"{path}new/", WANTED)
    assert again.status_code == 422
    assert "laine-2030" in again.content.decode()
    office.post(f"{path}{made.pk}/stop/")
    made.refresh_from_db()
    assert made.state == "stopped"
    assert f"{made.pk}/stop/" not in office.get(path).content.decode()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"percent": ""}, "percent"),
        ({"percent": "100"}, "percent"),
        ({"kind": "amount"}, "amount_ma"),
        ({"last_on": "2025-12-31"}, "last_on"),
        ({"code": "abc"}, "code"),
        ({"code": "تخفيض2026"}, "code"),
        ({"in_ma": ""}, "__all__"),
    ],
)
def test_what_does_not_fit_is_said_beside_its_field(
    own: Cooperative, changes: dict[str, str], field: str
) -> None:
    office = browser(make.make_member(own))
    answer = office.post(f"/portal/{own.slug}/vouchers/new/", WANTED | changes)
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert not Voucher.objects.exists()


def test_who_may(own: Cooperative) -> None:
    path = f"/portal/{own.slug}/vouchers/"
    reader = browser(make.make_member(own, "accountant"))
    assert reader.get(path).status_code == 200
    assert reader.post(f"{path}new/", WANTED).status_code == 403
    assert browser(make.make_member(own, "seller")).get(path).status_code == 403


def test_another_cooperatives_voucher_is_not_found(own: Cooperative) -> None:
    other = make.make_published(name="Tadla", slug="tadla")
    browser(make.make_member(other)).post(f"/portal/{other.slug}/vouchers/new/", WANTED)
    made = Voucher.objects.get()
    answer = browser(make.make_member(own)).post(f"/portal/{own.slug}/vouchers/{made.pk}/stop/")
    assert answer.status_code == 404
    made.refresh_from_db()
    assert made.state == "open"
