"""When staff look after a cooperative: dated data (``data/attention.csv``)."""

from datetime import date, timedelta
from pathlib import Path

from marketplace.core.dated_limits import limit_on

LIMITS_FILE = Path(__file__).parent / "data" / "attention.csv"


def quiet_days(today: date) -> int:
    """After more than how many days without a delivery a cooperative is called."""
    return limit_on(LIMITS_FILE, "quiet_days", today)


def document_ends_soon(today: date) -> date:
    """Documents whose last day is before this one have ended, or end soon."""
    return today + timedelta(days=limit_on(LIMITS_FILE, "document_days", today))
