"""Edit distance between words, for spelling correction."""

_NO_EDITS_BELOW = 3
_TWO_EDITS_FROM = 8


def edit_distance(left: str, right: str, *, limit: int = 99) -> int:
    """Letters added, dropped, changed, or swapped with their neighbour (optimal alignment).

    Stops counting above ``limit``: a larger result only says that it is exceeded.
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
        if min(current) > limit:
            return limit + 1
        before, previous = previous, current
    return previous[-1]


def allowed_edits(word: str) -> int:
    """How far a correction may be from a misspelt word: short words allow none."""
    if len(word) < _NO_EDITS_BELOW:
        return 0
    return 1 if len(word) < _TWO_EDITS_FROM else 2
