"""How many slips of the hand part two words."""


def distance(left: str, right: str, *, most: int = 99) -> int:
    """Letters added, dropped, changed, or swapped with their neighbour (optimal alignment).

    Stops counting once there are more than ``most``.
    """
    before: list[int] = []
    previous = list(range(len(right) + 1))
    for i, a in enumerate(left, start=1):
        current = [i]
        for j, b in enumerate(right, start=1):
            cost = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, before[j - 2] + 1)
            current.append(cost)
        if min(current) > most:
            return most + 1
        before, previous = previous, current
    return previous[-1]


def slips_allowed(word: str) -> int:
    """How far a mistyped word may be from what was meant: short words leave no room for doubt."""
    if len(word) < 3:  # noqa: PLR2004
        return 0
    return 1 if len(word) < 8 else 2  # noqa: PLR2004
