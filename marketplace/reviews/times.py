"""How long a product may be reviewed, and when its buyer is asked: dated data."""

from datetime import date, timedelta
from pathlib import Path

from marketplace.core.dated_limits import limit_on

RULES_FILE = Path(__file__).parent / "data" / "times.csv"
REVIEW, ASK_AFTER, ASK_UNTIL = "review_days", "ask_after_days", "ask_until_days"


def days_of(what: str, on: date) -> timedelta:
    """The time of a rule on a day; raises LookupError without a rule."""
    return timedelta(days=limit_on(RULES_FILE, what, on))
