"""A cache of arrays, limited by their size in bytes."""

from collections import OrderedDict
from collections.abc import Hashable
from typing import Generic, TypeVar

import numpy as np

Arrays = TypeVar("Arrays", bound=tuple[np.ndarray, ...])


class ArrayCache(Generic[Arrays]):
    """Tuples of arrays by a key. ``trim`` removes those not used for the longest time.

    Nothing is removed otherwise: what a search needs stays until it is done.
    """

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self._cached: OrderedDict[Hashable, Arrays] = OrderedDict()
        self._bytes = 0

    def __contains__(self, key: Hashable) -> bool:
        return key in self._cached

    def get(self, key: Hashable) -> Arrays | None:
        """The arrays of a key, marked as used; None if there are none."""
        found = self._cached.get(key)
        if found is not None:
            self._cached.move_to_end(key)
        return found

    def put(self, key: Hashable, arrays: Arrays) -> None:
        """Store arrays under a key that has none."""
        self._cached[key] = arrays
        self._bytes += _size(arrays)

    def clear(self) -> None:
        """Remove everything."""
        self._cached.clear()
        self._bytes = 0

    def trim(self) -> None:
        """Remove what exceeds the limit."""
        while self._bytes > self.max_bytes and self._cached:
            self._bytes -= _size(self._cached.popitem(last=False)[1])


def _size(arrays: tuple[np.ndarray, ...]) -> int:
    return sum(array.nbytes for array in arrays)
