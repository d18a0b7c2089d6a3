"""Work of this room that runs by the clock; when, stands in ``marketplace/jobs.py``."""

from vendors.engine_copies import bring_waiting

__all__ = ["bring_waiting"]
