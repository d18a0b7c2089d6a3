"""The index in PostgreSQL, read by each process into numbers: nothing else to install or to run.

Postings (which documents have a word, and where) and facts (one record a document) are stored as
arrays of numbers. A process keeps the facts of all documents and the postings it has met, follows
changes by their version, and counts and ranks with numpy.
"""

from search.backends.postgres.backend import PostgresBackend

__all__ = ["PostgresBackend"]
