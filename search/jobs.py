"""Scheduled jobs."""

from search import query_log
from search.backends import backend
from search.indexing import index


def tidy() -> None:
    """Merge changed documents into the index."""
    backend().tidy()


def sweep() -> None:
    """Repair the index where it lacks listings or has removed ones."""
    index.sweep()


def compare() -> None:
    """Repair documents that differ from the read model."""
    index.compare()


def purge() -> None:
    """Delete old counts of the query log."""
    query_log.purge()
