"""Random days of three phones, on the shipped scripts and the real server.

Nothing is lost, nothing doubled, and the stock never lacks a piece without a word. The seed of a
failure is in its name; ``tests/load/offline_schedules.py`` tries very many more.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.factories.vendors import make_member
from tests.offline.in_a_browser import MARKS, chromium, world
from tests.offline.schedules.books import faults
from tests.offline.schedules.day import live_a_day
from tests.offline.schedules.phone import Phone, make_phone
from tests.offline.schedules.server import served
from tests.orders.world import World
from tests.turns import todays

__all__ = ["chromium", "world"]
pytestmark = MARKS
# Other days each day, so that every one of the first sixty has its turn.
DAYS, SHARES, ACTS = 60, 3, 8


@pytest.fixture
def phones(world: World, chromium: Browser) -> Iterator[list[Phone]]:
    members = [world.manager, make_member(world.weavers, "seller"), make_member(world.weavers)]
    with served() as origin:
        made = [
            make_phone(chromium, f"phone {number}", member, origin, world.weavers.slug)
            for number, member in enumerate(members)
        ]
        yield made
        for phone in made:
            phone.context.close()


def test_random_days_of_three_phones(world: World, phones: list[Phone]) -> None:
    for seed in todays(range(DAYS), SHARES):
        day = live_a_day(world, phones, seed, acts=ACTS)
        assert faults(day, phones) == [], f"seed {seed}: {[one.said for one in day.done]}"
