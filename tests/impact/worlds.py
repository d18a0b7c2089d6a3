"""Random worlds of sales, for the figures of impact: drawn by hypothesis, told by their events."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from hypothesis import strategies as st

from tests.impact.oracle import Owner, Part
from tests.payouts.world import SaleOf, Told, make_cooperative
from vendors.models import Cooperative, Programme

CURRENCIES = ("MAD", "EUR", "TND", "XOF")
COUNTRIES = ("MA", "FR", "EG", "SN", "")
# Around midnight in Morocco at the ends of months, and of a year, when rates change.
BORDERS = tuple(
    datetime(*day, 23, tzinfo=UTC) + timedelta(minutes=minutes)
    for day in ((2025, 12, 31), (2026, 1, 31), (2026, 2, 28), (2026, 8, 31), (2026, 10, 31))
    for minutes in (-1, 0, 59, 60)
)


@dataclass
class World:
    """Parts of orders, and everything that is told of them in its order."""

    parts: list[Part] = field(default_factory=list)
    story: list[Callable[[], object]] = field(default_factory=list)


@st.composite
def worlds(draw: st.DrawFn, programme: Programme) -> World:
    """Up to five orders of up to three cooperatives; everything told in any order, some twice."""
    owners = [_cooperative(draw, programme, number) for number in range(draw(st.integers(1, 3)))]
    world = World()
    for _number in range(draw(st.integers(1, 5))):
        order, currency = uuid4(), draw(st.sampled_from(CURRENCIES))
        country = draw(st.sampled_from(COUNTRIES))
        some = draw(st.lists(st.sampled_from(owners), min_size=1, unique_by=lambda o: o[0].pk))
        for cooperative, owner in some:
            told = _part(draw, cooperative, owner, (order, currency, country), world)
            world.story += told
    again = draw(st.lists(st.sampled_from(world.story), max_size=4))
    world.story = draw(st.permutations(world.story + again))
    return world


def _cooperative(draw: st.DrawFn, programme: Programme, number: int) -> tuple[Cooperative, Owner]:
    facts: dict[str, Any] = {
        "region_code": draw(st.sampled_from(["MA-05", "MA-09"])),
        "sector": draw(st.sampled_from(["argan", "beekeeping"])),
        "is_rural": draw(st.booleans()),
        "kind": draw(st.sampled_from(["women", "youth", "mixed"])),
    }
    made = make_cooperative(programme, f"c{number}", **facts)
    return made, Owner(made.pk, "MA", *facts.values())


def _part(
    draw: st.DrawFn,
    cooperative: Cooperative,
    owner: Owner,
    about: tuple[UUID, str, str],
    world: World,
) -> list[Told]:
    """One part, noted in the world; returns its events."""
    order, currency, country = about
    totals = tuple(draw(st.lists(st.integers(1, 900_000), min_size=1, max_size=3)))
    vouchers = tuple(draw(st.integers(0, 5_000)) for _ in totals) if draw(st.booleans()) else ()
    sale = SaleOf(
        cooperative, totals, 0, currency, draw(st.sampled_from(["card", "cod"])),
        country=country, order_id=order, vouchers=vouchers, when=BORDERS[0] - timedelta(days=9),
    )  # fmt: skip
    arrivals = [
        _at(draw, sale.delivered({index: totals[index]}))
        for index in sorted(draw(st.sets(st.integers(0, len(totals) - 1))))
    ]
    refunds = [
        sale.refunded({index: draw(st.one_of(st.just(total), st.integers(1, total)))})
        for index, total in enumerate(totals)
        if draw(st.booleans())
    ]
    told = [sale.placed(), *arrivals, *refunds]
    if sale.method == "card":
        told.append(sale.captured())
    noted = [("delivered", each.payload) for each in arrivals]
    noted += [("refunded", each.payload) for each in refunds]
    kept = vouchers or (0,) * len(totals)
    lines = dict(zip(map(str, sale.line_ids), zip(totals, kept, strict=True), strict=True))
    world.parts.append(Part(order, owner, currency, country, lines, noted))
    return told


def _at(draw: st.DrawFn, told: Told) -> Told:
    moment = draw(st.sampled_from(BORDERS))
    return Told(told.handler, told.payload | {"occurred_at": moment.isoformat()})
