"""Bank reports: read alike whatever their form, applied once, in any order."""

from collections.abc import Callable

import pytest
from django.utils import translation

from marketplace.core.worker import work_off
from marketplace.payouts import services
from marketplace.payouts.bank_reports.detection import read_bank_report
from marketplace.payouts.book_checks import findings
from marketplace.payouts.errors import BankReportAlreadyApplied, BankReportUnreadable
from marketplace.payouts.models import (
    BankReport,
    BankReportItem,
    BankReportKind,
    PayoutLine,
    PayoutRun,
    ReportedStatus,
    RunState,
)
from tests.payouts.samples import camt053, pain002
from tests.payouts.world import (
    balances,
    make_cooperative,
    make_programme,
    make_user,
    sold_and_delivered,
)
from vendors.models import Programme, User
from vendors.scoping import ProgrammeScope

pytestmark = pytest.mark.django_db
Taker = Callable[..., BankReport]


@pytest.fixture
def programme() -> Programme:
    found = make_programme()
    for slug in ("aaa", "bbb"):
        cooperative = make_cooperative(found, slug, email=f"{slug}@example.org")
        sold_and_delivered(cooperative)
    return found


@pytest.fixture
def preparer(programme: Programme) -> User:
    return make_user("preparer", programme, "finance_preparer")


@pytest.fixture
def run(programme: Programme, preparer: User) -> PayoutRun:
    approver = make_user("approver", programme, "finance_approver")
    run = services.prepare_run(programme=programme, by=preparer.actor)
    services.approve_run(run=run, typed_total=run.total_minor, by=approver.actor)
    services.make_bank_file(run=run, by=approver.actor)
    return services.mark_sent(run=run, by=preparer.actor)


@pytest.fixture
def take(programme: Programme, preparer: User) -> Taker:
    return lambda content: services.apply_bank_report(
        programme=programme, content=content, name="bank", by=preparer.actor
    )


def lines(run: PayoutRun) -> list[PayoutLine]:
    rows = PayoutLine.objects.within(ProgrammeScope(run.programme_id)).filter(run=run)
    return list(rows.order_by("position"))


def states(run: PayoutRun) -> tuple[str, list[str]]:
    run.refresh_from_db()
    return run.state, [line.state for line in lines(run)]


def test_a_file_accepted_with_one_payment_refused(
    run: PayoutRun, take: Taker, mailoutbox: list[object]
) -> None:
    first, second = lines(run)
    content = pain002(run.reference, "PART", [(first, "ACSP", ""), (second, "RJCT", "AC01")])
    take(content)
    work_off()
    assert states(run) == ("accepted", ["ready", "returned"])
    assert lines(run)[1].return_reason == "AC01"
    assert (balances()["in_run"], balances()["released"]) == (-8_800, -8_800)
    assert [m.to for m in mailoutbox] == [["bbb@example.org"]]  # type: ignore[attr-defined]
    take(camt053([(first, "DBIT", "")]))
    assert states(run) == (RunState.SETTLED, ["settled", "returned"])
    assert list(findings()) == []


def test_a_statement_settles_and_a_later_one_brings_back(run: PayoutRun, take: Taker) -> None:
    first, second = lines(run)
    take(camt053([(first, "DBIT", ""), (second, "DBIT", "")]))
    assert states(run) == (RunState.SETTLED, ["settled", "settled"])
    take(camt053([(first, "CRDT", "AC04")], number=2))
    assert states(run) == (RunState.SETTLED, ["returned", "settled"])
    assert balances()["bank"] == -8_800
    assert balances()["released"] == -8_800


def test_the_same_file_is_taken_once_and_the_same_word_changes_nothing(
    run: PayoutRun, take: Taker
) -> None:
    first, second = lines(run)
    content = camt053([(first, "DBIT", ""), (second, "DBIT", "")])
    take(content)
    with pytest.raises(BankReportAlreadyApplied):
        take(content)
    take(camt053([(first, "DBIT", ""), (second, "DBIT", "")], number=2))
    take(pain002(run.reference, "ACSC", []))
    assert states(run) == (RunState.SETTLED, ["settled", "settled"])
    assert balances()["bank"] == -17_600
    outcomes = BankReportItem.objects.order_by("id").values_list("outcome", flat=True)
    assert list(outcomes) == ["applied", "applied", "known", "known", "known"]
    assert BankReport.objects.count() == 3


def test_what_is_not_ours_or_differs_is_listed_and_moves_nothing(
    run: PayoutRun, take: Taker
) -> None:
    first, second = lines(run)
    second.amount_minor = 1
    first.end_to_end_id = "SOMEBODY-ELSE"
    report = take(camt053([(first, "DBIT", ""), (second, "DBIT", "")]))
    found = BankReportItem.objects.filter(report=report).order_by("position")
    assert [item.outcome for item in found] == ["unmatched", "different"]
    assert states(run) == ("sent", ["ready", "ready"])


def booked_in_one_sum(run: PayoutRun, paid: str) -> bytes:
    """A statement where the bank booked the transfers of a file as one debit."""
    entry = (
        f"<Ntry><Amt Ccy='MAD'>{paid}</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>BOOK</Sts>"
        "<BookgDt><Dt>2026-11-27</Dt></BookgDt><NtryDtls>"
        f"<Btch><PmtInfId>{run.reference}</PmtInfId></Btch></NtryDtls></Ntry></Stmt>"
    )
    return camt053([]).replace(b"</Stmt>", entry.encode())


def test_a_batch_in_one_sum_settles_the_lines_that_it_pays(run: PayoutRun, take: Taker) -> None:
    take(booked_in_one_sum(run, "176.00"))
    assert states(run) == (RunState.SETTLED, ["settled", "settled"])
    assert balances()["bank"] == -17_600


def test_a_batch_of_another_sum_moves_nothing(run: PayoutRun, take: Taker) -> None:
    report = take(booked_in_one_sum(run, "88.00"))
    assert BankReportItem.objects.get(report=report).outcome == "different"
    assert states(run) == ("sent", ["ready", "ready"])


def test_a_batch_leaves_out_what_the_bank_refused_before(run: PayoutRun, take: Taker) -> None:
    first, second = lines(run)
    take(pain002(run.reference, "PART", [(first, "ACSP", ""), (second, "RJCT", "AC01")]))
    take(booked_in_one_sum(run, "88.00"))
    assert states(run) == (RunState.SETTLED, ["settled", "returned"])


def test_a_refused_file_gives_everything_back(run: PayoutRun, take: Taker) -> None:
    take(pain002(run.reference, "RJCT", []))
    assert states(run) == (RunState.RETURNED, ["returned", "returned"])
    assert balances()["released"] == -17_600


def test_a_preview_changes_nothing(programme: Programme, run: PayoutRun) -> None:
    content = b"end_to_end_id;status;amount;currency\n%s;paid;88,00;MAD\nother;paid;;\n" % (
        lines(run)[0].end_to_end_id.encode()
    )
    preview = services.preview_bank_report(programme=programme, content=content)
    assert [row.outcome.value for row in preview.rows] == ["applied", "unmatched"]
    assert states(run) == ("sent", ["ready", "ready"])
    assert BankReport.objects.count() == 0


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"a,b\n1,2\n",
        b"end_to_end_id,status\nX,perhaps\n",
        b"<html></html>",
        b"<Document><CstmrPmtStsRpt>",
        b'<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Document>&e;</Document>',
        b"\xff\xfe\x00",
    ],
)
def test_what_cannot_be_read_is_refused_whole(take: Taker, content: bytes) -> None:
    with pytest.raises(BankReportUnreadable):
        take(content)
    assert BankReport.objects.count() == 0


def test_pending_words_say_nothing(run: PayoutRun) -> None:
    first, _second = lines(run)
    report = read_bank_report(pain002(run.reference, "PDNG", [(first, "PDNG", "")]))
    assert (report.kind, report.payments) == (BankReportKind.PAIN002, ())
    assert {v.value for v in ReportedStatus} == {"accepted", "settled", "returned"}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        (
            "X,paid,1.500,EUR",
            "Line 2: column “amount”, “1.500”: “1.500” can mean €1.50 or €1",
        ),
        ("X,paid,much,MAD", "Line 2: column “amount”, “much”: "),
        ("X,perhaps,1,MAD", "Line 2: column “status”, “perhaps”: unknown status"),
        ("X,paid,1,MAD,more", "Line 2: the row has more fields than the heading"),
    ],
)
def test_a_row_that_cannot_be_read_is_named_with_line_and_column(row: str, said: str) -> None:
    content = f"end_to_end_id,status,amount,currency\n{row}\n".encode()
    with translation.override("en"), pytest.raises(BankReportUnreadable) as refused:
        read_bank_report(content)
    assert said in str(refused.value)
