"""Sales, refunds, rules and payouts in any order, doubled, late, interrupted: the books are right.

``TWIZA_SEQUENCES`` sets how many sequences are tried in all (600 by default), in four parts that
may run side by side; always the same ones, so that whether a change lands is no matter of luck.
``TWIZA_SEED`` asks for others, and ``tests/load/books_sequences.py`` for many more.
"""

import os
from collections.abc import Iterator

import pytest
import time_machine

from tests.payouts.books.machine import BooksMachine
from tests.payouts.books.running import run_sequences
from tests.payouts.books.world import STARTS, make_books_world
from tests.turns import fewest, share

pytestmark = pytest.mark.django_db

PARTS, SHARES = 4, 2


@pytest.fixture
def world(db: None) -> Iterator[None]:
    with time_machine.travel(STARTS, tick=False):
        BooksMachine.world = make_books_world()
    yield
    del BooksMachine.world


@pytest.mark.parametrize("part", range(PARTS))
def test_the_books_are_right_whatever_happens(world: None, part: int) -> None:
    count = int(os.environ.get("TWIZA_SEQUENCES", "600")) // PARTS
    first = int(os.environ.get("TWIZA_SEED", "2026")) * 1_000_000 + part * count
    todays = fewest(count, SHARES)
    run_sequences(todays, seeded=first + share(SHARES) * todays)
