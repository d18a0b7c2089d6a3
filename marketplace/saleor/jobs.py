"""Scheduled jobs of this room; the schedule is in ``marketplace/jobs.py``."""

from marketplace.saleor.inbox import forget_handled

__all__ = ["forget_handled"]
