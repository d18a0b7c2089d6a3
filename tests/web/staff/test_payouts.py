"""Finance people prepare, approve, file and settle a payout in the browser."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from marketplace.core.models import AuditEntry
from marketplace.payouts.models import BankFile, LineState, PayoutLine, PayoutRun, RunState
from tests.payouts.world import (
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from tests.web.browsers import browser
from vendors.models import Cooperative, Programme
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
def tifawine(programme: Programme) -> Cooperative:
    cooperative = make_cooperative(programme, "tifawine")
    sold_and_delivered(cooperative, totals=(552_273,))
    return cooperative


@pytest.fixture
def preparer(programme: Programme) -> Client:
    return browser(make_user("preparer", programme, "finance_preparer"))


@pytest.fixture
def approver(programme: Programme) -> Client:
    return browser(make_user("approver", programme, "finance_approver"))


def prepared(preparer: Client) -> str:
    answer = preparer.post(f"{BASE}prepare/", {"currency": "MAD"})
    assert answer.headers["Location"] == f"{BASE}VR-2026-11-26/"
    return answer.headers["Location"]


def state() -> str:
    return PayoutRun.objects.get().state


def test_from_preparing_to_settled(
    tifawine: Cooperative, preparer: Client, approver: Client
) -> None:
    address = prepared(preparer)
    html = approver.get(address).content.decode()
    assert "4\u202f860,00\u00a0DH" in html
    assert "…5555" in html
    answer = approver.post(f"{address}approve/", {"total": "4 860,00"})
    assert (answer.status_code, state()) == (302, RunState.APPROVED)
    approver.post(f"{address}file/")
    assert state() == RunState.FILED
    file = approver.get(f"{address}file/pain001/")
    assert file.headers["Content-Disposition"] == 'attachment; filename="VR-2026-11-26.xml"'
    assert b"<CtrlSum>4860.00</CtrlSum>" in file.content
    preparer.post(f"{address}sent/")
    assert preparer.get(f"{address}settled/").status_code == 200
    preparer.post(f"{address}settled/", {"confirmed": "on"})
    assert state() == RunState.SETTLED
    assert balances()["bank"] == -486_000
    html = preparer.get(address).content.decode()
    acts = AuditEntry.objects.filter(action__startswith="payout.").order_by("id")
    assert [entry.action for entry in acts] == [
        "payout.prepare",
        "payout.approve",
        "payout.file",
        "payout.download",
        "payout.send",
        "payout.settle",
    ]
    assert preparer.get(BASE).status_code == 200


def test_the_total_may_be_typed_in_arabic_digits(programme: Programme, preparer: Client) -> None:
    cooperative = make_cooperative(programme, "nile", currency="EGP")
    programme.country_codes = ["EG"]
    programme.save()
    sold_and_delivered(cooperative, totals=(51_136,), currency="EGP")
    answer = preparer.post(f"{BASE}prepare/", {"currency": "EGP"})
    approver = browser(make_user("arabic", programme, "finance_approver"), "ar")
    assert "٤٥٠٫٠٠\u00a0ج.م." in approver.get(answer.headers["Location"]).content.decode()
    approver.post(f"{answer.headers['Location']}approve/", {"total": "٤٥٠٫٠٠"})
    assert state() == RunState.APPROVED


@pytest.mark.parametrize("typed", ["4 860,01", "", "beaucoup"])
def test_a_wrong_total_approves_nothing(
    tifawine: Cooperative, preparer: Client, approver: Client, typed: str
) -> None:
    address = prepared(preparer)
    answer = approver.post(f"{address}approve/", {"total": typed})
    assert (answer.status_code, state()) == (422, RunState.PREPARED)
    assert 'aria-invalid="true"' in answer.content.decode()


def test_the_preparer_does_not_see_and_cannot_use_the_approval(
    programme: Programme, tifawine: Cooperative, preparer: Client
) -> None:
    address = prepared(preparer)
    assert 'name="total"' not in preparer.get(address).content.decode()
    assert preparer.post(f"{address}approve/", {"total": "4860"}).status_code == 403
    assert state() == RunState.PREPARED


def test_a_payment_sent_back_by_the_bank(
    programme: Programme, tifawine: Cooperative, preparer: Client, approver: Client
) -> None:
    address = prepared(preparer)
    approver.post(f"{address}approve/", {"total": "4860"})
    approver.post(f"{address}file/")
    preparer.post(f"{address}sent/")
    line = PayoutLine.objects.within(ProgrammeScope(programme.pk)).get()
    returned = f"{address}lines/{line.pk}/returned/"
    assert preparer.get(returned).status_code == 200
    preparer.post(returned, {"reason": "compte clos"})
    line.refresh_from_db()
    assert (line.state, line.return_reason) == (LineState.RETURNED, "compte clos")
    assert balances()["released"] == -486_000
    assert state() == RunState.RETURNED


def test_sending_back_frees_the_money(
    tifawine: Cooperative, preparer: Client, approver: Client
) -> None:
    address = prepared(preparer)
    assert approver.get(f"{address}send-back/").status_code == 200
    approver.post(f"{address}send-back/", {"remark": "vérifiez Tifawine"})
    assert state() == RunState.SENT_BACK
    assert balances()["released"] == -486_000
    assert "vérifiez Tifawine" in preparer.get(address).content.decode()


def test_readers_take_no_bank_file_and_strangers_see_nothing(
    programme: Programme, tifawine: Cooperative, preparer: Client, approver: Client
) -> None:
    address = prepared(preparer)
    approver.post(f"{address}approve/", {"total": "4860"})
    approver.post(f"{address}file/")
    observer = browser(make_user("observer", programme, "observer"))
    assert observer.get(address).status_code == 200
    assert observer.get(f"{address}file/csv/").status_code == 403
    assert observer.post(f"{address}file/").status_code == 403
    assert observer.post(f"{address}sent/").status_code == 403
    other = make_programme("other")
    stranger = browser(make_user("stranger", other, "finance_approver"))
    assert stranger.get(address).status_code == 404
    assert stranger.get("/staff/other/payouts/VR-2026-11-26/").status_code == 404
    assert stranger.get("/staff/other/payouts/VR-2026-11-26/file/csv/").status_code == 404
    assert Client().get(address).status_code == 302
    assert BankFile.objects.count() == 3
    assert not AuditEntry.objects.filter(action="payout.download").exists()


def test_the_ledger_shows_accounts_and_journal(tifawine: Cooperative, preparer: Client) -> None:
    html = preparer.get(f"{BASE}ledger/").content.decode()
    assert "+5\u202f552,73\u00a0DH" in html
    assert "\u22124\u202f860,00\u00a0DH" in html
    html = preparer.get(f"{BASE}ledger/?cause=payout_settled").content.decode()
    assert html.count("\u22124\u202f860,00\u00a0DH") == 1


def test_the_journal_is_searched_by_number_and_leads_to_the_document(
    tifawine: Cooperative, preparer: Client
) -> None:
    address = prepared(preparer)
    html = preparer.get(f"{BASE}ledger/?number=VR-2026-11-26").content.decode()
    assert html.count(f'<a href="{address}">') == 1
    assert "Aucune écriture n’a ce numéro" not in html
    html = preparer.get(f"{BASE}ledger/?number=VR-2026-11-27").content.decode()
    assert "Aucune écriture n’a ce numéro" in html
