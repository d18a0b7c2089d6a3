"""How long results are kept and how much one person may ask for, as dated rules.

They stand in ``data/limits.csv``: ``days_kept`` (from the end of a job until its row and its result
are deleted) and ``active_of_one`` (jobs of one person that wait or run).
"""

from datetime import date
from pathlib import Path

from marketplace.core.dated_limits import limit_on

LIMITS_FILE = Path(__file__).parent / "data" / "limits.csv"


def limit(name: str, *, on: date | None = None) -> int:
    """The limit of this name on a day (today by default)."""
    return limit_on(LIMITS_FILE, name, on)
