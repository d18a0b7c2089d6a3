"""Counts and weights as people type them: digits, grouping and decimal marks as amounts have them.

Weights are in grams, or name their unit; see ``amounts`` for how a number is read.
"""

import re

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from marketplace.core.amounts import decimal_mark, plain_text, readings
from marketplace.core.errors import TwizaError

# Decimals of a kilogram are grams.
_KILOGRAM_PLACES = 3
_UNITS = {
    **dict.fromkeys(("g", "gr", "gramme", "grammes", "gram", "grams", "غ", "غرام", "غم"), 0),
    **dict.fromkeys(("kg", "kgs", "kilo", "kilos", "كغ", "كغم", "كلغ", "كيلو"), _KILOGRAM_PLACES),
}
# A short unit behind its number, in a name; a space that does not break keeps them in one line.
_UNIT_OF_A_NAME = re.compile(
    r"(?<=[0-9٠-٩]) (?=(?:كلغ|كغم|كغ|غرام|غ|مل|سل|لتر|ل|سم|مم|م²|م)(?!\w)"
    r"|(?:kg|g|mg|ml|cl|L|l|cm|mm|m²|m)(?!\w))"
)
_WITH_UNIT = re.compile(r"(?P<number>[0-9].*?)\s*(?P<unit>[^\W\d_]*)\.?")


class UnreadableQuantity(TwizaError):
    """The text is no whole number of pieces or grams."""

    code = "quantity_unreadable"
    message = _("Enter a whole number, for example 12.")


class UnreadableWeight(TwizaError):
    """The text is no weight, or lacks its unit."""

    code = "weight_unreadable"
    message = _("Enter the weight with its unit, for example 650 g or 1.2 kg.")


def units_kept(text: str) -> str:
    """A name with its quantities unbroken: ``250 g`` goes to the next line as a whole."""
    return _UNIT_OF_A_NAME.sub("\u00a0", text)


def read_count(typed: str, largest: int, language: str | None = None) -> int:
    """A whole number of 0 to ``largest``; raises UnreadableQuantity."""
    found = whole_number_of(typed, language)
    if found is None or found > largest:
        raise UnreadableQuantity
    return found


def whole_number_of(typed: str, language: str | None = None) -> int | None:
    """A whole number, also grouped (``1 000``, ``1.000``) or with zeros behind it; else None."""
    found = _values(typed, 0, language)
    return found[0] if len(found) == 1 else None


def read_grams(typed: str, largest: int, language: str | None = None) -> int:
    """A weight with its unit in grams, up to ``largest``; raises UnreadableWeight."""
    match = _WITH_UNIT.fullmatch(plain_text(typed))
    places = _UNITS.get(match["unit"].casefold()) if match else None
    if match is None or places is None:
        raise UnreadableWeight
    found = [value for value in _values(match["number"], places, language) if value <= largest]
    if len(found) != 1:
        raise UnreadableWeight
    return found[0]


def _values(typed: str, places: int, language: str | None) -> list[int]:
    number = plain_text(typed)
    if not re.fullmatch(r"[0-9](?:[0-9.,٫٬'’ ]*[0-9])?", number):
        return []
    return readings(number, places, decimal_mark(language or get_language() or "ar"))
