"""Price ranges for results: a few, with round edges."""

from collections.abc import Sequence

MAX_RANGES = 5
_ROUND = (1, 2, 5)
# All amounts, in minor units, that may be an edge.
ROUND_AMOUNTS = tuple(digit * 10**power for power in range(2, 10) for digit in _ROUND)


def price_edges(lowest: int | None, highest: int | None) -> list[int]:
    """Up to four round amounts (minor units) that divide the prices; none if they hardly differ."""
    if lowest is None or highest is None or highest <= lowest * 1.2:
        return []
    inside = [step for step in ROUND_AMOUNTS if lowest < step <= highest]
    if len(inside) < MAX_RANGES:
        return inside
    every = -(-len(inside) // (MAX_RANGES - 1))
    return inside[every - 1 :: every]


def counted_ranges(
    edges: Sequence[int], counts: Sequence[int]
) -> list[tuple[int | None, int | None, int]]:
    """The ranges between edges (both ends included, None for an open one), with their counts.

    ``counts`` has one more than there are edges; ranges without a document are left out.
    """
    lows: list[int | None] = [None, *edges]
    highs: list[int | None] = [*(edge - 1 for edge in edges), None]
    return [(low, high, n) for low, high, n in zip(lows, highs, counts, strict=True) if n]
