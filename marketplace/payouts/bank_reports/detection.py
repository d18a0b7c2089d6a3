"""Detects the form of a bank report and parses it (pain.002 in a file of its own)."""

from django.utils.translation import gettext as _

from marketplace.core.amounts import AmbiguousAmount, UnreadableAmount, read_amount
from marketplace.core.csv_table import Cells, CsvUnreadable, in_column, read_table
from marketplace.core.word_lists import listed
from marketplace.payments.bank_statements import Entry, StatementUnreadable, read_camt053
from marketplace.payouts.bank_reports.pain002 import read_pain002
from marketplace.payouts.bank_reports.report import ParsedReport, ReportedPayment
from marketplace.payouts.errors import BankReportUnreadable
from marketplace.payouts.models import BankReportKind, ReportedStatus

LARGEST_BYTES = 10 * 1024 * 1024
_CSV_STATUSES = {
    "accepted": ReportedStatus.ACCEPTED,
    "paid": ReportedStatus.SETTLED,
    "settled": ReportedStatus.SETTLED,
    "returned": ReportedStatus.RETURNED,
    "rejected": ReportedStatus.RETURNED,
}
_NEEDED = {"end_to_end_id", "status"}
_COLUMNS = _NEEDED | {"amount", "currency", "reason"}


def read_bank_report(content: bytes) -> ParsedReport:
    """Parse a report, its form detected from its content; raises BankReportUnreadable."""
    if len(content) > LARGEST_BYTES:
        raise BankReportUnreadable(reason="> 10 MB")
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return _read_csv(content)
    if b"BkToCstmrStmt" in content[:4096]:
        return _read_camt053(content)
    return read_pain002(content)


def _read_camt053(content: bytes) -> ParsedReport:
    """A debit with an end-to-end id of ours was paid; a credit with one is a return.

    A debit without one that names a file of ours is the sum of what the bank paid of it.
    """
    try:
        statements = read_camt053(content)
    except StatementUnreadable as error:
        raise BankReportUnreadable(reason=str(error)) from error
    entries = [entry for statement in statements for entry in statement.entries]
    payments = (_of_one(entry) if entry.end_to_end_id else _of_a_file(entry) for entry in entries)
    return ParsedReport(BankReportKind.CAMT053, tuple(p for p in payments if p is not None))


def _of_one(entry: Entry) -> ReportedPayment:
    return ReportedPayment(
        ReportedStatus.RETURNED if entry.is_credit else ReportedStatus.SETTLED,
        entry.message_id,
        entry.end_to_end_id,
        entry.amount_minor,
        entry.currency,
        f"{entry.return_reason} {entry.remittance}".strip()[:200] if entry.is_credit else "",
    )


def _of_a_file(entry: Entry) -> ReportedPayment | None:
    named = entry.payment_id or entry.message_id
    if entry.is_credit or entry.is_reversal or not named:
        return None
    return ReportedPayment(ReportedStatus.SETTLED, named, "", entry.amount_minor, entry.currency)


def _read_csv(content: bytes) -> ParsedReport:
    """Columns end_to_end_id and status; optionally amount, currency and reason."""
    try:
        table = read_table(content, _COLUMNS)
        if missing := _NEEDED - set(table.columns):
            raise BankReportUnreadable(reason=listed(sorted(missing)))
        payments = tuple(_csv_payment(cells, line) for line, cells in table.rows)
    except CsvUnreadable as error:
        raise BankReportUnreadable(reason=str(error).rstrip(".")) from error
    return ParsedReport(BankReportKind.CSV, payments)


def _csv_payment(cells: Cells, line: int) -> ReportedPayment:
    status = _CSV_STATUSES.get(cells["status"].lower())
    if not cells["end_to_end_id"]:
        raise _unreadable(line, "end_to_end_id", "", _("it is empty"))
    if status is None:
        raise _unreadable(line, "status", cells["status"], _("unknown status"))
    amount, currency = cells.get("amount", ""), cells.get("currency", "").upper()
    try:
        minor = read_amount(amount, currency).amount_minor if amount and currency else None
    except (AmbiguousAmount, UnreadableAmount) as error:
        raise _unreadable(line, "amount", amount, error) from error
    return ReportedPayment(
        status, "", cells["end_to_end_id"], minor, currency, cells.get("reason", "")[:200]
    )


def _unreadable(line: int, column: str, value: str, why: object) -> BankReportUnreadable:
    told = str(CsvUnreadable(line, in_column(column, value, why)))
    return BankReportUnreadable(reason=told.rstrip("."))
