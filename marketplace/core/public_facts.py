"""What every visitor of the shop reads alike, kept in the process until one of its tables changes.

Each statement that changes a watched table (``table_rules.watched``) leaves a random number in
``core_shopchange``, in its own transaction. The numbers that a page finds there, taken together,
say which state of the tables it reads: who finds the same numbers finds the same rows. They are
read before any fact is, so that what is kept is never older than what it is kept under.
"""

import copy
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime
from functools import wraps
from threading import Lock
from typing import Any, ParamSpec, TypeVar

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import get_language

from marketplace.core.market_usage import market_spoken_to

P = ParamSpec("P")
R = TypeVar("R")
State = tuple[str, int, datetime]
MOST_FACTS = 5_000
# Every function whose facts are kept.
READERS: list[Callable[..., Any]] = []
_STATE = "SELECT COALESCE(bit_xor(token), 0) FROM core_shopchange"
_FORGET = """
WITH gone AS (
    DELETE FROM core_shopchange WHERE (SELECT count(*) FROM core_shopchange) > 1 RETURNING 1)
INSERT INTO core_shopchange (token)
SELECT hashtextextended(gen_random_uuid()::text, 0) FROM gone HAVING count(*) > 0
RETURNING (SELECT count(*) FROM gone)
"""


class _Page:
    """One page being answered; the state of the tables is read when the first fact is."""

    state: State | None = None


class _Kept:
    """The facts of one state; another state's push them out."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.state: State | None = None
        self.facts: dict[Any, Any] = {}

    def find(self, state: State, key: object) -> tuple[bool, Any]:
        with self.lock:
            known = self.state == state and key in self.facts
            return known, self.facts[key] if known else None

    def add(self, state: State, key: object, fact: object) -> None:
        with self.lock:
            if self.state != state or len(self.facts) >= MOST_FACTS:
                self.state, self.facts = state, {}
            self.facts[key] = fact


_page: ContextVar[_Page | None] = ContextVar("page", default=None)
_kept = _Kept()


@contextmanager
def one_page() -> Iterator[None]:
    """Within this, facts may be taken as they were when the first of them was asked for.

    For pages that only read; whoever changes something reads the tables themselves.
    """
    token = _page.set(_Page())
    try:
        yield
    finally:
        _page.reset(token)


def public_fact(read: Callable[P, R]) -> Callable[P, R]:
    """Keep what a function reads, by its arguments, for pages of the shop (see ``one_page``).

    For facts that are the same for everybody who reads the same market and language, of watched
    tables only, and that time changes by the hour at most. Values of the arguments must be
    hashable; who gets a list, a set or a dict may change it, but nothing in it.
    """

    READERS.append(read)

    @wraps(read)
    def kept(*args: P.args, **kwargs: P.kwargs) -> R:
        page = _page.get()
        if page is None or connection.in_atomic_block:
            return read(*args, **kwargs)
        page.state = page.state or _state()
        key = (read, *_spoken(), args, tuple(sorted(kwargs.items())))
        is_known, fact = _kept.find(page.state, key)
        if not is_known:
            fact = read(*args, **kwargs)
            _kept.add(page.state, key, fact)
        return copy.copy(fact)  # type: ignore[no-any-return]

    return kept


def forget_facts() -> None:
    """Forget what this process keeps, for tests: their databases are not those it knows."""
    _kept.state = None


def forget_changes() -> int:
    """Put one number in the place of several; returns of how many (a job).

    All that is kept is read again then. There is always one: with none, a process that slept
    since there were none before would take that for the state it knows.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_FORGET)
        row = cursor.fetchone()
    return int(row[0]) if row else 0


def _spoken() -> tuple[object, ...]:
    """What a page says in other words or digits, and another day, for others than its reader."""
    return timezone.localdate(), get_language(), market_spoken_to()


def _state() -> State:
    with connection.cursor() as cursor:
        cursor.execute(_STATE)
        [token] = cursor.fetchone() or [0]
    hour = timezone.now().replace(minute=0, second=0, microsecond=0)
    return connection.settings_dict["NAME"], token, hour
