"""Read a file of listings: a CSV table with a heading, in UTF-8, one listing a row.

Fields are parted by commas, semicolons or tabs, whichever the heading has most of. What is no such
table is refused whole, with the line where it went wrong; a row that cannot be used says why.

Columns (any may be missing; the names in brackets are read too):
``key`` [``gtin13``] keeps a row from being imported twice · ``name`` [``name_as_entered``] or
``name_ar name_fr name_en`` · ``description`` [``ingredients``] or ``description_ar …`` ·
``category`` · ``taxonomy`` · ``origin_country`` [``gs1_prefix_country``] · ``materials`` ·
``quality_marks`` (parted by ``|``) · ``net_quantity`` · ``weight_grams`` · ``quantity`` ·
``price_<channel>`` such as ``price_ma-mad`` (decimal of the channel's currency).
"""

import csv
import hashlib
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import IO

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.categories import category_slug_of
from catalog.content import LONGEST_DESCRIPTION, LONGEST_NAME, ListingText, RevisionContent
from catalog.errors import UnreadableFile
from catalog.markets import MARKETS, Market
from catalog.taxonomy import good
from marketplace.core.money import Money

LANGUAGES = ("ar", "fr", "en")
MOST_ROWS = 20_000
MOST_BYTES = 50_000_000
LONGEST_FIELD = 100_000
LONGEST_KEY = 120
_ALSO = {
    "key": "gtin13",
    "name": "name_as_entered",
    "description": "ingredients",
    "origin_country": "gs1_prefix_country",
}
_DESCRIPTIONS = {"description", "ingredients", *(f"description_{lang}" for lang in LANGUAGES)}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
_COUNTRY = re.compile(r"[A-Za-z]{2}")
_AMOUNT = re.compile(r"\d{1,12}([.,]\d{1,4})?")
_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")
_QUANTITY = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)?)\s?(kg|gr?|ml|cl|l)\b", re.IGNORECASE)
HEAVIEST_PACK = 25_000
_GRAMS = {"kg": 1000, "g": 1, "gr": 1, "l": 1000, "cl": 10, "ml": 1}


@dataclass(frozen=True)
class Defaults:
    """What a row gets where the file is silent. ``price`` is in the home market's currency."""

    market: Market
    price: Decimal = Decimal(20)
    weight_grams: int = 500
    quantity: int = 10
    category_slug: str = "other"


@dataclass
class ImportRow:
    """A row as read: its content, or why it cannot be imported; ``notes`` tell what we put in.

    ``number`` is the row as a spreadsheet counts it (the heading is row 1), ``line`` the line of
    the file in which it begins.
    """

    number: int
    key: str
    name: str
    content: RevisionContent | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    line: int = 0


def read_rows(file: IO[bytes], defaults: Defaults) -> Iterator[ImportRow]:
    """The rows in order; raises UnreadableFile, naming the line, for what is no CSV table in UTF-8.

    Nothing is known of a file before its last row has been read: read it all, then import it.
    """
    lines = _decoded(file)
    heading = next(lines, "")
    delimiter = max(",;\t", key=heading.count)
    largest = csv.field_size_limit(MOST_BYTES)
    try:
        # Strict: a quotation mark that nobody closed must not swallow the rows below it.
        table = csv.reader(_again(heading, lines), delimiter=delimiter, strict=True)
        columns = _columns(next(table, []))
        begins = table.line_num + 1
        for number, cells in enumerate(table, start=2):
            if number > MOST_ROWS + 1:
                raise UnreadableFile({"file": _("A file has at most 20,000 rows.")})
            if any(cells):
                yield _read(ImportRow(number, "", "", line=begins), columns, cells, defaults)
            begins = table.line_num + 1
    except csv.Error as error:
        raise _unreadable_quotes(begins) from error
    finally:
        csv.field_size_limit(largest)


def unknown_columns(file: IO[bytes]) -> list[str]:
    """The columns of a file that no part of a listing is read from; the file is wound back."""
    heading = next(_decoded(file), "")
    file.seek(0)
    columns = next(csv.reader([heading], delimiter=max(",;\t", key=heading.count)), [])
    return [name for name in (c.strip() for c in columns) if name and name not in _known_columns()]


def _decoded(file: IO[bytes]) -> Iterator[str]:
    """The lines as text; raises UnreadableFile with the first line that is not UTF-8."""
    read, number = 0, 0
    while line := file.readline(MOST_BYTES + 1):
        read, number = read + len(line), number + 1
        if read > MOST_BYTES:
            raise UnreadableFile({"file": _("A file has at most 50 MB.")})
        try:
            yield line.decode("utf-8-sig" if number == 1 else "utf-8")
        except UnicodeDecodeError as error:
            words = _("Line %(line)s is not UTF-8. Save the table as CSV in UTF-8.")
            raise UnreadableFile({"file": words % {"line": number}}) from error


def _again(first: str, rest: Iterable[str]) -> Iterator[str]:
    yield first
    yield from rest


def _unreadable_quotes(line: int) -> UnreadableFile:
    words = _("From line %(line)s on: a quotation mark is not closed or stands in a wrong place.")
    return UnreadableFile({"file": words % {"line": line}})


def _columns(heading: list[str]) -> list[str]:
    """The names of the columns; raises UnreadableFile if none of them is a name or one is twice."""
    columns = [name.strip() for name in heading]
    if not {"name", "name_as_entered", *(f"name_{lang}" for lang in LANGUAGES)} & set(columns):
        if not any(columns):
            raise UnreadableFile({"file": UnreadableFile.message})
        words = _("No column is called name, name_ar, name_fr or name_en. Found: %(columns)s.")
        found = ", ".join(columns)[:200]
        raise UnreadableFile({"file": words % {"columns": found}})
    for name in columns:
        if name and columns.count(name) > 1:
            words = _("Two columns are called %(column)s.")
            raise UnreadableFile({"file": words % {"column": name}})
    return columns


def _known_columns() -> set[str]:
    plain = "key category taxonomy origin_country materials quality_marks net_quantity hs_code"
    return {
        *plain.split(),
        *("name", "description", "weight_grams", "quantity"),
        *_ALSO.values(),
        *(f"{part}_{lang}" for part in ("name", "description") for lang in LANGUAGES),
        *(f"price_{market.channel_slug}" for market in MARKETS),
    }


def _read(read: ImportRow, columns: list[str], cells: list[str], defaults: Defaults) -> ImportRow:
    row = dict(zip(columns, cells, strict=False))
    texts = _texts(row)
    read.key = _cell(row, "key")
    read.name = next((text.name for text in texts.values() if text.name), "")
    read.problem = _shape_problem(columns, cells) or _name_problem(read.name)
    if len(read.key) > LONGEST_KEY:
        read.problem = _("The key is too long. The limit is 120 letters.")
    if len(cells) < len(columns):
        read.notes.append(_("The row has fewer fields than the heading."))
    if not read.problem:
        read.key = read.key or _key_of(read.name)
        _fill(read, row, texts, defaults)
    else:
        read.key, read.name = read.key[:LONGEST_KEY], read.name[: LONGEST_NAME + 1]
    return read


def _shape_problem(columns: list[str], cells: list[str]) -> str:
    if any(cells[len(columns) :]):
        return _("The row has more fields than the heading: is a text with a comma not quoted?")
    if any(len(cell) > LONGEST_FIELD for cell in cells):
        return _("A field is too long. The limit is 100,000 letters.")
    return ""


def _name_problem(name: str) -> str:
    if not name:
        return _("The name is empty.")
    if not any(c.isalpha() for c in name):
        return _("The name has no letters.")
    if len(name) > LONGEST_NAME:
        return _("The name is too long. The limit is 120 letters.")
    return ""


def _key_of(name: str) -> str:
    """What a row without a key is known by when the file comes again."""
    key = f"name:{name.casefold()}"
    if len(key) <= LONGEST_KEY:
        return key
    return f"name:{hashlib.sha256(key.encode()).hexdigest()}"


def _fill(
    read: ImportRow, row: dict[str, str], texts: dict[str, ListingText], defaults: Defaults
) -> None:
    taxonomy = _cell(row, "taxonomy")
    goods = good(taxonomy)
    if taxonomy and goods is None:
        read.notes.append(_("Unknown kind of product, left out."))
        taxonomy = ""
    category = _cell(row, "category") or (category_slug_of(taxonomy) if taxonomy else "")
    if any(len(_cell(row, c)) > LONGEST_DESCRIPTION for c in row if c in _DESCRIPTIONS):
        read.notes.append(_("The description was cut after 4000 letters."))
    net_quantity, weight = _net_quantity(row, read.name)
    try:
        read.content = RevisionContent(
            texts=texts,
            source_language=next(iter(texts)),
            category_slug=category or defaults.category_slug,
            taxonomy_slug=taxonomy,
            hs_code=_cell(row, "hs_code") or (goods.hs_code if goods else ""),
            origin_country=_country(read, row),
            materials=_cell(row, "materials"),
            quality_marks=[m for m in _cell(row, "quality_marks").split("|") if m],
            net_quantity=net_quantity,
            weight_grams=_whole(row, "weight_grams") or weight or defaults.weight_grams,
            prices=_prices(read, row, defaults),
            quantity=_quantity(row, defaults),
        )
    except (InvalidOperation, ValueError):
        read.problem = _("A price or a number cannot be read.")


def _country(read: ImportRow, row: dict[str, str]) -> str:
    code = _cell(row, "origin_country")
    if code and not _COUNTRY.fullmatch(code):
        read.notes.append(_("The origin is not a country's code of two letters, left out."))
        return ""
    return code.upper()


def _texts(row: dict[str, str]) -> dict[str, ListingText]:
    """Texts by language; one without a language is Arabic if it has Arabic letters."""
    texts = {
        lang: ListingText(
            name=_cell(row, f"name_{lang}"), description=_long(row, f"description_{lang}")
        )
        for lang in LANGUAGES
        if _cell(row, f"name_{lang}")
    }
    if name := _cell(row, "name"):
        lang = "ar" if _ARABIC.search(name) else settings.BASE_LANGUAGE
        texts.setdefault(lang, ListingText(name=name, description=_long(row, "description")))
    return texts


def _cell(row: dict[str, str], column: str) -> str:
    text = row.get(column) or row.get(_ALSO.get(column, ""), "")
    return " ".join(_CONTROL.sub(" ", html.unescape(text)).split())


def _long(row: dict[str, str], column: str) -> str:
    return _cell(row, column)[:LONGEST_DESCRIPTION]


def _whole(row: dict[str, str], column: str) -> int | None:
    text = _cell(row, column)
    return int(text) if text else None


def _quantity(row: dict[str, str], defaults: Defaults) -> int:
    found = _whole(row, "quantity")
    return defaults.quantity if found is None else found


def _prices(read: ImportRow, row: dict[str, str], defaults: Defaults) -> dict[str, int]:
    prices = {
        market.channel_slug: _amount(text, market.currency)
        for market in MARKETS
        if (text := _cell(row, f"price_{market.channel_slug}"))
    }
    if not prices:
        home = Money.from_decimal(defaults.price, defaults.market.currency)
        prices[defaults.market.channel_slug] = home.amount_minor
        read.notes.append(
            _("No price in the file: %(price)s %(currency)s put in.")
            % {"price": home.decimal, "currency": home.currency}
        )
    return prices


def _amount(text: str, currency: str) -> int:
    if not _AMOUNT.fullmatch(text):
        raise ValueError(text)
    return Money.from_decimal(text.replace(",", "."), currency).amount_minor


def _net_quantity(row: dict[str, str], name: str) -> tuple[str, int | None]:
    """The labelled content and its grams (millilitres), from its column or from the name."""
    text = _cell(row, "net_quantity") or name
    match = _QUANTITY.search(text)
    if match is None:
        return _cell(row, "net_quantity"), None
    unit = match[2].lower()
    grams = int(Decimal(match[1].replace(",", ".")) * _GRAMS[unit])
    return f"{match[1]} {unit}", grams if 0 < grams <= HEAVIEST_PACK else None
