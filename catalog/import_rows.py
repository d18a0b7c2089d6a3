"""A row of an import file: the proposed listing, or the errors in the row."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from catalog.categories import category_named, category_slug_of
from catalog.content import LONGEST_DESCRIPTION, ListingText, RevisionContent
from catalog.import_texts import DESCRIPTION_COLUMNS, cell
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
from marketplace.core.csv_table import in_column
from marketplace.core.vocabulary import written_in
from marketplace.core.word_lists import listed
from marketplace.core.workbooks import Number

LONGEST_KEY = 120


NUMBERS = (*PRICE_COLUMNS, "weight", "weight_grams", "weight_kilograms", "quantity")


_MARK_ENDS = re.compile(r"\s*[|;؛]\s*")


_COUNTRY = re.compile(r"[A-Za-z]{2}")


_QUANTITY = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)?)\s?(kg|gr?|ml|cl|l)\b", re.IGNORECASE)


@dataclass(frozen=True)
class Defaults:
    """What holds for the whole file: the home market, and the language amounts are written in.

    ``headings`` are the names that the file gives its columns.
    """

    market: Market
    category_slug: str = "other"
    language: str | None = None
    headings: Mapping[str, str] = field(default_factory=dict)


class Numbers(NamedTuple):
    """Prices by channel, weight and stock; None where the row does not say."""

    prices: dict[str, int]
    weight_grams: int | None
    quantity: int | None

    def lacks(self) -> list[str]:
        """What a listing needs of them and the row does not say."""
        needed = {
            "price": self.prices or None, "quantity": self.quantity, "weight": self.weight_grams,
        }  # fmt: skip
        return [name for name, value in needed.items() if value is None]

    def of_content(self) -> dict[str, Any]:
        """The fields of a listing's content; what is not said is none."""
        return {
            "prices": self.prices,
            "weight_grams": self.weight_grams or 0,
            "quantity": self.quantity or 0,
        }


class Variation(NamedTuple):
    """A size or colour as its row has it; ``problem`` says why it cannot be taken."""

    row: int
    name: str
    numbers: Numbers
    problem: str = ""


@dataclass
class ImportRow:
    """A row as read: its content, or its errors; ``notes`` say what of it was left out.

    ``lacks`` names what a listing needs and the row does not say: price, quantity, weight, or a
    picture that the row names and nobody has. Such a row becomes a draft. ``number`` is the row as
    a spreadsheet counts it (the heading is row 1), ``line`` the line of the file in which it
    begins.
    """

    number: int
    key: str
    name: str
    content: RevisionContent | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    lacks: list[str] = field(default_factory=list)
    line: int = 0
    # Names of files and addresses, as the row gives them.
    pictures: list[str] = field(default_factory=list)
    has_amounts: bool = False
    # The row as a size or colour; the name of its options; where it went, as part of a product.
    variation: Variation | None = None
    option: str = ""
    part_of: str = ""


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
    category = _category(read, cell(row, "category"))
    category = category or (category_slug_of(taxonomy) if taxonomy else "")
    if any(len(cell(row, c)) > LONGEST_DESCRIPTION for c in row if c in DESCRIPTION_COLUMNS):
        read.notes.append(_("The description was cut after 4000 characters."))
    known = read_materials(cell(row, "materials"))
    try:
        read.content = RevisionContent(
            texts=_with_materials(texts, known.others),
            source_language=_source(row, texts),
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
        read.problem = problem_of(error, defaults)


def problem_of(error: UnreadableValue, defaults: Defaults) -> str:
    """What is wrong with a cell, by the heading that the file gives its column."""
    heading = defaults.headings.get(error.column, error.column)
    return in_column(heading, error.typed.replace("\u066b", "."), error.why)


def _source(row: dict[str, str], texts: dict[str, ListingText]) -> str:
    """The language of the original: what the row says, else the first that has a name."""
    named = [language for language, text in texts.items() if text.name]
    said = cell(row, "source_language").lower()
    return said if said in named else named[0]


def _category(read: ImportRow, text: str) -> str:
    """The category by its code or by its name in one of the languages."""
    found = category_named(text)
    if text and found is None:
        read.notes.append(_("Unknown category, ignored: %(text)s") % {"text": text[:60]})
    return found.slug if found else ""


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
    numbers = numbers_of(row, defaults)
    read.lacks = numbers.lacks()
    return numbers.of_content()


def numbers_of(row: dict[str, str], defaults: Defaults) -> Numbers:
    """The numbers of a row; raises UnreadableValue."""
    cells = {column: _number_cell(row, column) for column in NUMBERS}
    prices = prices_of(cells, defaults.market, defaults.language)
    weight = grams_of(cells, defaults.language)
    return Numbers(prices, weight, count_of(cells, defaults.language))


def _number_cell(row: dict[str, str], column: str) -> str:
    """A number as written; one that a spreadsheet holds has a decimal mark of one meaning only."""
    written = row.get(column, "")
    if isinstance(written, Number):
        return written.replace(".", "\u066b")
    return cell(row, column)


def is_country(code: str) -> bool:
    """Whether a text has the form of a country's code."""
    return bool(_COUNTRY.fullmatch(code))


def _country(read: ImportRow, row: dict[str, str]) -> str:
    code = cell(row, "origin_country")
    if code and not is_country(code):
        read.notes.append(_("The origin is not a two-letter country code, ignored."))
        return ""
    return code.upper()


def _net_quantity(row: dict[str, str], name: str) -> str:
    """The labelled content, from its column or from the name. With packaging it weighs more."""
    return net_quantity_of(cell(row, "net_quantity"), name)


def net_quantity_of(text: str, name: str) -> str:
    """The labelled content as written, ``250 G`` as ``250 g``; of an empty one what a name says."""
    match = _QUANTITY.fullmatch(text) if text else _QUANTITY.search(name)
    return f"{match[1]} {match[2].lower()}" if match else text
