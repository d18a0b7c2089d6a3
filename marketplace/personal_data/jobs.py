"""Scheduled work of this room; the schedule is in ``marketplace/jobs.py``."""

from marketplace.personal_data.services.carry_out import carry_out_erasures
from marketplace.personal_data.services.links import purge_links


def erase() -> None:
    """Carry out what buyers asked for."""
    carry_out_erasures()


def purge() -> None:
    """Delete links that expired."""
    purge_links()
