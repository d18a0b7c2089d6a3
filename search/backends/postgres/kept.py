"""Arrays that a process keeps for the next question, up to so many bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

import numpy as np

Arrays = TypeVar("Arrays", bound=tuple[np.ndarray, ...])


class Kept(Generic[Arrays]):
    """Tuples of arrays by a key. ``trim`` lets go of those not used for the longest time.

    Nothing goes by itself: what one question needs stays until it has been answered.
    """

    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self._held: OrderedDict[Hashable, Arrays] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: Hashable) -> bool:
        return key in self._held

    def get(self, key: Hashable) -> Arrays | None:
        """What is kept under a key, which is used with that."""
        found = self._held.get(key)
        if found is not None:
            self._held.move_to_end(key)
        return found

    def put(self, key: Hashable, arrays: Arrays) -> None:
        """Keep arrays under a key that has none."""
        self._held[key] = arrays
        self._bytes += _size(arrays)

    def clear(self) -> None:
        """Let go of everything."""
        self._held.clear()
        self._bytes = 0

    def trim(self) -> None:
        """Let go of what is too much."""
        while self._bytes > self.most_bytes and self._held:
            self._bytes -= _size(self._held.popitem(last=False)[1])


def _size(arrays: tuple[np.ndarray, ...]) -> int:
    return sum(array.nbytes for array in arrays)
