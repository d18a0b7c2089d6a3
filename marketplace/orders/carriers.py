"""Where a carrier shows a parcel: links made of its name and the tracking number.

Dated data in ``data/carriers.csv``, and before it in the operator's own file (``TWIZA_CARRIERS``),
with the same columns: ``also`` are other names, divided by ``|``; ``address`` has ``{number}``.
"""

import logging
import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.utils import timezone

from marketplace.core.dated import Row, read_rules, rule_on, span_of

logger = logging.getLogger(__name__)

FILE = Path(__file__).parent / "data" / "carriers.csv"
NUMBER = "{number}"
# What carriers print on receipts; anything else is a remark, not a number.
_A_NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{3,39}")
_NOT_IN_NAMES = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Carrier:
    """A carrier with the address of its tracking page, for a period."""

    name: str
    names: frozenset[str]
    address: str
    valid_from: date
    valid_to: date | None


def tracking_page(carrier: str, number: str, on: date | None = None) -> str:
    """The address at which a carrier shows a parcel; empty when it is not known."""
    written = re.sub(r"\s+", "", number)
    if not carrier or not _A_NUMBER.fullmatch(written):
        return ""
    wanted = _plain(carrier)
    rows = [row for row in known_carriers() if wanted in row.names]
    found = rule_on(rows, on or timezone.localdate(), is_own=lambda row: row in _own())
    return found.address.replace(NUMBER, quote(written, safe="")) if found else ""


def carrier_names(on: date | None = None) -> list[str]:
    """The carriers whose pages are known, for a form to offer."""
    day = on or timezone.localdate()
    rows = [r for r in known_carriers() if r.valid_from <= day]
    return sorted({row.name for row in rows if row.valid_to is None or day < row.valid_to})


def known_carriers() -> tuple[Carrier, ...]:
    """The operator's carriers and ours; a file that cannot be read counts as empty."""
    return (*_own(), *read_carriers(""))


def _own() -> tuple[Carrier, ...]:
    if not settings.CARRIERS:
        return ()
    try:
        return read_carriers(settings.CARRIERS)
    except (OSError, ValueError):
        logger.exception("TWIZA_CARRIERS cannot be read")
        return ()


@cache
def read_carriers(path: str) -> tuple[Carrier, ...]:
    """The rows of a file (ours when none is named); raises OSError or ValueError."""
    return read_rules(Path(path) if path else FILE, _carrier_of)


def _carrier_of(row: Row) -> Carrier:
    address = row["address"]
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname or NUMBER in parts.netloc:
        raise ValueError(f"not an https address: {address}")
    if NUMBER not in address:
        raise ValueError(f"{NUMBER} is missing: {address}")
    names = [row["name"], *filter(None, row["also"].split("|"))]
    return Carrier(row["name"], frozenset(map(_plain, names)), address, *span_of(row))


def _plain(name: str) -> str:
    """A name as it is compared: without case, spaces and signs."""
    return _NOT_IN_NAMES.sub("", name.casefold())
