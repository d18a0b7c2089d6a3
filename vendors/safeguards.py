"""How long money waits for a second look, as dated rules.

They stand in ``data/money_safeguards.csv``: ``money_role_wait`` (from the confirmation of a money
role, or from joining a cooperative, until the person may move money), ``second_factor`` (how long
a code from the phone holds), ``factor_rest`` (from adding a second factor until it may move money),
``factor_reset`` (how long a proposed reset of a colleague's second factor can be confirmed),
``contact_memory`` (how long a former address is still told of a new bank account), ``invitation``
(how long an offered role can be accepted) and ``session_idle_…`` (how long the session of staff, a
member or a buyer lives without use). A programme's own row goes before the general one.
"""

from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from marketplace.core.dated import needed_rule_on, read_rules, span_of

SAFEGUARDS_FILE = Path(__file__).parent / "data" / "money_safeguards.csv"


class Safeguard(NamedTuple):
    """One dated rule."""

    valid_from: date
    valid_to: date | None
    programme: str
    name: str
    time: timedelta
    source: str


@cache
def known_safeguards() -> tuple[Safeguard, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(SAFEGUARDS_FILE, _safeguard)


def safeguard(name: str, *, programme: str = "", on: date | None = None) -> timedelta:
    """The length of a waiting period for a programme (its slug) on a day (today by default)."""
    fitting = (
        rule
        for rule in known_safeguards()
        if rule.name == name and rule.programme in {"", programme}
    )
    day = on or timezone.now().date()
    return needed_rule_on(fitting, day, is_own=lambda rule: bool(rule.programme)).time


def _safeguard(row: dict[str, str]) -> Safeguard:
    valid_from, valid_to = span_of(row)
    minutes = int(row["minutes"])
    if minutes < 1 or not row["source"].strip():
        raise ValueError("the minutes or the source are missing or wrong")
    return Safeguard(
        valid_from,
        valid_to,
        row["programme"],
        row["name"],
        timedelta(minutes=minutes),
        row["source"],
    )
