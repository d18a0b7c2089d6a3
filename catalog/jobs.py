"""Scheduled jobs of the catalogue; the schedule is in ``marketplace/jobs.py``."""

from datetime import timedelta

from catalog.read_model import sweeps
from catalog.services.applying import apply_waiting
from marketplace.saleor.sweeps import UNDER_WAY, is_behind

__all__ = ["apply_waiting", "quick_sweep", "rolling_sweep"]

# A change of stock has no date at the engine: what differs is looked at twice.
PATIENCE = timedelta(seconds=10)


def quick_sweep() -> None:
    """Project products that changed in the engine without a webhook."""
    if not is_behind():
        sweeps.quick_sweep(young=UNDER_WAY)


def rolling_sweep() -> None:
    """Compare the next products with the engine's."""
    if not is_behind():
        sweeps.rolling_sweep(young=UNDER_WAY, patience=PATIENCE)
