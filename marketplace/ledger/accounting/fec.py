"""The journal as a French "fichier des écritures comptables" (FEC, 18 columns), and as CSV.

Layout: article A47 A-1 of the Livre des procédures fiscales. Tab-separated fields, days as
YYYYMMDD, amounts with a decimal comma in the book's currency; ``Montantdevise`` and ``Idevise``
have the original amount if in another currency. Transactions of closed periods have their number
and the day of the closing (``ValidDate``); others a provisional number beginning with ``P``, and no
day.
"""

import io
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal

from marketplace.core.formats import plain_amount
from marketplace.core.money import Money, exponent
from marketplace.core.spreadsheets import csv_writer, safe_cell
from marketplace.ledger.accounting.journal_lines import JournalLine, journal_lines
from marketplace.ledger.models import Book, LedgerTransaction

COLUMNS = (
    *("JournalCode", "JournalLib", "EcritureNum", "EcritureDate", "CompteNum", "CompteLib"),
    *("CompAuxNum", "CompAuxLib", "PieceRef", "PieceDate", "EcritureLib", "Debit", "Credit"),
    *("EcritureLet", "DateLet", "ValidDate", "Montantdevise", "Idevise"),
)
CSV_COLUMNS = (
    *("journal", "number", "booked_on", "happened_on", "account", "label", "cooperative"),
    *("piece", "text", "currency", "debit", "credit", "signed_on"),
)


def fec_name(book: Book, last_on: date) -> str:
    """The file name: the payer's tax number, FEC, the last day of the period."""
    number = "".join(c for c in book.programme.legal_payer_tax_id if c.isalnum())
    return f"{number or book.programme.slug}FEC{last_on:%Y%m%d}.txt"


def fec_rows(book: Book, first_on: date, last_on: date) -> Iterator[str]:
    """The lines of the file, the header first, each with its line end."""
    yield "\t".join(COLUMNS) + "\r\n"
    for line in journal_lines(book, first_on, last_on):
        yield "\t".join(_clean(field) for field in _fec(book, line)) + "\r\n"


def csv_rows(book: Book, first_on: date, last_on: date) -> Iterator[str]:
    """The same journal as CSV, with the original amounts."""
    yield _csv(CSV_COLUMNS)
    for line in journal_lines(book, first_on, last_on):
        amount, currency = line.foreign.amount_minor, line.foreign.currency
        yield _csv(
            [
                line.journal.code,
                entry_number(line),
                line.booked_on.isoformat(),
                line.happened_on.isoformat(),
                line.account.number,
                line.account.label,
                line.owner_code,
                line.piece,
                line.text,
                currency,
                plain_amount(max(amount, 0), currency),
                plain_amount(max(-amount, 0), currency),
                line.signed_on.isoformat() if line.signed_on else "",
            ]
        )


def entry_number(line: JournalLine) -> str:
    """The number of the transaction in its journal and year; provisional before the closing."""
    return _number(line.journal.code, line.booked_on.year, line.number, line.transaction_id)


def number_of(row: LedgerTransaction) -> str:
    """The same for a transaction whose ``entry_number`` was selected with it."""
    own = getattr(row, "entry_number", None)
    if own is None:
        return f"P{row.pk}"
    return _number(own.journal, own.year, own.number, row.pk)


def _number(journal: str, year: int, number: int | None, transaction_id: int) -> str:
    return f"P{transaction_id}" if number is None else f"{journal}{year}-{number:06d}"


def _fec(book: Book, line: JournalLine) -> list[str]:
    own, foreign = line.own.amount_minor, line.foreign
    currency = book.programme.base_currency
    is_foreign = foreign.currency != currency
    return [
        line.journal.code,
        line.journal.label,
        entry_number(line),
        f"{line.booked_on:%Y%m%d}",
        line.account.number,
        safe_cell(line.account.label),
        safe_cell(line.owner_code),
        safe_cell(line.owner_name),
        safe_cell(line.piece),
        f"{line.happened_on:%Y%m%d}",
        safe_cell(line.text),
        _comma(Money(max(own, 0), currency)),
        _comma(Money(max(-own, 0), currency)),
        "",
        "",
        f"{line.signed_on:%Y%m%d}" if line.signed_on else "",
        _comma(foreign) if is_foreign else "",
        foreign.currency if is_foreign else "",
    ]


def _comma(money: Money) -> str:
    return f"{money.decimal:.{exponent(money.currency)}f}".replace(".", ",")


def _clean(field: str) -> str:
    return " ".join(field.split())


def _csv(fields: Iterable[str]) -> str:
    text = io.StringIO()
    csv_writer(text).writerow(fields)
    return text.getvalue()


def fec_problems(content: str) -> list[str]:
    """The errors of a file, line by line; empty if it is valid.

    Checked: the 18 columns in order; valid days; a debit or a credit and never both; balanced
    transactions; numbers without gaps within a journal and year.
    """
    rows = [line.split("\t") for line in content.splitlines()]
    if not rows or tuple(rows[0]) != COLUMNS:
        return ["1: the columns are not those of the layout"]
    problems: list[str] = []
    sums: dict[tuple[str, str], Decimal] = defaultdict(Decimal)
    numbers: dict[str, set[int]] = defaultdict(set)
    for place, fields in enumerate(rows[1:], start=2):
        if len(fields) != len(COLUMNS):
            problems.append(f"{place}: {len(fields)} columns")
            continue
        row = dict(zip(COLUMNS, fields, strict=True))
        problems += [f"{place}: {problem}" for problem in _row_problems(row)]
        debit, credit = (Decimal(row[n].replace(",", ".") or 0) for n in ("Debit", "Credit"))
        sums[row["JournalCode"], row["EcritureNum"]] += debit - credit
        series, _, number = row["EcritureNum"].partition("-")
        if number.isdigit():
            numbers[series].add(int(number))
    problems += [f"{key[1]}: does not balance" for key, total in sums.items() if total]
    for series, found in numbers.items():
        if len(found) != max(found) - min(found) + 1:
            problems.append(f"{series}: numbers have a gap")
    return problems


def _row_problems(row: dict[str, str]) -> Iterator[str]:
    for name in ("JournalCode", "EcritureNum", "CompteNum", "CompteLib", "PieceRef", "EcritureLib"):
        if not row[name]:
            yield f"{name} is empty"
    for name in ("EcritureDate", "PieceDate", "ValidDate"):
        if row[name] or name != "ValidDate":
            try:
                datetime.strptime(row[name], "%Y%m%d")  # noqa: DTZ007 -- a day
            except ValueError:
                yield f"{name} is no day"
    if bool(row["Montantdevise"]) != bool(row["Idevise"]):
        yield "Montantdevise and Idevise belong together"
    sides = sum(Decimal(row[name].replace(",", ".")) != 0 for name in ("Debit", "Credit"))
    # A small foreign amount may come to nothing in the book's currency.
    if sides > 1 or (sides == 0 and not row["Montantdevise"]):
        yield "neither a debit nor a credit, or both"
