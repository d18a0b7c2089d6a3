"""A day of an accountant: a payout with a payment returned, the bank's files, the month's closing.

Everything is done on the pages and by the files that a person has.
"""

import csv
import io
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from marketplace.ledger.accounting.fec import COLUMNS, fec_problems
from marketplace.payments.models import BankEntry
from marketplace.payouts.book_checks import findings
from marketplace.payouts.models import PayoutLine, PayoutRun, RunState
from tests.payouts.world import (
    an_order,
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from tests.web.browsers import browser
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
HERE = "/staff/mourafaka/"
PERIOD = "?first_on=2026-01-01&last_on=2026-12-31"


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    with time_machine.travel(datetime(2026, 12, 4, 9, tzinfo=UTC), tick=True):
        yield


@pytest.fixture
def programme() -> Programme:
    """Three sales of November: one refunded in part, one returned whole, one as it is."""
    programme = make_programme()
    for number, slug in enumerate(("aaa", "bbb"), start=1):
        cooperative = make_cooperative(programme, slug, email=f"{slug}@example.org")
        an_order(sold_and_delivered(cooperative, totals=(30_000, 20_000)), f"TW-AAAA-000{number}")
        refunded = sold_and_delivered(cooperative, totals=(10_000, 4_000))
        an_order(refunded, f"TW-BBBB-000{number}")
        refunded.refunded({1: 4_000})()
    returned = sold_and_delivered(cooperative, totals=(7_000,))
    an_order(returned, "TW-CCCC-0001")
    returned.refunded({0: 7_000}, shipping=3_000)()
    return programme


@pytest.fixture
def accountant(programme: Programme) -> Client:
    return browser(make_user("accountant", programme, "finance_preparer"))


def pay_out(programme: Programme, accountant: Client) -> tuple[str, PayoutRun]:
    """A run that is prepared, approved by another person, and sent to the bank."""
    approver = browser(make_user("approver", programme, "finance_approver"))
    address = accountant.post(f"{HERE}payouts/prepare/", {"currency": "MAD"})["Location"]
    run = PayoutRun.objects.get()
    approver.post(f"{address}approve/", {"total": f"{run.total_minor / 100:.2f}"})
    approver.post(f"{address}file/")
    accountant.post(f"{address}sent/")
    run.refresh_from_db()
    assert run.state == RunState.SENT
    return address, run


def bank_answers(programme: Programme, accountant: Client, run: PayoutRun) -> None:
    """The bank paid the first payment, and the second came back."""
    paid, back = PayoutLine.objects.within(ProgrammeScope(programme.pk)).order_by("position")
    rows = [
        "end_to_end_id;status;amount;currency;reason",
        *(
            f"{line.end_to_end_id};{status};{line.amount_minor / 100:.2f};MAD;{reason}"
            for line, status, reason in ((paid, "paid", ""), (back, "returned", "AC04"))
        ),
    ]
    preview = upload(accountant, f"{HERE}payouts/answers/", "report.csv", rows)
    assert accountant.get(preview).status_code == 200
    accountant.post(preview)
    assert [line.state for line in run.lines.order_by("position")] == ["settled", "returned"]


def upload(accountant: Client, address: str, name: str, rows: list[str]) -> str:
    content = SimpleUploadedFile(name, "\n".join(rows).encode())
    answer = accountant.post(address, {"file": content})
    assert answer.status_code == 302, answer.content.decode()
    return answer["Location"]


def text_of(answer: Any) -> str:
    assert answer.status_code == 200
    content = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(content).decode("utf-8-sig")


def test_from_the_sales_of_a_month_to_its_journal(programme: Programme, accountant: Client) -> None:
    address, run = pay_out(programme, accountant)
    bank_answers(programme, accountant, run)
    page = accountant.get(address).content.decode()
    paid, back = run.lines.order_by("position")
    assert balances()["bank"] == -paid.amount_minor
    assert back.return_reason in page

    statement = [
        "Date;Libellé;Débit;Crédit",
        f"04/12/2026;{run.reference};{paid.amount_minor / 100:.2f};",
        "04/12/2026;VIR RECU SANS MOTIF;;75,00",
        "04/12/2026;EXTOURNE;;-75,00",
    ]
    preview = upload(accountant, f"{HERE}refunds/bank/import/", "releve.csv", statement)
    assert "EXTOURNE" in accountant.get(preview).content.decode()
    accountant.post(preview)
    assert [row.amount_minor for row in BankEntry.objects.all()] == [7_500]

    refused = accountant.post(f"{HERE}books/close/", {"last_on": "2026-11-30"})
    assert refused.status_code == 422
    closed = accountant.post(
        f"{HERE}books/close/", {"last_on": "2026-11-30", "confirmed": "on"}, follow=True
    )
    assert closed.status_code == 200

    fec = text_of(accountant.get(f"{HERE}books/journal.txt{PERIOD}"))
    journal = text_of(accountant.get(f"{HERE}books/journal.csv{PERIOD}"))
    assert fec_problems(fec) == []
    pieces = {row["piece"] for row in csv.DictReader(io.StringIO(journal))}
    of_fec = {line.split("\t")[COLUMNS.index("PieceRef")] for line in fec.splitlines()[1:]}
    assert pieces == of_fec
    assert pieces >= {"TW-AAAA-0001-1", "TW-BBBB-0002-1", "TW-CCCC-0001-1", run.reference}
    for piece in pieces:
        entry_leads_to_its_document_and_back(accountant, piece)
    assert list(findings()) == []


def entry_leads_to_its_document_and_back(accountant: Client, piece: str) -> None:
    journal = accountant.get(f"{HERE}payouts/ledger/", {"number": piece}).content.decode()
    links = set(re.findall(rf'<a href="([^"]+)"><bdi[^>]*>{re.escape(piece)}</bdi></a>', journal))
    assert len(links) == 1, piece
    document = accountant.get(links.pop())
    assert document.status_code == 200
    assert piece in document.content.decode()
