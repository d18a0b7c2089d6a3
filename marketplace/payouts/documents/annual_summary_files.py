"""The annual summary as CSV, XLSX and XML; decimal points, and no cell is a formula."""

import io
from collections.abc import Iterable
from typing import IO, Any
from xml.sax.saxutils import XMLGenerator

from django.db import transaction
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.formats import plain_amount
from marketplace.core.spreadsheets import amount_cell, csv_writer, safe_cell
from marketplace.payouts.documents.annual_summary import QUARTERS, SellerYear, sellers_of_year
from marketplace.payouts.statements.files import BYTE_ORDER_MARK
from vendors.models import Programme

# Names of columns and elements, not translated.
_NAMES = (
    *("legal_name", "legal_name_latin", "address", "postal_code", "place", "country"),
    *("identifiers", "account_country", "account_sha256", "currency", "reportable"),
)
_QUARTERLY = ("consideration", "fees", "activities")


def write_annual(target: IO[bytes], programme: Programme, year: int, ending: str) -> None:
    """Write the data set of a programme's year: ``csv``, ``xlsx`` or ``xml``."""
    writers = {"csv": _csv, "xlsx": _xlsx, "xml": _xml}
    writers[ending](target, programme, year)


@transaction.atomic
def note_download(*, programme: Programme, year: int, ending: str, by: Actor) -> None:
    """Record who downloaded the sellers' tax data."""
    audit.record("annual_summary.download", programme, by=by, year=year, format=ending)


def _headings() -> list[str]:
    quarterly = [f"q{quarter}_{name}" for quarter in QUARTERS for name in _QUARTERLY]
    return [*_NAMES, *quarterly, *(f"year_{name}" for name in _QUARTERLY)]


def _columns(row: SellerYear) -> list[str]:
    seller = row.cooperative
    return [
        seller.legal_name,
        seller.legal_name_latin,
        seller.address_line,
        seller.postal_code,
        seller.place_name,
        seller.country_code,
        "; ".join(f"{kind}: {value}" for kind, value in sorted(row.identifiers.items())),
        row.account_country,
        row.account_fingerprint,
        row.currency,
        "yes" if row.is_reportable else "no",
    ]


def _amounts(row: SellerYear) -> Iterable[tuple[int, int, int]]:
    for quarter in QUARTERS:
        part = row.quarters[quarter]
        yield part.consideration_minor, part.fees_minor, part.activities
    yield row.consideration_minor, row.fees_minor, row.activities


def _csv(target: IO[bytes], programme: Programme, year: int) -> None:
    target.write(BYTE_ORDER_MARK)
    out = io.TextIOWrapper(target, encoding="utf-8", newline="")
    writer = csv_writer(out, lineterminator="\r\n")
    writer.writerow(_headings())
    for row in sellers_of_year(programme, year):
        cells = list(_columns(row))
        for consideration, fees, activities in _amounts(row):
            amounts = (plain_amount(minor, row.currency) for minor in (consideration, fees))
            cells += [*amounts, str(activities)]
        writer.writerow(cells)
    out.detach()


def _xlsx(target: IO[bytes], programme: Programme, year: int) -> None:
    book = Workbook(write_only=True)
    sheet: Any = book.create_sheet(str(year))
    sheet.freeze_panes = "B2"
    headings = [WriteOnlyCell(sheet, heading) for heading in _headings()]
    for cell in headings:
        cell.font = Font(bold=True)
    sheet.append(headings)
    for row in sellers_of_year(programme, year):
        cells: list[Any] = [safe_cell(text) for text in _columns(row)]
        for consideration, fees, activities in _amounts(row):
            cells += [amount_cell(sheet, minor, row.currency) for minor in (consideration, fees)]
            cells.append(activities)
        sheet.append(cells)
    book.save(target)


def _xml(target: IO[bytes], programme: Programme, year: int) -> None:
    out = io.TextIOWrapper(target, encoding="utf-8", newline="")
    xml = XMLGenerator(out, "utf-8", short_empty_elements=True)
    xml.startDocument()
    _open(xml, "platform", {"operator": programme.legal_payer, "year": str(year)})
    for row in sellers_of_year(programme, year):
        facts = dict(zip(_NAMES, _columns(row), strict=True))
        named = {name: facts[name] for name in ("currency", "reportable")}
        _open(xml, "seller", named)
        for name in ("legal_name", "legal_name_latin", "address", "postal_code", "place"):
            _leaf(xml, name, facts[name])
        _leaf(xml, "country", facts["country"])
        for kind, value in sorted(row.identifiers.items()):
            _leaf(xml, "identifier", value, {"kind": kind})
        _leaf(xml, "account", row.account_fingerprint, {"country": row.account_country})
        for quarter, (consideration, fees, activities) in zip(
            QUARTERS, _amounts(row), strict=False
        ):
            attributes = {"number": str(quarter), "activities": str(activities)}
            for name, minor in (("consideration", consideration), ("fees", fees)):
                attributes[name] = plain_amount(minor, row.currency)
            _leaf(xml, "quarter", "", attributes)
        _close(xml, "seller")
    _close(xml, "platform")
    xml.endDocument()
    out.flush()
    out.detach()


def _open(xml: XMLGenerator, name: str, facts: dict[str, str]) -> None:
    xml.startElement(name, facts)  # type: ignore[arg-type]


def _close(xml: XMLGenerator, name: str) -> None:
    xml.endElement(name)
    xml.ignorableWhitespace("\n")


def _leaf(xml: XMLGenerator, name: str, text: str, facts: dict[str, str] | None = None) -> None:
    _open(xml, name, facts or {})
    xml.characters(_printable(text))
    _close(xml, name)


def _printable(text: str) -> str:
    """Without the control characters that XML does not allow."""
    return "".join(sign for sign in text if sign >= " " or sign in "\t\n")
