"""Scheduled jobs of the catalogue; the schedule is in ``marketplace/jobs.py``."""

from catalog.read_model.sweeps import quick_sweep, rolling_sweep
from catalog.services.applying import apply_waiting

__all__ = ["apply_waiting", "quick_sweep", "rolling_sweep"]
