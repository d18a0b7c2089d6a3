"""Which kind of answer a file is, and its words."""

import csv
import io

from marketplace.core.formats import Format, UnreadableAmount
from marketplace.payments.bank_statements import StatementUnreadable, read_camt053
from marketplace.payouts.bank_reports.pain002 import read_pain002
from marketplace.payouts.bank_reports.status_texts import Answer, Word
from marketplace.payouts.errors import AnswerUnreadable
from marketplace.payouts.models import AnswerKind, Verdict

LARGEST_BYTES = 10 * 1024 * 1024
_CSV_VERDICTS = {
    "accepted": Verdict.ACCEPTED,
    "paid": Verdict.SETTLED,
    "settled": Verdict.SETTLED,
    "returned": Verdict.RETURNED,
    "rejected": Verdict.RETURNED,
}
_NEEDED = {"end_to_end_id", "status"}


def read_answer(content: bytes) -> Answer:
    """Read a file of any form, by what is in it; raises AnswerUnreadable."""
    if len(content) > LARGEST_BYTES:
        raise AnswerUnreadable(reason="> 10 MB")
    start = content.lstrip(b"\xef\xbb\xbf \t\r\n")
    if not start.startswith(b"<"):
        return _read_csv(content)
    if b"BkToCstmrStmt" in content[:4096]:
        return _read_camt053(content)
    return read_pain002(content)


def _read_camt053(content: bytes) -> Answer:
    """What left the account with an id of ours was paid; what came in with one came back."""
    try:
        statements = read_camt053(content)
    except StatementUnreadable as error:
        raise AnswerUnreadable(reason=str(error)) from error
    words = tuple(
        Word(
            Verdict.RETURNED if entry.is_credit else Verdict.SETTLED,
            entry.message_id,
            entry.end_to_end_id,
            entry.amount_minor,
            entry.currency,
            f"{entry.return_reason} {entry.remittance}".strip()[:200] if entry.is_credit else "",
        )
        for statement in statements
        for entry in statement.entries
        if entry.end_to_end_id
    )
    return Answer(AnswerKind.CAMT053, words)


def _read_csv(content: bytes) -> Answer:
    """Columns end_to_end_id and status; amount, currency and reason where the bank gives them."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnswerUnreadable(reason="UTF-8") from error
    delimiter = ";" if ";" in text.partition("\n")[0] else ","
    table = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter)
    if missing := _NEEDED - set(table.fieldnames or ()):
        raise AnswerUnreadable(reason=", ".join(sorted(missing)))
    words = tuple(_csv_word(row, table.line_num) for row in table)
    return Answer(AnswerKind.CSV, words)


def _csv_word(row: dict[str, str | None], line: int) -> Word:
    told = {name: (value or "").strip() for name, value in row.items() if name}
    verdict = _CSV_VERDICTS.get(told["status"].lower())
    if verdict is None or not told["end_to_end_id"]:
        raise AnswerUnreadable(reason=f"{line}: {told['status']}")
    amount, currency = told.get("amount", ""), told.get("currency", "")
    try:
        minor = Format("fr").parse_money(amount, currency) if amount and currency else None
    except UnreadableAmount as error:
        raise AnswerUnreadable(reason=f"{line}: {amount}") from error
    return Word(verdict, "", told["end_to_end_id"], minor, currency, told.get("reason", "")[:200])
