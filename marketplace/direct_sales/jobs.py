"""Scheduled jobs of direct sales; the schedule is in ``marketplace/jobs.py``."""

from marketplace.direct_sales.services.settle_stock import settle_waiting

__all__ = ["settle_waiting"]
