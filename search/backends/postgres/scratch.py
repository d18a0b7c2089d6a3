"""Arrays to add scores up in, one place for each document."""

import numpy as np

# Clearing a whole array is cheaper than clearing places in it, from a fifth of them on.
_WHOLE_IS_CHEAPER = 5


class Scratch:
    """Arrays of zeros; whoever uses them leaves them cleared."""

    def __init__(self, size: int) -> None:
        self.scores = np.zeros(size, dtype=np.float32)
        self.total = np.zeros(size, dtype=np.float32)
        self.fields = np.zeros(size, dtype=np.uint8)
        self.count = np.zeros(size, dtype=np.uint8)

    def clear(self, numbers: np.ndarray, *arrays: np.ndarray) -> None:
        """Set the places of these documents to zero again."""
        for array in arrays:
            if len(numbers) * _WHOLE_IS_CHEAPER > len(array):
                array.fill(0)
            else:
                array[numbers] = 0

    def clear_all(self) -> None:
        """Set everything to zero again."""
        for array in (self.scores, self.total, self.fields, self.count):
            array.fill(0)
