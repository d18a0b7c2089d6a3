"""A random day of three phones at fairs: acts, faults of the network, and the evening after it."""

import random
from collections.abc import Callable

from tests.direct_sales.selling import count
from tests.offline.schedules.books import Day
from tests.offline.schedules.phone import FAULTS, Phone, Recorded, counted, sold, written
from tests.orders.world import World

BEGUN = 12


def live_a_day(world: World, phones: list[Phone], seed: int, *, acts: int) -> Day:
    """At most so many acts on one day; at its end all phones have a network again."""
    chance = random.Random(seed)
    count(world, BEGUN)
    for phone in phones:
        phone.begin()
    day = Day(world, BEGUN, [], [])
    for _act in range(chance.randint(acts // 2, acts)):
        act = chance.choices(ACTS, WEIGHTS)[0]
        act(day, phones, chance)
    for phone in phones:
        phone.replay(chance)
    in_the_evening(phones)
    return day


def in_the_evening(phones: list[Phone]) -> None:
    """All have a network: each sends what it has, then hears of what the others sent."""
    # The last one hears of everything when it sends.
    for phone in [*phones, *phones[:-1]]:
        phone.faults = []
        assert phone.sync() == "sent", phone.name


def sell(day: Day, phones: list[Phone], chance: random.Random) -> None:
    phone = chance.choice(phones)
    day.done.append(phone.record(sold(day.world.rug, chance.choice([1, 1, 1, 2, 3, 9]))))


def count_stock(day: Day, phones: list[Phone], chance: random.Random) -> None:
    """Somebody counts: mostly what the phone shows, sometimes more or less."""
    phone = chance.choice(phones)
    shown = _expected(day, phone)
    found = max(shown + chance.choice([0, 0, -1, -2, 1, 5]), 0)
    day.done.append(phone.record(counted(day.world.rug, found, shown)))


def draft(day: Day, phones: list[Phone], chance: random.Random) -> None:
    phone = chance.choice(phones)
    day.done.append(phone.record(written(f"Tapis {chance.random()}")))


def edit(day: Day, phones: list[Phone], chance: random.Random) -> None:
    """A draft that the phone knows, of this phone or of another one."""
    phone = chance.choice(phones)
    own = {one.said["name"] for one in day.done if "name" in one.said}
    known = [one for one in phone.state()["drafts"] if one["name"] in own]
    if not known:
        draft(day, phones, chance)
        return
    one = chance.choice(known)
    said = written(
        f"Kilim {chance.random()}", kind="edit", listing=one["listing"], seen=one["seen"]
    )
    day.done.append(phone.record(said))


def send(day: Day, phones: list[Phone], chance: random.Random) -> None:
    """A phone finds a network, and loses it again somewhere on the way."""
    phone = chance.choice(phones)
    phone.faults = _faults(chance)
    phone.sync()


def send_at_once(day: Day, phones: list[Phone], chance: random.Random) -> None:
    one, other = chance.sample(phones, 2)
    one.faults, other.faults = _faults(chance), _faults(chance)
    one.start_sync()
    other.start_sync()
    one.end_sync()
    other.end_sync()
    day.is_ordered = False


def reload(day: Day, phones: list[Phone], chance: random.Random) -> None:
    """The page is left in the middle of sending: how far that came nobody knows."""
    phone = chance.choice(phones)
    phone.faults = _faults(chance)
    phone.reload()
    day.is_ordered = False


def arrive_late(day: Day, phones: list[Phone], chance: random.Random) -> None:
    chance.choice(phones).replay(chance)


def settle(day: Day, phones: list[Phone], chance: random.Random) -> None:
    """Of a conflict about the stock somebody keeps their own number."""
    phone = chance.choice(phones)
    for row in phone.state()["rows"]:
        if row["state"] == "conflict" and row["said"]["kind"] == "count":
            again = counted(day.world.rug, row["said"]["quantity"], _expected(day, phone))
            day.done.append(phone.record(again))
            return
    sell(day, phones, chance)


def discard(day: Day, phones: list[Phone], chance: random.Random) -> None:
    """Somebody thinks better of it: only possible while the shop cannot know of it."""
    phone = chance.choice(phones)
    own = [one for one in day.done if one.phone == phone.name and one.said["kind"] == "sale"]
    if not own:
        return
    one: Recorded = chance.choice(own)
    row = next(r for r in phone.state()["rows"] if r["said"]["key"] == one.key)
    if row["state"] == "waiting" and phone.discard(one.key):
        day.done.remove(one)
        day.discarded.append(one)


def _faults(chance: random.Random) -> list[str]:
    return [chance.choice(["", "", *FAULTS]) for _request in range(chance.randint(0, 4))]


def _expected(day: Day, phone: Phone) -> int:
    """What the phone shows: the shop's number of its last answer, less what it has not sent."""
    state = phone.state()
    rug = str(day.world.rug)
    [shown] = [one for one in state["products"] if one["variant"] == rug]
    left = int(shown["on_hand"])
    for row in state["rows"]:
        said = row["said"]
        if row["state"] == "waiting" and said.get("variant") == rug:
            left = said["quantity"] if said["kind"] == "count" else max(left - said["quantity"], 0)
    assert shown["expected"] == left, state
    return left


Act = Callable[[Day, list[Phone], random.Random], None]
CHOICES: dict[Act, int] = {
    sell: 8, count_stock: 4, draft: 2, edit: 3, send: 6, send_at_once: 1, reload: 1,
    arrive_late: 1, settle: 2, discard: 1,
}  # fmt: skip
ACTS, WEIGHTS = list(CHOICES), list(CHOICES.values())
