"""Which fields hold personal data of buyers, and what becomes of each (``data/fields.csv``).

The first row that fits a field holds: ``app.Model.field``, with ``*`` for any. A test demands one
for every field that could hold such data, and looks for an erased buyer in every other.
"""

import csv
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

FIELDS_FILE = Path(__file__).parent / "data" / "fields.csv"
ERASED, KEPT, EXPIRES, NOT_PERSONAL = "erased", "kept", "expires", "not personal"
FATES = {ERASED, KEPT, EXPIRES, NOT_PERSONAL}


class Fate(NamedTuple):
    """What becomes of some fields when a buyer is erased, and why."""

    fields: str
    fate: str
    why: str


@cache
def fates() -> tuple[Fate, ...]:
    """The rows of the file; raises ValueError for one without a fate or a reason."""
    with FIELDS_FILE.open(encoding="utf-8", newline="") as file:
        found = tuple(Fate(**row) for row in csv.DictReader(file))
    for row in found:
        if row.fate not in FATES or not row.why.strip():
            raise ValueError(f"{FIELDS_FILE.name}: {row.fields}")
    return found


def fate_of(field: Any) -> Fate | None:
    """What becomes of a model's field; None when nobody has decided it."""
    name = f"{field.model._meta.label}.{field.name}"  # noqa: SLF001 -- Django's documented API
    return next((row for row in fates() if fnmatchcase(name, row.fields)), None)
