"""What the clock calls."""

from search import query_log
from search.backends import backend
from search.indexing import index


def tidy() -> None:
    """Merge what changed into the index."""
    backend().tidy()


def sweep() -> None:
    """Find listings that the index lost or kept too long."""
    index.sweep()


def compare() -> None:
    """Find listings that the index tells otherwise than the read model does."""
    index.compare()


def purge() -> None:
    """Forget old counts of what was searched."""
    query_log.purge()
