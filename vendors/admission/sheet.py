"""A sheet of cooperatives to invite: read row by row, each with what is wrong in it.

A row that cannot be read says why and leaves the others alone.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from marketplace.core.csv_table import read_rows
from marketplace.core.errors import TwizaError
from marketplace.core.formats import western_digits
from marketplace.core.phones import read_phone
from marketplace.core.vocabulary import plain
from marketplace.core.word_lists import listed
from marketplace.core.workbooks import is_workbook, read_workbook
from vendors import geography
from vendors.admission.errors import AlreadyRegistered
from vendors.admission.inviting import Adviser, InvitedCooperative, require_invitable
from vendors.models import Kind, Programme
from vendors.sectors import SECTORS

MOST_ROWS = 200
MOST_BYTES = 1024 * 1024
MOST_UNPACKED_BYTES = 20 * 1024 * 1024
COLUMNS = (
    *("name", "name_latin", "region", "sector", "kind", "contact", "email", "phone", "language"),
    *("phase", "tranche", "adviser", "adviser_phone", "adviser_email"),
)
NEEDED = ("name", "region", "contact")
LONGEST = {"name": 160, "name_latin": 140, "contact": 120, "tranche": 40, "adviser": 120}
LONGEST_CELL = 254
MOST_PHASES = 99
_HEADINGS = Path(__file__).parent / "data" / "sheet_headings.csv"


class UnreadableSheet(TwizaError):
    """The whole file cannot be read; ``why`` says it."""

    code = "unreadable_sheet"
    message = "%(why)s"


@dataclass(frozen=True)
class SheetRow:
    """A row of the sheet: what it invites, or why it cannot."""

    line: int
    name: str
    invited: InvitedCooperative | None
    error: str = ""


def read_sheet(
    content: bytes, programme: Programme, regions: tuple[str, ...] = ()
) -> list[SheetRow]:
    """The rows of a CSV file or a spreadsheet, checked against the programme.

    ``regions`` limits them to what the reader may invite in. Raises UnreadableSheet.
    """
    lines = _workbook_lines(content) if is_workbook(content) else _lines(content)
    if not lines:
        raise UnreadableSheet(why=_("The table is empty."))
    columns = [_column(cell) for cell in lines[0][1]]
    if missing := [name for name in NEEDED if name not in columns]:
        raise UnreadableSheet(
            why=_("Columns missing from the table: %(columns)s.") % {"columns": listed(missing)}
        )
    rows = lines[1:]
    if len(rows) > MOST_ROWS:
        raise UnreadableSheet(
            why=_("A sheet may have at most %(most)s rows: divide it.") % {"most": MOST_ROWS}
        )
    seen: set[tuple[str, str]] = set()
    return [
        _row(line, dict(zip(columns, cells, strict=False)), programme, regions, seen)
        for line, cells in rows
    ]


def _workbook_lines(content: bytes) -> list[tuple[int, list[str]]]:
    rows = read_workbook(content, most_unpacked=MOST_UNPACKED_BYTES).rows
    filled = [
        (line, cells)
        for line, cells in enumerate(rows, start=1)
        if any(cell.strip() for cell in cells)
    ]
    return filled[: MOST_ROWS + 2]


def _lines(content: bytes) -> list[tuple[int, list[str]]]:
    heading, rows = read_rows(content)
    found = [(heading.number, heading.cells)] if any(heading.cells) else []
    for row in rows:
        found.append((row.number, row.cells))
        if len(found) > MOST_ROWS + 1:
            break
    return found


def _row(
    line: int,
    cells: Mapping[str, str],
    programme: Programme,
    regions: tuple[str, ...],
    seen: set[tuple[str, str]],
) -> SheetRow:
    given = {name: _text(cells.get(name, "")) for name in COLUMNS}
    try:
        invited = _invited(given, programme, regions)
        require_invitable(programme, invited)
        key = (plain(invited.legal_name), invited.region_code)
        if key in seen:
            raise AlreadyRegistered
        seen.add(key)
    except (ValueError, TwizaError) as refused:
        return SheetRow(line, given["name"], None, str(refused))
    return SheetRow(line, given["name"], invited)


def _text(cell: str) -> str:
    return "".join(sign for sign in cell if sign.isprintable()).strip()


# long: a column a line
def _invited(
    given: Mapping[str, str], programme: Programme, regions: tuple[str, ...]
) -> InvitedCooperative:
    if empty := [name for name in NEEDED if not given[name]]:
        raise ValueError(_("%(columns)s is empty") % {"columns": listed(empty)})
    for name, value in given.items():
        if len(value) > LONGEST.get(name, LONGEST_CELL):
            raise ValueError(_("%(column)s is too long") % {"column": name})
    region = _region(given["region"], programme)
    if regions and region not in regions:
        raise ValueError(_("This region is not yours."))
    country = geography.country_of(region)
    language = given["language"].lower() or (programme.languages or ["ar"])[0]
    if language not in ("ar", "fr", "en"):
        raise ValueError(_unknown("language", given["language"], ["ar", "fr", "en"]))
    return InvitedCooperative(
        legal_name=given["name"],
        legal_name_latin=given["name_latin"],
        region_code=region,
        sector=_named("sector", given["sector"], {k: str(v) for k, v in SECTORS.items()}),
        kind=_named("kind", given["kind"], {k: str(v) for k, v in Kind.choices}),
        name=given["contact"],
        email=_mail(given["email"]),
        phone=read_phone(given["phone"], country),
        language=language,
        phase=_phase(given["phase"]),
        tranche=given["tranche"],
        adviser=Adviser(
            name=given["adviser"],
            phone=read_phone(given["adviser_phone"], country),
            email=_mail(given["adviser_email"]),
        ),
    )


def _region(typed: str, programme: Programme) -> str:
    """The code of a region, given as code or by its name in any language."""
    known = [region for code in programme.country_codes for region in geography.regions(code)]
    for region in known:
        names = (region.code, region.name_ar, region.name_fr, region.name_en)
        if plain(typed) in {plain(name) for name in names}:
            return region.code
    raise ValueError(_unknown("region", typed, [region.code for region in known]))


def _named(column: str, typed: str, known: Mapping[str, str]) -> str:
    """A code, given as such or by its label in the reader's language; empty for nothing."""
    if not typed:
        return ""
    for code, label in known.items():
        if plain(typed) in {plain(code), plain(str(label))}:
            return code
    raise ValueError(_unknown(column, typed, list(known)))


def _mail(typed: str) -> str:
    if not typed:
        return ""
    try:
        validate_email(typed)
    except ValidationError as refused:
        raise ValueError(_("“%(address)s” is no e-mail address") % {"address": typed}) from refused
    return typed


def _phase(typed: str) -> int | None:
    text = western_digits(typed).removesuffix(".0")
    if not text:
        return None
    if not text.isdigit() or not 1 <= int(text) <= MOST_PHASES:
        raise ValueError(_("The phase is a number from 1 to 99"))
    return int(text)


def _unknown(column: str, value: str, known: list[str]) -> str:
    words = _("%(column)s “%(value)s” is unknown; accepted values: %(known)s")
    return words % {"column": column, "value": value[:40], "known": listed(sorted(known))}


def _column(heading: str) -> str:
    return _headings().get(plain(_text(heading)), _text(heading).lower())


@cache
def _headings() -> dict[str, str]:
    """Headings in Arabic, French and English, by what they are called here."""
    with _HEADINGS.open(encoding="utf-8", newline="") as file:
        return {plain(row["name"]): row["column"] for row in csv.DictReader(file)}
