"""Staff say up to how much is paid at the door; the checkout asks it."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.payments import sync
from marketplace.payments.cash_limits import most_in_cash
from marketplace.payments.checkouts import payable
from marketplace.payments.models import CashLimit
from tests.factories.vendors import make_programme, make_staff
from tests.payments.world import Sale, make_sale

pytestmark = pytest.mark.django_db


@pytest.fixture
def sale(settings: Any) -> Sale:
    settings.TEST_PAYMENTS = False
    return make_sale(method="cod")


@pytest.fixture
def client(sale: Sale) -> Client:
    found = Client()
    found.force_login(make_staff(sale.programme))
    return found


def page(sale: Sale) -> str:
    return f"/staff/{sale.programme.slug}/refunds/cash-limits/"


def told(most: str, **more: str) -> dict[str, str]:
    today = timezone.localdate().isoformat()
    return {"most": most, "currency": "MAD", "valid_from": today, "source": "council"} | more


def most(sale: Sale, days: int = 0) -> int | None:
    facts = payable(sale.attempt.checkout_id)  # type: ignore[arg-type]
    assert facts
    return most_in_cash(facts, timezone.localdate() + timedelta(days=days))


def test_a_limit_of_the_programme_decides_at_the_checkout(sale: Sale, client: Client) -> None:
    assert client.post(page(sale), told("674.99")).status_code == 302

    answer = sync.transaction_initialize(sale.pay_payload(method="cod"))

    assert (answer["result"], answer["message"]) == ("CHARGE_FAILURE", "too_much_for_cash")
    assert AuditEntry.objects.filter(action="cash_limit.set").count() == 1


@pytest.mark.parametrize(
    ("more", "holds"),
    [
        ({"cooperative_slug": "nassij"}, True),
        ({"region_code": "MA-01"}, False),
        ({"currency": "EUR"}, False),
    ],
)
def test_a_limit_holds_for_its_own(
    sale: Sale, client: Client, more: dict[str, str], holds: bool
) -> None:
    client.post(page(sale), told("100", **more))
    assert CashLimit.objects.count() == 1
    assert most(sale) == (10_000 if holds else None)


def test_a_new_limit_takes_the_place_of_its_like_from_its_day(sale: Sale, client: Client) -> None:
    client.post(page(sale), told("900"))
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    client.post(page(sale), told("1200", valid_from=tomorrow))
    assert [most(sale, days) for days in (0, 1)] == [90_000, 120_000]

    later = CashLimit.objects.get(most_minor=120_000)
    client.post(f"{page(sale)}{CashLimit.objects.get(most_minor=90_000).pk}/end/")
    client.post(f"{page(sale)}{later.pk}/end/")
    assert [most(sale, days) for days in (0, 1)] == [None, None]
    assert AuditEntry.objects.filter(action="cash_limit.end").count() == 2


@pytest.mark.parametrize(
    "wrong",
    [
        {"most": "-1"}, {"most": "1.5.0"}, {"most": "much"}, {"currency": "dirham"}, {"source": ""},
        {"valid_from": "2020-01-01"}, {"cooperative_slug": "stranger"}, {"region_code": "FR-75"},
    ],
)  # fmt: skip
def test_what_cannot_hold_is_refused(sale: Sale, client: Client, wrong: dict[str, str]) -> None:
    assert client.post(page(sale), told("100") | wrong).status_code == 422
    assert not CashLimit.objects.exists()


def test_a_limit_is_read_in_the_currency_beside_it(sale: Sale, client: Client) -> None:
    client.cookies["twiza_language"] = "fr"
    assert client.post(page(sale), told("١ ٥٠٠٫٥٠")).status_code == 302
    # given a text that is clear in one currency and not in the other
    assert client.post(page(sale), told("12,500", currency="tnd")).status_code == 302
    asked = client.post(page(sale), told("12,500", currency="eur"))
    assert 'name="most-reading" value="1250000"' in asked.content.decode()
    chosen = told("12,500", currency="eur") | {"most-reading": "1250000"}
    assert client.post(page(sale), chosen).status_code == 302

    kept = CashLimit.objects.values_list("currency", "most_minor")
    assert set(kept) == {("MAD", 150_050), ("TND", 12_500), ("EUR", 1_250_000)}


def test_another_programmes_limit_is_its_own(sale: Sale, client: Client) -> None:
    other = make_programme("other")
    stranger = Client()
    stranger.force_login(make_staff(other))
    assert stranger.post(page(sale), told("1")).status_code == 404
    assert stranger.post(f"/staff/{other.slug}/refunds/cash-limits/", told("1")).status_code == 302
    assert most(sale) is None

    limit = CashLimit.objects.get()
    assert client.post(f"{page(sale)}{limit.pk}/end/").status_code == 404
    observer = Client()
    observer.force_login(make_staff(sale.programme, "observer"))
    assert observer.get(page(sale)).status_code == 403
