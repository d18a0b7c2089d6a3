"""How long conversations and their links are kept: dated data (``data/retention.csv``)."""

from datetime import date, timedelta
from pathlib import Path

from marketplace.core.dated_limits import limit_on

RULES_FILE = Path(__file__).parent / "data" / "retention.csv"
CONVERSATION, LINK = "conversation_days", "link_days"


def kept_for(what: str, on: date) -> timedelta:
    """How long something is kept by the rule of a day; raises LookupError without a rule."""
    return timedelta(days=limit_on(RULES_FILE, what, on))
