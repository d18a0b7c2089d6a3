"""An accountant reads the trial balance, takes the journal away, names accounts and closes."""

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.http import StreamingHttpResponse
from django.test import Client
from django.utils import timezone

from marketplace.core.models import AuditEntry
from marketplace.ledger.accounting.fec import fec_problems
from marketplace.ledger.models import MappedAccount, PeriodClosing
from tests.payouts.world import make_cooperative, make_programme, make_user, sold_and_delivered
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/books/"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC), tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    programme = make_programme()
    sold_and_delivered(make_cooperative(programme))
    return programme


@pytest.fixture
def accountant(programme: Programme) -> Client:
    return browser(make_user("accountant", programme, "finance_preparer"))


def body(response: Any) -> str:
    assert isinstance(response, StreamingHttpResponse)
    return b"".join(response).decode()  # type: ignore[arg-type]


def test_all_that_is_not_closed_is_shown_with_its_sums(accountant: Client) -> None:
    page = accountant.get(BASE).content.decode()
    assert "Balance générale" in page
    assert 'value="2026-11-01"' in page
    assert f'value="{timezone.localdate()}"' in page
    assert f'href="{BASE.replace("books", "refunds/bank")}"' in page
    assert "511500" in page
    assert page.count("230,00") >= 2  # debits and credits of the month agree


def test_files_of_a_period_and_who_took_them(accountant: Client) -> None:
    asked = "?first_on=2026-11-01&last_on=2026-11-30"
    assert fec_problems(body(accountant.get(f"{BASE}journal.txt{asked}"))) == []
    assert body(accountant.get(f"{BASE}journal.csv{asked}")).startswith("journal,number")
    trial = accountant.get(f"{BASE}trial-balance.csv{asked}")
    assert trial["Content-Disposition"] == (
        'attachment; filename="balance-2026-11-01-2026-11-30.csv"'
    )
    assert AuditEntry.objects.filter(action="books.export").count() == 3


def test_a_wrong_period_is_told_and_gives_no_file(accountant: Client) -> None:
    asked = "?first_on=2026-12-01&last_on=2026-11-01"
    page = accountant.get(f"{BASE}{asked}")
    assert page.status_code == 422
    assert "précède son début" in page.content.decode()
    assert accountant.get(f"{BASE}journal.txt{asked}").status_code == 404


def test_a_month_is_closed_once_it_is_meant(accountant: Client) -> None:
    refused = accountant.post(f"{BASE}close/", {"last_on": "2026-11-30"})
    assert refused.status_code == 422
    assert PeriodClosing.objects.count() == 0

    accountant.post(f"{BASE}close/", {"last_on": "2026-11-30", "confirmed": "on"})

    assert PeriodClosing.objects.get().last_on == date(2026, 11, 30)
    assert "Clôturé jusqu’au" in accountant.get(BASE).content.decode()


def test_the_balance_in_one_currency_is_beside_those_by_currency(
    programme: Programme, accountant: Client
) -> None:
    asked = "?first_on=2026-11-01&last_on=2026-11-30"
    assert "Toutes devises" not in accountant.get(f"{BASE}{asked}").content.decode()
    cooperative = Cooperative.objects.within(ProgrammeScope(programme.pk)).get()
    sold_and_delivered(cooperative, currency="EUR")
    assert "Toutes devises, en MAD" in accountant.get(f"{BASE}{asked}").content.decode()
    file = accountant.get(f"{BASE}trial-balance-base.csv{asked}").content.decode()
    assert {row.split(",")[3] for row in file.splitlines()[1:]} == {"MAD"}


def test_several_months_are_closed_at_once(programme: Programme, accountant: Client) -> None:
    cooperative = Cooperative.objects.within(ProgrammeScope(programme.pk)).get()
    sold_and_delivered(cooperative, when=datetime(2026, 9, 3, 10, tzinfo=UTC))
    page = accountant.get(f"{BASE}close/").content.decode()
    assert page.count("équilibré") == 3
    answer = accountant.post(
        f"{BASE}close/", {"last_on": "2026-11-30", "confirmed": "on"}, follow=True
    )
    assert "3 périodes clôturées" in answer.content.decode()
    assert PeriodClosing.objects.count() == 3


def test_an_account_is_named_as_the_accountant_says(accountant: Client) -> None:
    given = {
        "code": "commission",
        "number": "706000",
        "label": "Commissions",
        "valid_from": "2026-12-05",
        "source": "lettre du 2 décembre",
    }
    assert accountant.post(f"{BASE}chart/", given | {"number": "7 06"}).status_code == 422
    assert accountant.post(f"{BASE}chart/", given).status_code == 302
    assert MappedAccount.objects.get().number == "706000"


def test_an_observer_reads_and_changes_nothing(programme: Programme) -> None:
    observer = browser(make_user("observer", programme, "observer"))
    assert observer.get(BASE).status_code == 200
    assert observer.get(f"{BASE}chart/").status_code == 200
    assert observer.post(f"{BASE}chart/", {}).status_code == 403
    for path in ("close/", "journal.txt", "journal.csv", "trial-balance.csv"):
        assert observer.get(BASE + path).status_code == 403
    assert PeriodClosing.objects.count() == 0


def test_a_programme_without_movements_has_an_empty_page() -> None:
    programme = make_programme()
    reader = browser(make_user("reader", programme, "finance_preparer"))
    assert "Aucune écriture" in reader.get(BASE).content.decode()
    assert reader.get(f"{BASE}close/").status_code == 404
