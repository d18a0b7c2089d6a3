"""What the clock calls."""

from search import learning
from search.backends import backend
from search.index import sweep as sweep_index


def tidy() -> None:
    """Merge what changed into the index."""
    backend().tidy()


def sweep() -> None:
    """Find listings that the index lost or kept too long."""
    sweep_index()


def purge() -> None:
    """Forget old counts of what was searched."""
    learning.purge()
