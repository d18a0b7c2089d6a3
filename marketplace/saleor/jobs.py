"""Work of this room that runs by the clock; when, stands in ``marketplace/jobs.py``."""

from marketplace.saleor.inbox import forget_handled

__all__ = ["forget_handled"]
