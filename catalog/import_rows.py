"""A row of an import file: the proposed listing, or the errors in the row."""

import hashlib
import html
import re
from dataclasses import dataclass, field
from html.entities import html5
from typing import Any

from django.utils.translation import gettext as _

from catalog.categories import category_slug_of
from catalog.content import LONGEST_DESCRIPTION, ListingText, RevisionContent
from catalog.import_values import (
    PRICE_COLUMNS,
    UnreadableValue,
    count_of,
    grams_of,
    prices_of,
)
from catalog.markets import Market
from catalog.materials import read_materials
from catalog.quality import mark_of
from catalog.taxonomy import find_listing_type
from marketplace.core.vocabulary import written_in
from marketplace.core.word_lists import listed

LANGUAGES = ("ar", "fr", "en")


LONGEST_KEY = 120


ALTERNATIVE_COLUMNS = {
    "key": "gtin13",
    "name": "name_as_entered",
    "description": "ingredients",
    "origin_country": "gs1_prefix_country",
}


DESCRIPTION_COLUMNS = {"description", "ingredients", *(f"description_{lang}" for lang in LANGUAGES)}


NUMBERS = (*PRICE_COLUMNS, "weight", "weight_grams", "quantity")


_MARK_ENDS = re.compile(r"\s*[|;؛]\s*")


_COUNTRY = re.compile(r"[A-Za-z]{2}")


_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


_QUANTITY = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)?)\s?(kg|gr?|ml|cl|l)\b", re.IGNORECASE)


_ENTITY = re.compile(r"&(#[0-9]+|#[xX][0-9a-fA-F]+|[A-Za-z][A-Za-z0-9]*);")


@dataclass(frozen=True)
class Defaults:
    """What holds for the whole file: the home market, and the language amounts are written in."""

    market: Market
    category_slug: str = "other"
    language: str | None = None


@dataclass
class ImportRow:
    """A row as read: its content, or its errors; ``notes`` say what of it was left out.

    ``lacks`` names what a listing needs and the row does not say: price, quantity, weight. Such a
    row becomes a draft. ``number`` is the row as a spreadsheet counts it (the heading is row 1),
    ``line`` the line of the file in which it begins.
    """

    number: int
    key: str
    name: str
    content: RevisionContent | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    line: int = 0


def key_of(name: str) -> str:
    """The key of a row that has none, so that the same file does not import it twice."""
    key = f"name:{name.casefold()}"
    if len(key) <= LONGEST_KEY:
        return key
    return f"name:{hashlib.sha256(key.encode()).hexdigest()}"


def fill_content(
    read: ImportRow, row: dict[str, str], texts: dict[str, ListingText], defaults: Defaults
) -> None:
    taxonomy = cell(row, "taxonomy")
    listing_type = find_listing_type(taxonomy)
    if taxonomy and listing_type is None:
        read.notes.append(_("Unknown product type, ignored."))
        taxonomy = ""
    category = cell(row, "category") or (category_slug_of(taxonomy) if taxonomy else "")
    if any(len(cell(row, c)) > LONGEST_DESCRIPTION for c in row if c in DESCRIPTION_COLUMNS):
        read.notes.append(_("The description was cut after 4000 characters."))
    known = read_materials(cell(row, "materials"))
    try:
        read.content = RevisionContent(
            texts=_with_materials(texts, known.others),
            source_language=next(iter(texts)),
            category_slug=category or defaults.category_slug,
            taxonomy_slug=taxonomy,
            hs_code=cell(row, "hs_code") or (listing_type.hs_code if listing_type else ""),
            origin_country=_country(read, row),
            material_codes=known.codes,
            quality_marks=[mark_of(m) for m in _MARK_ENDS.split(cell(row, "quality_marks")) if m],
            net_quantity=_net_quantity(row, read.name),
            **_numbers(read, row, defaults),
        )
    except UnreadableValue as error:
        read.problem = str(error)


def _with_materials(texts: dict[str, ListingText], others: list[str]) -> dict[str, ListingText]:
    """Materials that no code names stay as they are written, in the language of their letters."""
    found = dict(texts)
    for item in others:
        language = written_in(item)
        text = found.get(language, ListingText())
        before = [text.materials] if text.materials else []
        found[language] = text.model_copy(
            update={"materials": listed([*before, item], language=language)}
        )
    return found


def _numbers(read: ImportRow, row: dict[str, str], defaults: Defaults) -> dict[str, Any]:
    """Prices, weight and quantity; what the row does not say is noted as lacking."""
    cells = {column: cell(row, column) for column in NUMBERS}
    prices = prices_of(cells, defaults.market, defaults.language)
    weight, quantity = grams_of(cells, defaults.language), count_of(cells, defaults.language)
    needed = {"price": prices or None, "quantity": quantity, "weight": weight}
    read.lacks = [name for name, value in needed.items() if value is None]
    return {"prices": prices, "weight_grams": weight or 0, "quantity": quantity or 0}


def _country(read: ImportRow, row: dict[str, str]) -> str:
    code = cell(row, "origin_country")
    if code and not _COUNTRY.fullmatch(code):
        read.notes.append(_("The origin is not a two-letter country code, ignored."))
        return ""
    return code.upper()


def texts_of(row: dict[str, str]) -> dict[str, ListingText]:
    """Texts by language; one without a language is Arabic if it has Arabic letters."""
    texts = {
        lang: ListingText(
            name=cell(row, f"name_{lang}"), description=_long(row, f"description_{lang}")
        )
        for lang in LANGUAGES
        if cell(row, f"name_{lang}")
    }
    if name := cell(row, "name"):
        lang = written_in(name)
        texts.setdefault(lang, ListingText(name=name, description=_long(row, "description")))
    return texts


def cell(row: dict[str, str], column: str) -> str:
    text = row.get(column) or row.get(ALTERNATIVE_COLUMNS.get(column, ""), "")
    return " ".join(_CONTROL.sub(" ", _ENTITY.sub(_character, text)).split())


def _character(entity: re.Match[str]) -> str:
    """What an entity stands for; without its semicolon, as in ``A&para``, it is text."""
    if entity[1].startswith("#"):
        return html.unescape(entity[0])
    return html5.get(f"{entity[1]};", entity[0])


def _long(row: dict[str, str], column: str) -> str:
    return cell(row, column)[:LONGEST_DESCRIPTION]


def _net_quantity(row: dict[str, str], name: str) -> str:
    """The labelled content, from its column or from the name. With packaging it weighs more."""
    text = cell(row, "net_quantity")
    match = _QUANTITY.search(text or name)
    return f"{match[1]} {match[2].lower()}" if match else text
