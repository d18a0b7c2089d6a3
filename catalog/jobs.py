"""Catalogue work that runs by the clock; when, stands in ``marketplace/jobs.py``."""

from catalog.services.applying import apply_waiting
from catalog.sweeps import quick_sweep, rolling_sweep

__all__ = ["apply_waiting", "quick_sweep", "rolling_sweep"]
