"""A bank's statement as a table of text: one row for each movement, columns known by their headers.

Needed: a date, and an amount (signed) or a debit and a credit column; known headers are in
``headers``, others are ignored. Days are ISO or day/month/year, as in Morocco, Egypt and France.
A row of totals or of a balance is left out and named. A minus in a credit column is money that went
out. Where the file has balances, the entries must lead from one to the next.
"""

import re
from collections.abc import Iterable
from datetime import date, datetime
from itertools import pairwise

from django.utils.translation import gettext as _

from marketplace.core.formats import western_digits
from marketplace.payments.bank_statements.entries import (
    LARGEST_BYTES,
    MOST_ENTRIES,
    Entry,
    LeftOut,
    Statement,
)
from marketplace.payments.bank_statements.errors import StatementUnreadable
from marketplace.payments.bank_statements.headers import (
    OPENING,
    SUMMARY,
    SUMMARY_LABEL,
    columns_of,
    language_of,
    plain_header,
)
from marketplace.payments.bank_statements.table import Row, Table, read_bank_table
from marketplace.payments.bank_statements.table_amounts import TableAmounts

DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y", "%d-%m-%y", "%Y%m%d")
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:\d{2}(:\d{2})?.*$")
_MONEY = ("amount", "debit", "credit")
# How the name of a side begins, in Latin and in Arabic letters, or its sign.
_DEBIT, _CREDIT = "dم-", "cد+"
Cells = dict[str, str]


def read_csv(content: bytes, *, currency: str = "MAD") -> Statement:
    """One statement of the rows; ``currency`` where the file names none.

    Raises StatementUnreadable with the line of the first row that cannot be read.
    """
    if len(content) > LARGEST_BYTES:
        raise StatementUnreadable(_("it is larger than 30 MB"))
    table = read_bank_table(content)
    columns = columns_of(table.heading.cells)
    for name in _MONEY:
        if columns.count(name) > 1:
            reason = _("two columns are headed “%(header)s”")
            header = table.heading.cells[columns.index(name)]
            raise StatementUnreadable(reason % {"header": header}, table.heading.line)
    return _Reading(table, columns, currency).statement()


class _Reading:
    """One file while it is read."""

    def __init__(self, table: Table, columns: list[str], currency: str) -> None:
        self.table, self.currency = table, currency
        self.rows = [(row, _cells(row, columns)) for row in table.rows]
        texts = [cells.get(name, "") for _row, cells in self.rows for name in (*_MONEY, "balance")]
        self.amounts = TableAmounts(texts, language_of(table.heading.cells))
        self.entries: list[tuple[Row, Entry, int | None]] = []
        self.left_out: list[LeftOut] = []
        self.opening_minor: int | None = None
        self.closing_minor: int | None = None

    def statement(self) -> Statement:
        debits = [self._safe_amount(cells, "debit") for _row, cells in self.rows]
        # Some banks write debits with a minus; beside others without one it is a reversal.
        self.debits_have_a_minus = max(debits, default=0) <= 0
        for row, cells in self.rows:
            try:
                self._read(row, cells)
            except ValueError as error:
                raise StatementUnreadable(error, row.line) from error
            if len(self.entries) > MOST_ENTRIES:
                raise StatementUnreadable(_("it has more than 200,000 entries"), row.line)
        if not self.entries:
            raise StatementUnreadable(_("it has no entries"), self.table.heading.line)
        self._check_balances()
        entries = [entry for _row, entry, _balance in self.entries]
        days = [entry.booked_on for entry in entries]
        return Statement(
            "",
            _account_of(self.table.preamble),
            entries[0].currency,
            min(days),
            max(days),
            self.opening_minor,
            self.closing_minor,
            entries,
            self.left_out,
        )

    def _read(self, row: Row, cells: Cells) -> None:
        code = (cells.get("currency") or self.currency).upper()
        day = _day_or_none(cells.get("booked_on", ""))
        if _is_summary(row, cells, day):
            self._leave_out(row, cells, code)
            return
        signed = self._signed(cells, code)
        if day is None and signed:
            raise ValueError(_("the date “%(text)s” cannot be read") % {"text": row.cells[0][:40]})
        if not signed:
            # A line of the page, or an entry that moved nothing.
            self.left_out.append(LeftOut(row.line, _text_of(row)))
            return
        balance = self.amounts.read(cells.get("balance", ""), code)
        entry = _entry(cells, day or date.min, signed, code)
        self.entries.append((row, entry, balance if cells.get("balance") else None))

    def _leave_out(self, row: Row, cells: Cells, code: str) -> None:
        """A row of totals or of a balance; the balance before the entries opens the statement."""
        text = _text_of(row)
        self.left_out.append(LeftOut(row.line, text))
        if not re.search(r"solde|balance|رصيد", text, re.IGNORECASE):
            return
        stood = cells.get("balance") or next((cells[n] for n in _MONEY if cells.get(n)), "")
        if not stood:
            return
        minor = self.amounts.read(stood, code)
        if not cells.get("balance") and cells.get("debit"):
            minor = -abs(minor)
        if OPENING.search(plain_header(text)):
            self.opening_minor = minor
        else:
            self.closing_minor = minor

    def _signed(self, cells: Cells, code: str) -> int:
        """Positive when the money came in; raises ValueError where both columns have an amount."""
        amount = self.amounts.read(cells.get("amount", ""), code)
        side = plain_header(cells.get("side", ""))
        if side:
            if side[0] not in _DEBIT + _CREDIT:
                raise ValueError(_("it is neither a debit nor a credit: %(side)s") % {"side": side})
            return -abs(amount) if side[0] in _DEBIT else amount
        debit = self.amounts.read(cells.get("debit", ""), code)
        credit = self.amounts.read(cells.get("credit", ""), code)
        if sum(map(bool, (amount, debit, credit))) > 1:
            raise ValueError(_("it has more than one amount"))
        out = -abs(debit) if self.debits_have_a_minus else -debit
        return amount or credit or out

    def _safe_amount(self, cells: Cells, name: str) -> int:
        try:
            return self.amounts.read(cells.get(name, ""), cells.get("currency") or self.currency)
        except ValueError:
            return 0

    def _check_balances(self) -> None:
        """A balance beside each entry follows from the one before, in either order of the rows."""
        stood = [(row, entry, balance) for row, entry, balance in self.entries]
        if any(balance is None for _row, _entry, balance in stood) or not stood:
            return
        refused = _first_gap(stood)
        if refused is not None and _first_gap(stood[::-1]) is None:
            stood, refused = stood[::-1], None
        if refused is not None:
            raise StatementUnreadable(_("the balance does not follow from the entries"), refused)
        _row, first, opening = stood[0]
        self.opening_minor = (opening or 0) - first.signed_minor
        self.closing_minor = stood[-1][2]


def _first_gap(rows: Iterable[tuple[Row, Entry, int | None]]) -> int | None:
    """The line of the first entry whose balance does not follow; None when all do."""
    for (_row, _entry, before), (row, entry, balance) in pairwise(rows):
        if (before or 0) + entry.signed_minor != balance:
            return row.line
    return None


def _cells(row: Row, columns: list[str]) -> Cells:
    """Cells by column, of two columns with one meaning the first that is filled."""
    if any(row.cells[len(columns) :]):
        reason = _("the row has more fields than the header")
        raise StatementUnreadable(reason, row.line)
    cells: Cells = {}
    for name, cell in zip(columns, row.cells, strict=False):
        if name and not cells.get(name):
            cells[name] = cell
    return cells


def _is_summary(row: Row, cells: Cells, day: date | None) -> bool:
    """Whether a row sums up others; one with a day only when its text says nothing else.

    A payment to a shop named Total has a day, as has a transfer for the balance of an invoice.
    """
    if day is None:
        return bool(SUMMARY.search(plain_header(_text_of(row))))
    return bool(SUMMARY_LABEL.fullmatch(plain_header(cells.get("remittance", ""))))


def _text_of(row: Row) -> str:
    return " ".join(cell for cell in row.cells if cell)[:200]


def _entry(cells: Cells, day: date, signed: int, code: str) -> Entry:
    value_on = cells.get("value_on", "")
    if value_on and _day_or_none(value_on) is None:
        raise ValueError(_("the date “%(text)s” cannot be read") % {"text": value_on[:40]})
    return Entry(
        booked_on=day,
        value_on=_day_or_none(value_on),
        amount_minor=abs(signed),
        currency=code,
        is_credit=signed > 0,
        bank_reference=cells.get("bank_reference", ""),
        remittance=" ".join(cells.get("remittance", "").split()),
        counterparty_name=cells.get("counterparty_name", ""),
        counterparty_iban=re.sub(r"\s", "", cells.get("counterparty_iban", "")),
    )


def _account_of(preamble: Iterable[Row]) -> str:
    """The account that a row above the headers names, without spaces; empty when none does."""
    for row in preamble:
        if columns_of(row.cells[:1]) == ["counterparty_iban"]:
            return re.sub(r"\s", "", next((cell for cell in row.cells[1:] if cell), ""))
    return ""


def _day_or_none(text: str) -> date | None:
    plain = _TIME_OF_DAY.sub("", western_digits(text).strip())
    for written in DAYS:
        try:
            return datetime.strptime(plain, written).date()  # noqa: DTZ007
        except ValueError:
            continue
    return None
