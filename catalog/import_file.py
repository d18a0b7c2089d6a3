"""Read a file of listings: a CSV table with a heading, in UTF-8, one listing a row.

Columns (any may be missing; the names in brackets are read too):
``key`` [``gtin13``] keeps a row from being imported twice · ``name`` [``name_as_entered``] or
``name_ar name_fr name_en`` · ``description`` [``ingredients``] or ``description_ar …`` ·
``category`` · ``taxonomy`` · ``origin_country`` [``gs1_prefix_country``] · ``materials`` ·
``quality_marks`` (parted by ``|``) · ``net_quantity`` · ``weight_grams`` · ``quantity`` ·
``price_<channel>`` such as ``price_ma-mad`` (decimal of the channel's currency).
"""

import csv
import html
import io
import re
from collections.abc import Iterator
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
_ALSO = {
    "key": "gtin13",
    "name": "name_as_entered",
    "description": "ingredients",
    "origin_country": "gs1_prefix_country",
}
_ARABIC = re.compile(r"[\u0600-\u06ff]")
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
    """A row as read: its content, or why it cannot be imported; ``notes`` tell what we put in."""

    number: int
    key: str
    name: str
    content: RevisionContent | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)


def read_rows(file: IO[bytes], defaults: Defaults) -> Iterator[ImportRow]:
    """The rows in order, numbered as a spreadsheet does (the heading is row 1).

    Raises UnreadableFile for what is no CSV table in UTF-8.
    """
    text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="")
    try:
        table = csv.DictReader(text)
        if not table.fieldnames or not _names_something(table.fieldnames):
            raise UnreadableFile({"file": UnreadableFile.message})
        for number, row in enumerate(table, start=2):
            if number > MOST_ROWS + 1:
                raise UnreadableFile({"file": _("A file has at most 20,000 rows.")})
            cells = {k: v for k, v in row.items() if k and isinstance(v, str)}
            yield _read(number, cells, defaults)
    except (UnicodeDecodeError, csv.Error) as error:
        raise UnreadableFile({"file": UnreadableFile.message}) from error
    finally:
        text.detach()


def _names_something(columns: object) -> bool:
    known = {"name", "name_as_entered", *(f"name_{lang}" for lang in LANGUAGES)}
    return bool(known & set(columns))  # type: ignore[call-overload]


def _read(number: int, row: dict[str, str], defaults: Defaults) -> ImportRow:
    texts = _texts(row)
    name = next((text.name for text in texts.values() if text.name), "")
    read = ImportRow(number, _cell(row, "key")[:120], name)
    if not name:
        read.problem = _("The name is empty.")
    elif not any(c.isalpha() for c in name):
        read.problem = _("The name has no letters.")
    elif len(name) > LONGEST_NAME:
        read.problem = _("The name is too long. The limit is 120 letters.")
    else:
        _fill(read, row, texts, defaults)
    return read


def _fill(
    read: ImportRow, row: dict[str, str], texts: dict[str, ListingText], defaults: Defaults
) -> None:
    taxonomy = _cell(row, "taxonomy")
    goods = good(taxonomy)
    if taxonomy and goods is None:
        read.notes.append(_("Unknown kind of product, left out."))
        taxonomy = ""
    shelf = _cell(row, "category") or (category_slug_of(taxonomy) if taxonomy else "")
    net_quantity, weight = _net_quantity(row, read.name)
    try:
        read.content = RevisionContent(
            texts=texts,
            source_language=next(iter(texts)),
            category_slug=shelf or defaults.category_slug,
            taxonomy_slug=taxonomy,
            hs_code=_cell(row, "hs_code") or (goods.hs_code if goods else ""),
            origin_country=_cell(row, "origin_country")[:2].upper(),
            materials=_cell(row, "materials"),
            quality_marks=[m for m in _cell(row, "quality_marks").split("|") if m],
            net_quantity=net_quantity,
            weight_grams=_whole(row, "weight_grams") or weight or defaults.weight_grams,
            prices=_prices(read, row, defaults),
            quantity=_quantity(row, defaults),
        )
    except (InvalidOperation, ValueError):
        read.problem = _("A price or a number cannot be read.")


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
        market.channel_slug: Money.from_decimal(
            text.replace(",", "."), market.currency
        ).amount_minor
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


def _net_quantity(row: dict[str, str], name: str) -> tuple[str, int | None]:
    """The labelled content and its grams (millilitres), from its column or from the name."""
    text = _cell(row, "net_quantity") or name
    match = _QUANTITY.search(text)
    if match is None:
        return _cell(row, "net_quantity"), None
    unit = match[2].lower()
    grams = int(Decimal(match[1].replace(",", ".")) * _GRAMS[unit])
    return f"{match[1]} {unit}", grams if 0 < grams <= HEAVIEST_PACK else None
