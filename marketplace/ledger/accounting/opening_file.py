"""Reads a file of opening balances: CSV, as saved by a spreadsheet.

Columns ``account`` (a code of our chart, or its number in the programme's own), ``cooperative``
(its short name; only for the accounts kept per cooperative), ``currency``, ``debit`` and
``credit``; amounts as the reader's language writes them. Columns may have their French or Arabic
names.
"""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.utils.translation import gettext as _

from marketplace.core.amounts import MOVEMENT, AmbiguousAmount, UnreadableAmount, read_amount
from marketplace.core.csv_table import CsvUnreadable, in_column, read_table
from marketplace.core.money import Money, is_currency
from marketplace.core.word_lists import listed
from marketplace.ledger.accounting.bring_in_balances import Opening
from marketplace.ledger.accounting.mapping import mapping_on
from marketplace.ledger.chart import COOPERATIVE_ACCOUNTS, AccountCode
from marketplace.ledger.errors import OpeningsUnreadable
from marketplace.ledger.post import book_of
from vendors.models import Cooperative, Programme
from vendors.scoping import ProgrammeScope

COLUMNS = ("account", "cooperative", "currency", "debit", "credit")
LARGEST_BYTES = 500_000
MOST_LINES = 10_000
Problem = tuple[int, str]


def read_openings(programme: Programme, content: bytes, on: date) -> list[Opening]:
    """The balances of a file; raises OpeningsUnreadable with every invalid line and the reason."""
    rows, problems, found = list(_rows(content)), list[Problem](), list[Opening]()
    slugs = dict(Cooperative.objects.within(ProgrammeScope(programme.pk)).values_list("slug", "pk"))
    names = mapping_on(book_of(programme.pk), on)
    codes = {code.value: code for code in AccountCode} | {
        name.number: code for code, name in names.items()
    }
    seen: dict[tuple[AccountCode, UUID | None, str], int] = {}
    for line, row in rows:
        try:
            opening = _opening(row, codes, slugs)
        except ValueError as error:
            problems.append((line, str(error)))
            continue
        key = (opening.code, opening.cooperative_id, opening.money.currency)
        if key in seen:
            problems.append(
                (line, _("the same account already appears on line %(line)s") % {"line": seen[key]})
            )
        seen.setdefault(key, line)
        found.append(opening)
    if not rows:
        problems.append((1, _("the file contains no balances")))
    if problems:
        raise OpeningsUnreadable(problems)
    return found


def _rows(content: bytes) -> Iterator[tuple[int, dict[str, str]]]:
    if len(content) > LARGEST_BYTES:
        raise OpeningsUnreadable([(1, _("the file is larger than 500 kB"))])
    try:
        table = read_table(content, COLUMNS)
        if missing := [column for column in COLUMNS if column not in table.columns]:
            raise OpeningsUnreadable([(1, _("columns missing: %s") % listed(missing))])
        for number, (line, cells) in enumerate(table.rows):
            if number >= MOST_LINES:
                raise OpeningsUnreadable([(line, _("more than 10,000 balances"))])
            if any(cells[name] for name in COLUMNS):
                yield line, cells
    except CsvUnreadable as error:
        raise OpeningsUnreadable([(error.line, error.why)]) from error


def _opening(row: dict[str, str], codes: dict[str, AccountCode], slugs: dict[str, UUID]) -> Opening:
    """Raises ValueError with a message for the user."""
    code = codes.get(row["account"])
    if code is None or code == AccountCode.OPENING:
        raise ValueError(_("there is no account “%s”") % row["account"])
    owner = slugs.get(row["cooperative"])
    if code in COOPERATIVE_ACCOUNTS and owner is None:
        raise ValueError(_("the programme has no cooperative “%s”") % row["cooperative"])
    if code not in COOPERATIVE_ACCOUNTS and row["cooperative"]:
        raise ValueError(_("this account is not kept per cooperative: leave the column empty"))
    return Opening(code, _money(row), owner)


def _money(row: dict[str, str]) -> Money:
    debit, credit = _amount(row, "debit"), _amount(row, "credit")
    if bool(debit) == bool(credit):
        raise ValueError(_("enter an amount under debit or under credit, not both"))
    return debit or -credit


def _amount(row: dict[str, str], column: str) -> Money:
    if not is_currency(row["currency"].upper()):
        raise ValueError(_("“%s” is not a currency: use three letters") % row["currency"])
    currency = row["currency"].upper()
    if not row[column]:
        return Money.zero(currency)
    try:
        money = read_amount(row[column], currency, limits=MOVEMENT)
    except (AmbiguousAmount, UnreadableAmount) as error:
        raise ValueError(in_column(column, row[column], error)) from error
    if money.amount_minor < 0:
        raise ValueError(_("negative amounts are not allowed: use the other column"))
    return money
