"""What was sold, worked out by hand from what happened: no table or query of the product is used.

A world is a list of orders' parts with their events as told. Amounts are whole minor units.
"""

import csv
from collections import defaultdict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any
from uuid import UUID

RATES = Path(__file__).parents[2] / "marketplace" / "core" / "data" / "exchange_rates.csv"
DECIMALS = {"MAD": 2, "EUR": 2, "TND": 3, "XOF": 0}
# Morocco is an hour ahead of UTC in 2025 and 2026, but in these times (zone database 2026f): in the
# month of fasting, and since it gave the hour up.
AT_UTC = (
    (datetime(2026, 2, 15, 2, tzinfo=UTC), datetime(2026, 3, 22, 2, tzinfo=UTC)),
    (datetime(2026, 9, 20, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)),
)


@dataclass(frozen=True)
class Owner:
    """A cooperative, as the world's maker knows it."""

    id: UUID
    country: str
    region: str
    sector: str
    rural: bool
    kind: str


@dataclass(frozen=True)
class Sold:
    """A part of an order that arrived and was kept: its day, whose it is, and what it is worth."""

    order: UUID
    owner: Owner
    day: date
    abroad: bool
    base_minor: int


@dataclass(frozen=True)
class Part:
    """A part of an order: its lines (id → price, and a voucher that others bear), its events."""

    order: UUID
    owner: Owner
    currency: str
    country: str
    lines: dict[str, tuple[int, int]]
    told: list[tuple[str, dict[str, Any]]]


def sold_of(part: Part, base: str) -> Sold | None:
    """What of a part counts; None if nothing arrived, or nothing of it was kept."""
    once = {_identity(kind, payload): (kind, payload) for kind, payload in part.told}
    arrivals = [payload for kind, payload in once.values() if kind == "delivered"]
    if not arrivals:
        return None
    kept = 0
    for line, (price, voucher) in part.lines.items():
        arrived = _sum(once, "delivered", line)
        paid = price - _sum(once, "refunded", line)
        of_line = max(0, min(arrived, paid))
        kept += of_line + (voucher * of_line // price if price else 0)
    if kept <= 0:
        return None
    day = moroccan_day(min(datetime.fromisoformat(each["occurred_at"]) for each in arrivals))
    worth = in_currency(kept, part.currency, base, day)
    return Sold(part.order, part.owner, day, part.country not in {"", part.owner.country}, worth)


def moroccan_day(moment: datetime) -> date:
    """The date in Morocco."""
    is_behind = any(begins <= moment < ends for begins, ends in AT_UTC)
    ahead = timedelta(0) if is_behind else timedelta(hours=1)
    return (moment.astimezone(UTC) + ahead).date()


def in_currency(amount: int, source: str, target: str, day: date) -> int:
    """An amount by the rates of a day, a half to the even unit."""
    if source == target:
        return amount
    exact = Fraction(amount, 10 ** DECIMALS[source]) / _rate(source, day) * _rate(target, day)
    exact *= 10 ** DECIMALS[target]
    whole, rest = divmod(exact.numerator, exact.denominator)
    half = Fraction(rest, exact.denominator)
    if half > Fraction(1, 2) or (half == Fraction(1, 2) and whole % 2):
        whole += 1
    return whole


def figures(sold: list[Sold]) -> dict[str, int]:
    """The sums of some sales, by the names of the page."""
    return {
        "order_count": len({each.order for each in sold}),
        "cooperative_count": len({each.owner.id for each in sold}),
        "sales_minor": sum(each.base_minor for each in sold),
        "abroad_minor": sum(each.base_minor for each in sold if each.abroad),
        "women_minor": sum(each.base_minor for each in sold if each.owner.kind == "women"),
        "youth_minor": sum(each.base_minor for each in sold if each.owner.kind == "youth"),
        "rural_minor": sum(each.base_minor for each in sold if each.owner.rural),
    }


def grouped(sold: list[Sold], key: Callable[[Sold], Hashable]) -> dict[Hashable, dict[str, int]]:
    """The sums of each group that has any."""
    found: defaultdict[Hashable, list[Sold]] = defaultdict(list)
    for each in sold:
        found[key(each)].append(each)
    return {name: figures(some) for name, some in found.items()}


def _identity(kind: str, payload: dict[str, Any]) -> tuple[str, str]:
    """What is the same thing told again."""
    return kind, payload.get("parcel_id") or payload.get("refund_id") or ""


def _sum(once: dict[tuple[str, str], tuple[str, dict[str, Any]]], kind: str, line: str) -> int:
    return sum(
        row["amount_minor"]
        for name, payload in once.values()
        if name == kind
        for row in payload["lines"]
        if row["line_id"] == line
    )


def _rate(currency: str, day: date) -> Fraction:
    with RATES.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["currency"] == currency]
    since = {row["valid_from"]: row["per_euro"] for row in rows}
    return Fraction(since[max(first for first in since if first <= day.isoformat())])
