"""Search work that runs by the clock; when, stands in ``marketplace/jobs.py``."""

from search.index import recount_words

__all__ = ["recount_words"]
