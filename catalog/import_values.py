"""Prices, weights and counts of an import row: read as a form reads them, never made up.

What a row does not say is in ``lacks``; what cannot be read names its column and value.
"""

from collections.abc import Mapping

from catalog.content import HEAVIEST_GRAMS, LARGEST_AMOUNT_MINOR, MOST_PIECES
from catalog.markets import MARKETS, Market
from marketplace.core.amounts import AmbiguousAmount, Limits, UnreadableAmount, read_amount
from marketplace.core.csv_table import in_column
from marketplace.core.quantities import (
    UnreadableQuantity,
    UnreadableWeight,
    read_count,
    read_grams,
)

_OF_MARKET = {f"price_{market.channel_slug.lower()}": market for market in MARKETS}
PRICE_COLUMNS = ("price", *_OF_MARKET)


class UnreadableValue(ValueError):
    """A cell cannot be read: its column, what it holds, and why."""

    def __init__(self, column: str, typed: str, why: object) -> None:
        self.column, self.typed, self.why = column, typed, why
        super().__init__(in_column(column, typed, why))


def prices_of(cells: Mapping[str, str], home: Market, language: str | None) -> dict[str, int]:
    """Minor units by channel; ``price`` is in the home market's currency.

    Raises UnreadableValue, with both readings where two are likely.
    """
    found = {}
    for column in PRICE_COLUMNS:
        if typed := cells.get(column, ""):
            market = _OF_MARKET.get(column, home)
            limits = Limits(largest_minor=LARGEST_AMOUNT_MINOR)
            try:
                price = read_amount(typed, market.currency, language, limits)
            except (AmbiguousAmount, UnreadableAmount) as error:
                raise UnreadableValue(column, typed, error) from error
            found[market.channel_slug] = price.amount_minor
    return found


def grams_of(cells: Mapping[str, str], language: str | None) -> int | None:
    """The weight with packaging, None where the row has none; raises UnreadableValue."""
    try:
        if typed := cells.get("weight_grams", ""):
            column = "weight_grams"
            return _positive(read_count(typed, HEAVIEST_GRAMS, language))
        if typed := cells.get("weight_kilograms", ""):
            column = "weight_kilograms"
            named = typed if any(sign.isalpha() for sign in typed) else f"{typed} kg"
            return _positive(read_grams(named, HEAVIEST_GRAMS, language))
        if typed := cells.get("weight", ""):
            column = "weight"
            return _positive(read_grams(typed, HEAVIEST_GRAMS, language))
    except (UnreadableQuantity, UnreadableWeight) as error:
        raise UnreadableValue(column, typed, error) from error
    return None


def count_of(cells: Mapping[str, str], language: str | None) -> int | None:
    """The stock, None where the row has none; raises UnreadableValue."""
    typed = cells.get("quantity", "")
    try:
        return read_count(typed, MOST_PIECES, language) if typed else None
    except UnreadableQuantity as error:
        raise UnreadableValue("quantity", typed, error) from error


def _positive(grams: int) -> int:
    if not grams:
        raise UnreadableWeight
    return grams
