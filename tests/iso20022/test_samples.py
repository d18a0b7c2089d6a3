"""Samples of banks' answers: valid by ISO's definitions, and read by another reader as by ours."""

from decimal import Decimal
from pathlib import Path

import pytest

from marketplace.core.money import Money
from marketplace.payments.bank_statements import Entry, Statement, read_statements
from marketplace.payouts.bank_reports.detection import read_bank_report
from marketplace.payouts.bank_reports.report import ReportedPayment
from marketplace.payouts.models import PayoutLine, PayoutRun, ReportedStatus
from tests.iso20022.schemas import FOLDER, faults
from tests.iso20022.second_reader import Account, Movement, Status, accounts, statuses
from tests.payouts.samples import camt053, pain002

SAMPLES = sorted(Path(__file__).parent.joinpath("samples").iterdir())
MEANT = {
    "ACCP": ReportedStatus.ACCEPTED,
    "ACSP": ReportedStatus.ACCEPTED,
    "ACSC": ReportedStatus.SETTLED,
    "RJCT": ReportedStatus.RETURNED,
}


def samples(kind: str) -> list[object]:
    found = [path for path in SAMPLES if path.name.startswith(kind)]
    assert found
    return [pytest.param(path.read_bytes(), id=path.stem) for path in found]


def payout_lines() -> list[PayoutLine]:
    run = PayoutRun(reference="TWZ-2026-0007", currency="MAD")
    return [
        PayoutLine(run=run, amount_minor=48_000 + n, end_to_end_id=f"TWZ2026000700{n}")
        for n in (1, 2, 3)
    ]


def written_statements() -> list[object]:
    """What the other tests of payouts read."""
    first, second, third = payout_lines()
    payouts = [(first, "DBIT", ""), (second, "DBIT", ""), (third, "CRDT", "AC04")]
    return [
        pytest.param(camt053(payouts), id="payouts-02"),
        pytest.param(camt053(payouts, version="08"), id="payouts-08"),
    ]


def written_reports() -> list[object]:
    first, second, third = payout_lines()
    told = [(first, "ACSP", ""), (second, "RJCT", "AC01"), (third, "PDNG", "")]
    return [
        pytest.param(
            pain002("TWZ-2026-0007", "PART", told, version=version), id=f"payouts-{version}"
        )
        for version in ("03", "10")
    ]


def as_decimal(amount_minor: int, currency: str) -> Decimal:
    return Money(amount_minor, currency).decimal


def ours(statement: Statement) -> Account:
    assert statement.opening_minor is not None
    assert statement.closing_minor is not None
    return Account(
        statement.statement_id,
        statement.account,
        statement.currency,
        as_decimal(statement.opening_minor, statement.currency),
        as_decimal(statement.closing_minor, statement.currency),
        tuple(_movement(entry) for entry in statement.entries),
    )


def _movement(entry: Entry) -> Movement:
    return Movement(
        entry.booked_on, entry.value_on, as_decimal(entry.amount_minor, entry.currency),
        entry.currency, "CRDT" if entry.is_credit else "DBIT", entry.is_reversal,
        entry.end_to_end_id, entry.message_id, entry.bank_reference, entry.remittance,
        entry.counterparty_name, entry.counterparty_iban, entry.return_reason,
    )  # fmt: skip


def meant(status: Status) -> ReportedPayment:
    """What the other reader read, in our words."""
    amount = None
    if status.amount is not None:
        amount = Money.from_decimal(str(status.amount), status.currency).amount_minor
    return ReportedPayment(
        MEANT[status.status], status.message_id, status.end_to_end_id, amount, status.currency,
        " ".join(status.reasons),
    )  # fmt: skip


def has_schema(content: bytes) -> bool:
    return b"pain.002.001.03" not in content


@pytest.mark.parametrize(
    "content", [*samples("camt"), *samples("pain"), *written_statements(), *written_reports()]
)
def test_every_sample_is_valid_by_the_messages_definition(content: bytes) -> None:
    if not has_schema(content):
        assert not FOLDER.joinpath("pain.002.001.03.xsd").exists()
        # The other reader refuses what its classes do not know; that of .10 has the same elements.
        content = content.replace(b"pain.002.001.03", b"pain.002.001.10")
    assert faults(content) == []


def test_a_sample_that_breaks_the_definition_is_told() -> None:
    content = camt053([(payout_lines()[0], "DBIT", "")])
    (fault,) = faults(content.replace(b"<Sts>BOOK</Sts>", b""))
    assert "BookgDt" in fault


@pytest.mark.parametrize("content", [*samples("camt"), *written_statements()])
def test_a_statement_is_read_by_another_reader_as_by_ours(content: bytes) -> None:
    found = [ours(statement) for statement in read_statements(content)]

    assert found == accounts(content)
    assert all(account.movements for account in found)
    assert all(statement.is_complete is not None for statement in read_statements(content))


@pytest.mark.parametrize("content", [*samples("pain"), *written_reports()])
def test_a_report_is_read_by_another_reader_as_by_ours(content: bytes) -> None:
    told = [status for status in statuses(content) if status.status not in {"PART", "PDNG"}]

    assert list(read_bank_report(content).payments) == [meant(status) for status in told]
    assert told


def test_the_samples_hold_what_readers_differ_on() -> None:
    """Batches, returns, reversals, overdrafts, currencies without and with three decimals."""
    read = [
        a for path in SAMPLES if path.name.startswith("camt") for a in accounts(path.read_bytes())
    ]
    movements = [movement for account in read for movement in account.movements]
    assert {account.currency for account in read} == {"MAD", "TND", "XOF"}
    assert any(account.closing < 0 for account in read)
    assert {m.reason for m in movements} == {"", "AC04", "COMPTE-INCONNU"}
    assert any(m.is_reversal for m in movements)
    assert len({m.message_id for m in movements}) > 2
