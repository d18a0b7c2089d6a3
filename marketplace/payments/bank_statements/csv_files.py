"""A bank's statement as CSV: one row for each movement, columns known by their headers.

Needed: a date, and an amount (signed) or a debit and a credit column. Known headers, in French,
English or Arabic, are in ``HEADERS``; others are ignored. Days are ISO or day/month/year, as
in Morocco, Egypt and France; decimals follow a point or a comma.
"""

import csv
import io
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from marketplace.core.formats import western_digits
from marketplace.core.money import Money
from marketplace.payments.bank_statements.entries import (
    LARGEST_BYTES,
    MOST_ENTRIES,
    Entry,
    Statement,
)
from marketplace.payments.bank_statements.errors import StatementUnreadable

HEADERS: dict[str, tuple[str, ...]] = {
    "booked_on": ("date", "date operation", "date d'operation", "booking date", "التاريخ"),
    "value_on": ("date valeur", "date de valeur", "value date", "تاريخ القيمة"),
    "amount": ("montant", "amount", "المبلغ"),
    "debit": ("debit", "مدين"),
    "credit": ("credit", "دائن"),
    "currency": ("devise", "currency", "العملة"),
    "remittance": ("libelle", "motif", "label", "description", "remittance", "البيان"),
    "bank_reference": ("reference", "ref", "المرجع"),
    "counterparty_name": ("nom", "contrepartie", "name", "counterparty", "الاسم"),
    "counterparty_iban": ("iban", "rib", "compte", "account", "الحساب"),
}
DAYS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%d/%m/%y")
ACCENTS = str.maketrans("éèêàâîôûç’", "eeeaaiouc'")


def read_csv(content: bytes, *, currency: str = "MAD") -> Statement:
    """One statement of the rows; ``currency`` where the file names none.

    Raises StatementUnreadable with the line of the first row that cannot be read.
    """
    if len(content) > LARGEST_BYTES:
        raise StatementUnreadable(_("it is larger than 30 MB"))
    rows, names = _table(content)
    if "booked_on" not in names or not {"amount", "debit", "credit"} & set(names):
        raise StatementUnreadable(_("a date and an amount column are needed"), 1)
    entries: list[Entry] = []
    for number, row in enumerate(rows, start=2):
        if not any(cell.strip() for cell in row):
            continue
        cells = {name: cell.strip() for name, cell in zip(names, row, strict=False) if name}
        try:
            entries.append(_entry(cells, currency))
        except (ValueError, InvalidOperation, ArithmeticError) as error:
            raise StatementUnreadable(error, number) from error
        if len(entries) > MOST_ENTRIES:
            raise StatementUnreadable(_("it has more than 200,000 entries"), number)
    if not entries:
        raise StatementUnreadable(_("it has no entries"), 1)
    days = [entry.booked_on for entry in entries]
    return Statement("", "", entries[0].currency, min(days), max(days), None, None, entries)


def _table(content: bytes) -> tuple[list[list[str]], list[str]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("cp1252", errors="replace")
    first = text.partition("\n")[0]
    delimiter = max(";,\t", key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text), delimiter=delimiter))
    except csv.Error as error:
        raise StatementUnreadable(error) from error
    if not rows:
        raise StatementUnreadable(_("it is empty"), 1)
    return rows[1:], [_known(header) for header in rows[0]]


def _known(header: str) -> str:
    plain = " ".join(header.strip().lower().translate(ACCENTS).replace("_", " ").split())
    return next((name for name, known in HEADERS.items() if plain in known), "")


def _entry(cells: dict[str, str], currency: str) -> Entry:
    code = (cells.get("currency") or currency).upper()
    signed = Money.from_decimal(_signed(cells), code).amount_minor
    if not signed:
        raise ValueError("an amount of zero")
    return Entry(
        booked_on=_day(cells["booked_on"]),
        value_on=_day(cells["value_on"]) if cells.get("value_on") else None,
        amount_minor=abs(signed),
        currency=code,
        is_credit=signed > 0,
        bank_reference=cells.get("bank_reference", ""),
        remittance=" ".join(cells.get("remittance", "").split()),
        counterparty_name=cells.get("counterparty_name", ""),
        counterparty_iban=re.sub(r"\s", "", cells.get("counterparty_iban", "")),
    )


def _signed(cells: dict[str, str]) -> Decimal:
    if cells.get("amount"):
        return _decimal(cells["amount"])
    credit, debit = cells.get("credit", ""), cells.get("debit", "")
    return abs(_decimal(credit)) if credit else -abs(_decimal(debit))


def _decimal(text: str) -> Decimal:
    """``1 234,50``, ``1.234,50``, ``1,234.50`` or ``-12.3``: the last mark is the decimal one."""
    plain = re.sub(r"[\s\u00a0\u202f]", "", western_digits(text)).replace("\u2212", "-")
    marks = [place for place, sign in enumerate(plain) if sign in ".,"]
    if not marks:
        return Decimal(plain)
    head = plain[: marks[-1]].replace(",", "").replace(".", "")
    return Decimal(f"{head or '0'}.{plain[marks[-1] + 1 :]}")


def _day(text: str) -> date:
    for written in DAYS:
        try:
            return datetime.strptime(western_digits(text)[:10], written).date()  # noqa: DTZ007
        except ValueError:
            continue
    raise ValueError(f"no date: {text}")
