"""Rows of a table that are no products: headings that are printed again, sums."""

from collections.abc import Mapping

from django.utils.translation import gettext as _

from catalog.import_headings import NAMES
from marketplace.core.csv_table import plain_name

_FRENCH = ("Total", "Totaux", "Total général", "Sous-total", "Somme")
_ENGLISH = ("Grand total", "Subtotal", "Sum")
_ARABIC = ("المجموع", "مجموع", "المجموع العام", "المجموع الكلي", "الإجمالي", "المجموع الجزئي")
_SUMS = {plain_name(name) for name in (*_FRENCH, *_ENGLISH, *_ARABIC)}


def no_product(row: Mapping[str, str], headings: Mapping[str, str]) -> str:
    """Why the row is no product; empty where it is one. ``headings`` are those of the columns."""
    named = {column: row[column].strip() for column in NAMES if row.get(column, "").strip()}
    if any(text == headings.get(column) for column, text in named.items()):
        return _("The row repeats the headings.")
    if any(is_sum(text) for text in named.values()):
        return _("The row is a total, and no product.")
    return ""


def is_sum(text: str) -> bool:
    """Whether a cell is called a total."""
    return plain_name(text) in _SUMS
