"""The monthly statement as a PDF, in the reader's language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain, islice
from typing import IO

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from marketplace.core.days import day_of
from marketplace.core.documents.drawing import Column, Document, Party, Table, draw_into, isolated
from marketplace.core.formats import Format
from marketplace.payouts.balances.balance_history import StatementRow, movements_paid_by
from marketplace.payouts.models import PayoutLine
from marketplace.payouts.queries import line_sums
from marketplace.payouts.statements.lines import Statement, payments_in
from vendors.models import Cooperative
from vendors.queries import profiles_by_id

# A longer PDF is split into parts: drawing five hundred rows takes about a second.
ROWS_PER_PART = 2_000


def statement_pdf(
    target: IO[bytes],
    cooperative: Cooperative,
    month: date,
    found: Sequence[Statement],
    *,
    part: int = 1,
) -> None:
    """Write a month's statements as PDF: sums, movements, and the movements in each payment.

    A long month has several parts (see ``parts_of``); the sums are in the first.
    """
    language, market = get_language() or "en", cooperative.country_code.lower()
    written = Format(language, market)
    document = Document(
        title=_title(part, parts_of(cooperative, found)),
        subtitle=written.month(month),
        parties=_parties(cooperative, language),
        tables=_cut(_tables(cooperative, found, written), (part - 1) * ROWS_PER_PART),
        notes=[
            _(
                "The available balance is what was delivered and paid for, less commission. "
                "Payments for parcels not yet delivered are not on this statement."
            )
        ],
        footer=f"{isolated(cooperative.legal_name)} · {written.month(month)}",
        market=market,
    )
    draw_into(target, document)


def _title(part: int, count: int) -> str:
    if count == 1:
        return _("Statement")
    return _("Statement, part %(part)s of %(count)s") % {"part": part, "count": count}


def parts_of(cooperative: Cooperative, found: Iterable[Statement]) -> int:
    """The number of parts of a month's PDF."""
    rows = 0
    for statement in found:
        lines = payments_in(cooperative.scope, statement)
        rows += len(statement.rows)
        rows += sum(len(movements_paid_by(cooperative.scope, line)) for line in lines)
    return max(1, -(-rows // ROWS_PER_PART))


def _parties(cooperative: Cooperative, language: str) -> list[Party]:
    programme = cooperative.programme
    own = profiles_by_id([cooperative.pk], language)[cooperative.pk].name
    lines = dict.fromkeys(isolated(line) for line in (own, cooperative.address_line) if line)
    name = getattr(programme, f"name_{language}", programme.name_en)
    return [
        Party(_("Cooperative"), isolated(cooperative.legal_name), list(lines)),
        Party(_("Programme"), isolated(programme.legal_payer), [isolated(name)]),
    ]


def _tables(
    cooperative: Cooperative, found: Sequence[Statement], written: Format
) -> Iterator[Table]:
    yield from (_sums(statement, written) for statement in found)
    for statement in found:
        code, layout = statement.currency, _Layout(bool(statement.tax_minor), written)
        yield Table(
            layout.columns(with_balance=True),
            (layout.row(row, code, with_balance=True) for row in statement.rows),
            title=_("Movements (%(currency)s)") % {"currency": code},
        )
        for line in payments_in(cooperative.scope, statement):
            yield _payment(cooperative, line, layout)


def _sums(statement: Statement, written: Format) -> Table:
    code, rows = statement.currency, statement.sums
    totals = [
        (label, written.money(amount, code), place == len(rows))
        for place, (label, amount) in enumerate(rows, start=1)
    ]
    return Table([], [], title=f"{written.currency_name(code)} ({code})", totals=totals)


def _payment(cooperative: Cooperative, line: PayoutLine, layout: "_Layout") -> Table:
    code, written = line.run.currency, layout.written
    facts = {
        "reference": isolated(line.run.reference),
        "amount": written.money(line.amount_minor, code),
        "day": written.day(
            day_of(line.run.prepared_at, cooperative.programme.time_zone),
            weekday=False,
            year=True,
        ),
        "state": line.get_state_display(),
    }
    rows = movements_paid_by(cooperative.scope, line)
    return Table(
        layout.columns(with_balance=False),
        (layout.row(row, code, with_balance=False) for row in rows),
        title=_("Payout %(reference)s: %(amount)s") % facts,
        totals=[
            *((label, written.money(amount, code)) for label, amount in line_sums(line)),
            (_("Total"), facts["amount"], True),
        ],
        note=_("Prepared on %(day)s; state: %(state)s. Breakdown:") % facts,
    )


@dataclass(frozen=True)
class _Layout:
    """Columns of movements, with VAT only if there is any."""

    with_tax: bool
    written: Format

    def columns(self, *, with_balance: bool) -> list[Column]:
        """The headings."""
        columns = [
            Column(_("Date")),
            Column(_("Movement"), "wide"),
            Column(_("Reference"), "code"),
            Column(_("Gross"), "number"),
            Column(_("Commission"), "number"),
            *([Column(_("VAT"), "number")] if self.with_tax else []),
            Column(_("Amount"), "number"),
        ]
        return [*columns, Column(_("Balance"), "number")] if with_balance else columns

    def row(self, row: StatementRow, currency: str, *, with_balance: bool) -> tuple[str, ...]:
        """The cells of a movement."""
        parts = [row.gross_minor, row.commission_minor]
        parts += [row.tax_minor] if self.with_tax else []
        amounts = [self.written.amount(part, currency) if row.is_sale else "–" for part in parts]
        amounts.append(self.written.amount(row.amount_minor, currency))
        if with_balance:
            amounts.append(self.written.amount(row.balance_minor, currency))
        day = self.written.day(row.booked_on, weekday=False, year=False)
        return (day, row.label, row.number, *amounts)


def _cut(tables: Iterable[Table], first: int) -> Iterator[Table]:
    """The tables of one part: its rows only, and the sums on the first part."""
    skip, left = first, ROWS_PER_PART
    for table in tables:
        if not table.columns:
            if not first:
                yield table
            continue
        rows = iter(table.rows)
        skipped = sum(1 for _row in islice(rows, skip))
        skip -= skipped
        ahead = next(rows, None)
        if ahead is None and (first or skipped):
            continue
        if left <= 0:
            return
        taken = _CountedRows(islice(chain(() if ahead is None else (ahead,), rows), left))
        yield replace(table, rows=taken)
        left -= taken.count


class _CountedRows:
    """Rows that count themselves while they are read."""

    def __init__(self, rows: Iterator[Sequence[str]]) -> None:
        self._rows, self.count = rows, 0

    def __iter__(self) -> Iterator[Sequence[str]]:
        for row in self._rows:
            self.count += 1
            yield row
