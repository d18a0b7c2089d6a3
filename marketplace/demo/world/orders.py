"""Twelve months of invented orders: seasons, best sellers, late parcels, refunds, evidence."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random
from zoneinfo import ZoneInfo

from catalog.seasons import types_in_season
from marketplace.core.days import day_of
from marketplace.demo.world.chance import stream
from marketplace.demo.world.listings import Offer, offers
from marketplace.demo.world.people import somebody
from marketplace.demo.world.phones import mobile
from marketplace.demo.world.words import lines_of

ZONE = ZoneInfo("Africa/Casablanca")
DAYS = 365
CHANNELS = {
    "ma": "ma-mad",
    "eu": "eu-eur",
    "eg": "eg-egp",
    "tn": "tn-tnd",
    "sn": "sn-xof",
    "jo": "jo-jod",
}
LANGUAGES = {
    "ma": (("ar", 6), ("fr", 4)), "eu": (("fr", 5), ("en", 4), ("ar", 1)), "eg": (("ar", 1),),
    "tn": (("ar", 1), ("fr", 1)), "sn": (("fr", 1),), "jo": (("ar", 3), ("en", 1)),
}  # fmt: skip
# A month's sales relative to an ordinary one: Ramadan, summer visitors, gifts.
MONTH_WEIGHTS = {1: 0.9, 2: 1.15, 3: 1.25, 4: 1.0, 5: 0.95, 6: 0.9, 7: 1.05, 8: 1.1, 9: 0.9,
                 10: 1.0, 11: 1.2, 12: 1.45}  # fmt: skip
REASONS = ("Arrivé cassé", "وصل ناقصا", "Not as described", "Colis en retard", "القياس غير مناسب")


@dataclass(frozen=True, slots=True)
class Buyer:
    """An invented person who buys, with an address to send to."""

    name: str
    email: str
    phone: str
    market: str
    country: str
    region: str
    city: str
    street: str
    postal_code: str


@dataclass(frozen=True, slots=True)
class Bought:
    """A quantity of a listing."""

    offer: Offer
    quantity: int


@dataclass(frozen=True, slots=True)
class Course:
    """The course of one cooperative's parcel: hours after the order; None: not happened."""

    cooperative_slug: str
    sent_after: float | None
    arrived_after: float | None
    evidence: str
    tracking: str
    refunded_units: int
    refund_after: float
    refund_delivery: bool
    reason: str


@dataclass(frozen=True, slots=True)
class Purchase:
    """An order of the demo."""

    number: int
    placed_at: datetime
    buyer: Buyer
    language: str
    method: str
    lines: tuple[Bought, ...]
    courses: tuple[Course, ...]

    @property
    def channel(self) -> str:
        """The sales channel of the buyer's market."""
        return CHANNELS[self.buyer.market]


def purchases(*, count: int, until: datetime) -> Iterator[Purchase]:
    """``count`` orders of the twelve months before ``until``, oldest first."""
    for number, placed_at in enumerate(_instants(count, until)):
        yield _purchase(number, placed_at)


def _instants(count: int, until: datetime) -> list[datetime]:
    """Times of orders: more each month, more in season, few at night."""
    chance = stream("instants", count)
    today = day_of(until, ZONE)
    days = [today - timedelta(days=n) for n in range(DAYS, 0, -1)]
    weights = [_day_weight(day, index) for index, day in enumerate(days)]
    drawn = chance.choices(days, weights, k=count)
    return sorted(
        datetime.combine(day, time(_hour(chance), chance.randrange(60)), ZONE) for day in drawn
    )


def _day_weight(day: date, index: int) -> float:
    growth = 0.55 + 0.9 * index / DAYS
    weekend = 1.25 if day.weekday() in {4, 5} else 1.0
    return growth * weekend * MONTH_WEIGHTS[day.month]


def _hour(chance: Random) -> int:
    return min(23, max(7, round(chance.gauss(16, 4.5))))


def _purchase(number: int, placed_at: datetime) -> Purchase:
    chance = stream("purchase", number)
    buyer = _buyer(chance)
    lines = _lines(chance, buyer.market, placed_at.month)
    cash = buyer.market == "ma" and chance.random() < 0.42
    domestic = all(offer_is_from(line.offer, buyer.country) for line in lines)
    slugs = list(dict.fromkeys(line.offer.cooperative_slug for line in lines))
    language = chance.choices(*zip(*LANGUAGES[buyer.market], strict=True))[0]
    return Purchase(
        number=number,
        placed_at=placed_at,
        buyer=buyer,
        language=language,
        method="cod" if cash and domestic else "card",
        lines=lines,
        courses=tuple(_course(number, slug, buyer, lines) for slug in slugs),
    )


def offer_is_from(offer: Offer, country: str) -> bool:
    """Whether a listing's cooperative is of a country."""
    return _country_of(offer.cooperative_slug) == country


@cache
def _country_of(slug: str) -> str:
    from marketplace.demo.world.cooperatives import demo_cooperatives

    return {m.slug: m.country for m in demo_cooperatives()}[slug]


def _buyer(chance: Random) -> Buyer:
    market, country, region, city, _arabic, postal_code = _town(chance)
    person = somebody(chance, woman=chance.random() < 0.55)
    name = person.latin
    handle = "".join(c for c in name.lower() if c.isascii() and c.isalpha())
    return Buyer(
        name=name,
        email=f"{handle}{chance.randrange(100)}@example.org",
        phone=mobile(country, chance.randrange(10_000_000, 99_999_999)),
        market=market,
        country=country,
        region=region,
        city=city,
        street=f"{chance.randrange(1, 120)}, rue {chance.choice(('des Jardins', 'de la Source', 'du Moulin', 'Al Wahda'))}",
        postal_code=postal_code,
    )


@cache
def _towns() -> tuple[list[tuple[str, ...]], list[int]]:
    rows = [tuple(part.strip() for part in line.split("|")) for line in lines_of("towns.txt")]
    return [row[:6] for row in rows], [int(row[6]) for row in rows]


def _town(chance: Random) -> tuple[str, ...]:
    towns, weights = _towns()
    return chance.choices(towns, weights)[0]


@cache
def _offers(market: str, month: int) -> tuple[list[Offer], list[float]]:
    """Offers of a market in a month, with cumulative weights: best sellers, and in season."""
    season = set(types_in_season(month))
    found = [o for o in offers() if CHANNELS[market] in o.prices and o.quantity > 0]
    total, cumulated = 0.0, []
    for offer in found:
        price = max(offer.prices[CHANNELS[market]] / max(offer.prices.values()), 0.001)
        dear = 1 / math.sqrt(_dirhams(offer) / 100) if _dirhams(offer) > 100 else 1.0
        total += (
            offer.popularity * dear * (2.4 if offer.taxonomy_slug in season else 1.0) * (price > 0)
        )
        cumulated.append(total)
    return found, cumulated


def _dirhams(offer: Offer) -> float:
    return offer.prices.get("ma-mad", 10_000) / 100


def _lines(chance: Random, market: str, month: int) -> tuple[Bought, ...]:
    on_offer, weights = _offers(market, month)
    first = chance.choices(on_offer, cum_weights=weights)[0]
    chosen = {first.key: first}
    for _ in range(chance.choices((0, 1, 2, 3), (46, 30, 16, 8))[0]):
        same = [o for o in on_offer if o.cooperative_slug == first.cooperative_slug]
        other = (
            chance.choice(same)
            if chance.random() < 0.55
            else chance.choices(on_offer, cum_weights=weights)[0]
        )
        chosen[other.key] = other
    return tuple(Bought(offer, _quantity(chance, offer)) for offer in chosen.values())


def _quantity(chance: Random, offer: Offer) -> int:
    if _dirhams(offer) >= 400:
        return 1
    return chance.choices((1, 2, 3, 4), (68, 22, 7, 3))[0]


def _course(number: int, slug: str, buyer: Buyer, lines: tuple[Bought, ...]) -> Course:
    chance = stream("course", number, slug)
    days = {"MA": 3.0, "FR": 8.0}.get(buyer.country, 9.0)
    sent = chance.uniform(10, 80)
    late = chance.random() < 0.07
    travel = 24 * (days * chance.uniform(0.5, 1.3) + (chance.uniform(5, 12) if late else 0))
    units = sum(line.quantity for line in lines if line.offer.cooperative_slug == slug)
    refunded = chance.random() < 0.035
    return Course(
        cooperative_slug=slug,
        sent_after=sent,
        arrived_after=sent + travel,
        evidence=chance.choices(("carrier_file", "buyer", "staff"), (70, 22, 8))[0],
        tracking=f"DM{number:06d}{chance.randrange(100):02d}{buyer.country}",
        refunded_units=chance.randrange(1, units + 1) if refunded else 0,
        refund_after=sent + travel + chance.uniform(20, 120),
        refund_delivery=refunded and chance.random() < 0.25,
        reason=chance.choice(REASONS),
    )
