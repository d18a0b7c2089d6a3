"""Price ranges that fit what was found: few, with round edges."""

MOST_RANGES = 5
_ROUND = (1, 2, 5)
# All amounts that may part prices.
ROUND_AMOUNTS = tuple(digit * 10**power for power in range(2, 10) for digit in _ROUND)


def price_edges(lowest: int | None, highest: int | None) -> list[int]:
    """Up to four round amounts (minor units) that part the prices; none when they hardly differ."""
    if lowest is None or highest is None or highest <= lowest * 1.2:
        return []
    inside = [step for step in ROUND_AMOUNTS if lowest < step <= highest]
    if len(inside) < MOST_RANGES:
        return inside
    every = -(-len(inside) // (MOST_RANGES - 1))
    return inside[every - 1 :: every]
