"""How much of unfinished forms is kept and for how long, as dated rules.

They stand in ``data/limits.csv``: ``days_kept`` and ``visitor_hours`` are times, ``mark_days`` says
how long after opening a page its forms are still known, the others are counts and bytes.
"""

from datetime import date
from pathlib import Path

from marketplace.core.dated_limits import limit_on

LIMITS_FILE = Path(__file__).parent / "data" / "limits.csv"


def limit(name: str, *, on: date | None = None) -> int:
    """The limit of this name on a day (today by default)."""
    return limit_on(LIMITS_FILE, name, on)
