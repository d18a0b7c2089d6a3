"""What must be true when everything has arrived, reckoned from what people did.

Nothing here asks the phones' scripts or the services how they reckon: a sale takes its pieces out
of the stock and leaves zero where there were fewer, a count puts its number where the stock was
the one that it expected (or the counted one already) and changes nothing elsewhere.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any
from uuid import UUID

from catalog.models import ListingRevision
from marketplace.direct_sales.models import DirectSale
from marketplace.offline.models import TakenCommand
from tests.direct_sales.selling import stock
from tests.offline.schedules.phone import Phone, Recorded
from tests.orders.world import World
from vendors.scoping import Crossing


@dataclass
class Day:
    """What was done on the phones, from which stock; ``is_ordered`` if no two sent at once."""

    world: World
    begun: int
    done: list[Recorded]
    discarded: list[Recorded]
    is_ordered: bool = True


def faults(day: Day, phones: list[Phone]) -> list[str]:
    """Whatever is not as it must be, in words; empty if all is well."""
    rows = {phone.name: phone.state() for phone in phones}
    shown = {row["said"]["key"]: row for state in rows.values() for row in state["rows"]}
    keys = [UUID(one.key) for one in day.done + day.discarded]
    taken = list(
        TakenCommand.objects.crossing(Crossing.POLICY).filter(key__in=keys).order_by("taken_at")
    )
    return [
        *_of_entries(day, shown, taken),
        *_of_sales(day, shown, keys),
        *_of_stock(day, taken),
        *_of_conflicts(day, taken),
        *_of_drafts(day, taken),
        *_of_numbers(day, rows),
    ]


def _of_entries(day: Day, shown: dict[str, Any], taken: list[TakenCommand]) -> Iterator[str]:
    """Each entry has one final answer, and its person sees that very one."""
    answers = {str(row.key): row.answer for row in taken}
    for one in day.done:
        row, answer = shown.get(one.key), answers.get(one.key)
        if row is None:
            yield f"lost on {one.phone}: {one.said}"
        elif row["state"] not in {"done", "conflict"}:
            yield f"not settled: {row}"
        elif answer is None or row["state"] != answer["state"]:
            yield f"shown {row['state']}, but the shop has {answer}: {one.said}"
        elif row["state"] == "conflict" and not row["words"]:
            yield f"a conflict without a word: {row}"
    for one in day.discarded:
        if one.key in answers or one.key in shown:
            yield f"discarded and there all the same: {one.said}"


def _of_sales(day: Day, shown: dict[str, Any], keys: list[UUID]) -> Iterator[str]:
    """Every sale is in the books once, and what the stock lacked is said."""
    booked = list(DirectSale.objects.crossing(Crossing.POLICY).filter(key__in=keys))
    by_key = {str(sale.key): sale for sale in booked}
    sales = [one for one in day.done if one.said["kind"] == "sale"]
    if sorted(str(sale.key) for sale in booked) != sorted(one.key for one in sales):
        yield f"{len(booked)} sales booked, {len(sales)} made"
    for one in sales:
        sale = by_key.get(one.key)
        if sale is None or sale.quantity != one.said["quantity"]:
            yield f"booked as {sale and sale.quantity}: {one.said}"
        elif sale.short and not shown[one.key]["words"]:
            yield f"the stock lacked {sale.short} and nobody was told: {one.said}"


def _of_stock(day: Day, taken: list[TakenCommand]) -> Iterator[str]:
    said = {one.key: one.said for one in day.done}
    of_stock = [row for row in taken if row.kind in {"sale", "count"} and str(row.key) in said]
    if day.is_ordered:
        yield from _in_order(day, of_stock, said)
    else:
        yield from _in_any_order(day, of_stock, said)


def _in_order(
    day: Day, taken: list[TakenCommand], said: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """One after the other, as the shop took them."""
    left = day.begun
    for row in taken:
        one, answer = said[str(row.key)], row.answer
        if row.kind == "sale":
            lacked = max(one["quantity"] - left, 0)
            left = max(left - one["quantity"], 0)
            if answer["facts"].get("short") != lacked:
                yield f"the stock lacked {lacked}, said was {answer}"
        elif answer["state"] == "done":
            if left not in {one["seen"], one["quantity"]}:
                yield f"counted {one} over {left} without a word"
            left = one["quantity"]
        elif left in {one["seen"], one["quantity"]} or answer["facts"].get("now") != left:
            yield f"a conflict about {left}: {one}, {answer}"
    if left != stock(day.world):
        yield f"{left} should be left, the engine has {stock(day.world)}"


def _in_any_order(
    day: Day, taken: list[TakenCommand], said: dict[str, dict[str, Any]]
) -> Iterator[str]:
    """Where two were at it at once: what left and what was counted must add up all the same."""
    left, changes = day.begun, []
    for row in taken:
        one, answer = said[str(row.key)], row.answer
        if row.kind == "sale":
            left -= one["quantity"] - answer["facts"]["short"]
        elif answer["state"] == "done":
            changes.append((one["quantity"] - one["seen"], 0))
    possible = {left + sum(chosen) for chosen in product(*changes)}
    if stock(day.world) not in possible:
        yield f"the engine has {stock(day.world)}, it can only be {sorted(possible)}"


def _of_conflicts(day: Day, taken: list[TakenCommand]) -> Iterator[str]:
    """Nobody is asked about a number that nobody else has touched."""
    phones = {one.key: one.phone for one in day.done}
    # A count may follow a sale that its person then withdrew.
    doubtful = {one.phone for one in day.discarded}
    for row in taken:
        if row.kind not in {"sale", "count"} or str(row.key) not in phones:
            continue
        own = phones[str(row.key)]
        if row.answer["state"] == "conflict":
            if own not in doubtful and day.is_ordered:
                yield f"a conflict that {own} has only with itself: {row.answer}"
            doubtful.add(own)
        doubtful |= set(phones.values()) - {own}


def _of_drafts(day: Day, taken: list[TakenCommand]) -> Iterator[str]:
    """Each draft is one product, with the text of the last change that was taken."""
    said = {one.key: one.said for one in day.done}
    names: dict[str, str] = {}
    made = 0
    for row in taken:
        if row.kind in {"draft", "edit"} and row.answer["state"] == "done":
            made += row.kind == "draft"
            names[row.answer["facts"]["listing"]] = said[str(row.key)]["name"]
    if made != sum(one.said["kind"] == "draft" for one in day.done):
        yield f"{made} drafts made of {day.done}"
    written = [one.said["name"] for one in day.done if one.said["kind"] == "draft"]
    revisions = ListingRevision.objects.within(day.world.weavers.scope)
    for listing, name in names.items():
        found = [row.proposed.texts["fr"].name for row in revisions.filter(listing=listing)]
        if found != [name]:
            yield f"a draft says {found}, not {name}; written were {written}"


def _of_numbers(day: Day, rows: dict[str, Any]) -> Iterator[str]:
    """Every phone shows the stock that there is."""
    now = stock(day.world)
    for name, state in rows.items():
        shown = {one["variant"]: one["expected"] for one in state["products"]}
        if shown.get(str(day.world.rug)) != now or state["waiting"]:
            yield f"{name} shows {shown} of {now}, {len(state['waiting'])} wait"
