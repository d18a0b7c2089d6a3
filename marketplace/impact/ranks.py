"""Ranks of columns of zeros and ones, each an integer whose bits are its rows."""

from collections.abc import Sequence

# Counted modulo a prime that no determinant of so few zeros and ones is divided by.
_PRIME = 2**61 - 1


def exact_basis(columns: Sequence[int]) -> list[int]:
    """The places of columns that are independent and span all of them, the first ones."""
    span = Span()
    return [place for place, column in enumerate(columns) if span.add(column)]


def basis_of_rank(columns: Sequence[int], rank: int) -> list[int]:
    """The same, for columns of at most this rank.

    Counted with bits first, which is fast: columns that are independent there are independent.
    """
    by_bits = _bit_basis(columns, rank)
    return by_bits if len(by_bits) == rank else exact_basis(columns)


def _bit_basis(columns: Sequence[int], rank: int) -> list[int]:
    found: list[int] = []
    rows: dict[int, int] = {}
    seen: set[int] = set()
    for place, column in enumerate(columns):
        if len(found) == rank:
            break
        if column in seen:
            continue
        seen.add(column)
        rest = column
        while rest and (row := rows.get(rest.bit_length())):
            rest ^= row
        if rest:
            rows[rest.bit_length()] = rest
            found.append(place)
    return found


class Span:
    """What some columns span, kept as reduced rows, each with the place of its leading one."""

    def __init__(self) -> None:
        self._rows: list[tuple[int, dict[int, int]]] = []
        self._seen: set[int] = set()

    def add(self, column: int) -> bool:
        """Add a column; whether it was not in the span already."""
        if column in self._seen:
            return False
        self._seen.add(column)
        rest = self._reduced(column)
        if not rest:
            return False
        pivot = min(rest)
        inverse = pow(rest[pivot], -1, _PRIME)
        self._rows.append((pivot, {place: v * inverse % _PRIME for place, v in rest.items()}))
        return True

    def has(self, column: int) -> bool:
        """Whether the column is in the span."""
        return column in self._seen or not self._reduced(column)

    def _reduced(self, column: int) -> dict[int, int]:
        """What is left of a column, by place, without zeros."""
        rest = {place: 1 for place in range(column.bit_length()) if column >> place & 1}
        for pivot, row in self._rows:
            if factor := rest.get(pivot):
                for place, value in row.items():
                    new = (rest.get(place, 0) - factor * value) % _PRIME
                    if new:
                        rest[place] = new
                    else:
                        rest.pop(place, None)
        return rest
