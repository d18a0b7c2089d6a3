"""What the headings of a products table mean: the columns that an import reads, by their names.

``Désignation``, ``Prix (DH)``, «الوزن بالكيلوغرام» and ``Variant Price`` are all understood.
"""

import csv
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from catalog.import_texts import ALTERNATIVE_COLUMNS, LANGUAGES
from catalog.import_values import PRICE_COLUMNS
from catalog.markets import MARKETS
from marketplace.core.csv_table import column_named, plain_name

UNITS_FILE = Path(__file__).parent / "data" / "heading_units.csv"
NAMES = ("name", "name_as_entered", *(f"name_{lang}" for lang in LANGUAGES))
# What may stand between a name and its unit: "poids en kg", and what says nothing: "prix TTC".
_BETWEEN = {"en", "in", "ب", "par", "per"}
_QUESTIONS = ("?", "؟")
_PARTS = ("name", "description", "materials")
_NOTHING = {"ttc", "unitaire", "obligatoire", "required"}
_WEIGHTS = {"g": "weight_grams", "kg": "weight_kilograms"}


class Meaning(NamedTuple):
    """Columns by position, empty where a heading says nothing, and the headings' language."""

    columns: list[str]
    language: str

    @property
    def recognized(self) -> int:
        """How many headings are understood."""
        return sum(1 for column in self.columns if column)

    @property
    def has_name(self) -> bool:
        """Whether there is a column of names, without which nothing can be imported."""
        return any(column in NAMES for column in self.columns)


@cache
def known_columns() -> frozenset[str]:
    """Every column that is read."""
    plain = "key category taxonomy origin_country materials quality_marks net_quantity hs_code"
    plain += " source_language pictures parent row_kind option_1 option_2 option_3 product_number"
    return frozenset(
        {
            *plain.split(),
            *("name", "description", "weight", "weight_grams", "weight_kilograms", "quantity"),
            *ALTERNATIVE_COLUMNS.values(),
            *(f"{part}_{lang}" for part in _PARTS for lang in LANGUAGES),
            *PRICE_COLUMNS,
        }
    )


def meaning_of(heading: Sequence[str]) -> Meaning:
    """What each heading means; of two that mean the same, the first."""
    columns: list[str] = []
    languages = Counter[str]()
    for cell in heading:
        column, language = heading_named(cell)
        if column in columns:
            column, language = "", ""
        if column and language not in {"", "en"}:
            languages[language] += 1
        columns.append(column)
    return Meaning(columns, next((name for name, _count in languages.most_common(1)), ""))


def heading_named(cell: str) -> tuple[str, str]:
    """The column that a heading names and its language, both empty for an unknown one."""
    found = column_named(cell, known_columns())
    if found[0] == "quantity" and cell.rstrip().endswith(_QUESTIONS):
        # "In stock?": WooCommerce answers by 1 or 0, which is no number of pieces.
        return "", ""
    if found[0] or not cell.strip():
        return found
    names = [name for name in plain_name(cell).split() if name not in _NOTHING]
    unit = _units().get(names[-1], "") if names else ""
    if unit:
        names.pop()
    while names and names[-1] in _BETWEEN:
        names.pop()
    column, language = column_named(" ".join(names), known_columns())
    return (_with_unit(column, unit), language) if column else ("", "")


def _with_unit(column: str, unit: str) -> str:
    """The column of values in this unit; none for one that no market or weight has."""
    if not unit:
        return column
    if column == "weight":
        return _WEIGHTS.get(unit, "")
    if column == "price":
        markets = [market for market in MARKETS if market.currency == unit]
        return f"price_{markets[0].channel_slug.lower()}" if markets else ""
    return column if column == "net_quantity" else ""


@cache
def _units() -> dict[str, str]:
    with UNITS_FILE.open(encoding="utf-8", newline="") as file:
        return {plain_name(row["unit"]): row["means"] for row in csv.DictReader(file)}
