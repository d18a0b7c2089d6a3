"""Long trials take turns: each day another share of what they try, all of it when asked for.

``TWIZA_TRIALS=all`` tries everything, as before a release; ``TWIZA_TRIALS=1`` is the share of
another day. A share is drawn by name, so that a new address has its day without being told.
"""

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypeVar
from zlib import crc32

import pytest

NAME = "TWIZA_TRIALS"
T = TypeVar("T")


def settle() -> None:
    """Choose the day once for all processes of a run, also of one that goes past midnight."""
    os.environ.setdefault(NAME, str(datetime.now(UTC).date().toordinal()))


def is_todays(name: str, shares: int, later: int = 0) -> bool:
    """Whether something is tried today, or so many days later, of so many shares."""
    day = _day()
    return day is None or (crc32(name.encode()) + day + later) % shares == 0


def todays(every: Iterable[T], shares: int) -> list[T]:
    """Today's share of a list, every so manieth; others tomorrow."""
    listed = list(every)
    return listed if _day() is None else listed[share(shares) :: shares]


def share(shares: int) -> int:
    """Which of so many shares is today's, from 0; with everything there is only one."""
    return (_day() or 0) % shares


def fewest(number: int, shares: int) -> int:
    """How many at least there must be today of what is so many in all."""
    return number if _day() is None else number // shares


def another_days(at: int, shares: int) -> pytest.MarkDecorator:
    """Skip a whole trial but on its day: ``at`` of so many."""
    return pytest.mark.skipif(
        _day() is not None and share(shares) != at,
        reason=f"another day's; {NAME}=all tries everything",
    )


def _day() -> int | None:
    """The day whose share it is; None for everything."""
    chosen = os.environ.get(NAME, "all")
    return None if chosen == "all" else int(chosen)
