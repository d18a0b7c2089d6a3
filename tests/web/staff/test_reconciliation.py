"""Differences are listed, a bank's file is compared, and one is explained."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marketplace.ledger.post import book_of
from marketplace.payouts.reconciliation.models import Difference
from tests.payouts.world import balances, make_programme, make_user
from tests.web.browsers import browser
from vendors.models import Programme

pytestmark = pytest.mark.django_db
BASE = "/staff/mourafaka/reconciliation/"
NOW = datetime(2026, 12, 4, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    return make_programme()


@pytest.fixture
def difference(programme: Programme) -> Difference:
    return Difference.objects.create(
        book=book_of(programme.pk),
        counterpart="bank",
        subject="2026-11-30:FRAIS",
        currency="MAD",
        ledger_minor=0,
        other_minor=-2_500,
        likely="not_booked",
        first_seen_at=NOW,
        last_seen_at=NOW,
    )


@pytest.fixture
def accountant(programme: Programme) -> Client:
    return browser(make_user("accountant", programme, "finance_preparer"))


def test_a_difference_is_listed_and_explained(accountant: Client, difference: Difference) -> None:
    page = accountant.get(BASE).content.decode()
    assert "2026-11-30:FRAIS" in page
    assert "jamais comptabilisée" in page
    path = f"{BASE}{difference.pk}/"
    assert accountant.post(path, {"against": "psp_fee", "explanation": ""}).status_code == 422
    assert balances() == {}

    given = {"against": "psp_fee", "explanation": "frais de tenue de compte"}
    assert accountant.post(path, given).status_code == 302

    assert balances() == {"bank": -2_500, "psp_fee": 2_500}
    assert "frais de tenue de compte" in accountant.get(BASE).content.decode()
    assert accountant.post(path, given).status_code == 422


def test_a_file_that_is_no_statement_is_told(accountant: Client) -> None:
    file = SimpleUploadedFile("x.xml", b"<html></html>")
    assert accountant.post(f"{BASE}bank/", {"file": file}).status_code == 422
    assert Difference.objects.count() == 0


def test_an_observer_reads_and_explains_nothing(
    programme: Programme, difference: Difference
) -> None:
    observer = browser(make_user("observer", programme, "observer"))
    assert observer.get(BASE).status_code == 200
    for path in (f"{BASE}{difference.pk}/", f"{BASE}bank/"):
        assert observer.post(path, {}).status_code == 403
    assert balances() == {}


def test_nothing_to_explain_is_said(accountant: Client) -> None:
    assert "Aucun écart." in accountant.get(BASE).content.decode()
