"""How long personal data of buyers is kept: dated data (``data/retention.csv``)."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

RULES_FILE = Path(__file__).parent / "data" / "retention.csv"
CHECKOUT, ORDER_CONTACT = "checkout", "order_contact"


@cache
def _rules() -> tuple[tuple[str, date, int], ...]:
    with RULES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            (row["what"], date.fromisoformat(row["valid_from"]), int(row["days"]))
            for row in csv.DictReader(file)
        )


def days_kept(what: str, on: date) -> int:
    """The rule in force on a day; raises LookupError for data without a rule."""
    fitting = [(since, days) for name, since, days in _rules() if name == what and since <= on]
    if not fitting:
        raise LookupError(f"no retention rule for {what} on {on}")
    return max(fitting)[1]
