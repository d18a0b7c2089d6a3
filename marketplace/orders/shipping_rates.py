"""Prices and days of a parcel: dated data by zone, weight and service.

The lists are in ``data/shipping_rates.csv``; amounts there are minor units of their own currency
and are converted by the day's rate, rounded up to a round price.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from marketplace.core.exchange import convert
from marketplace.core.money import Money

RATES_FILE = Path(__file__).parent / "data" / "shipping_rates.csv"
STANDARD, EXPRESS = "standard", "express"
SERVICES = (STANDARD, EXPRESS)
# Collecting at the cooperative, which no carrier has a tariff for (``orders.pickup``).
PICKUP = "pickup"
# The assumed weight of a parcel of unknown weight.
USUAL_GRAMS = 500
NEIGHBOURS = frozenset({"MA", "EG", "TN", "SN", "JO"})
# Smallest step of a delivery price, in minor units.
_STEPS = {"MAD": 100, "EGP": 100, "TND": 100, "JOD": 50, "XOF": 50, "EUR": 10}


@dataclass(frozen=True)
class Place:
    """A country (ISO 3166-1) and, where known, a region (ISO 3166-2)."""

    country_code: str
    region_code: str = ""


@dataclass(frozen=True)
class Rate:
    """One line of the price list; ``amount_minor`` in ``currency``, days of transport."""

    valid_from: date
    valid_to: date | None
    service: str
    zone: str
    up_to_grams: int
    amount_minor: int
    currency: str
    days_min: int
    days_max: int


@dataclass(frozen=True)
class ParcelPrice:
    """The price of one parcel in the market's currency, and its days on the way.

    It costs the same up to ``up_to_grams``.
    """

    amount_minor: int
    currency: str
    days_min: int
    days_max: int
    up_to_grams: int


@cache
def _rates() -> tuple[Rate, ...]:
    with RATES_FILE.open(encoding="utf-8", newline="") as file:
        return tuple(
            Rate(
                date.fromisoformat(row["valid_from"]),
                date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
                row["service"],
                row["zone"],
                int(row["up_to_grams"]),
                int(row["amount_minor"]),
                row["currency"],
                int(row["days_min"]),
                int(row["days_max"]),
            )
            for row in csv.DictReader(file)
        )


def zone_of(origin: Place, destination: Place) -> str:
    """``local`` (same region), ``domestic``, ``neighbour`` (between our countries) or ``world``."""
    if origin.country_code == destination.country_code:
        same = origin.region_code and origin.region_code == destination.region_code
        return "local" if same else "domestic"
    neighbours = {origin.country_code, destination.country_code} <= NEIGHBOURS
    return "neighbour" if neighbours else "world"


def nearness(countries: Iterable[str], *, to: str, on: date) -> dict[str, float]:
    """How near each country is to a country's doors, 0 to 1, by what its parcels cost there.

    1 is the country itself; of another it is how often the price of a parcel within the country
    goes into the price of one from there, 0 where no parcel comes from.
    """

    def euros(country: str) -> int | None:
        price = parcel_price(
            origin=Place(country), destination=Place(to), grams=USUAL_GRAMS,
            service=STANDARD, currency="EUR", on=on,
        )  # fmt: skip
        return price.amount_minor if price else None

    own = euros(to)
    found = {country: euros(country) for country in countries}
    near = {c: min((own or 0) / price, 1.0) if price else 0.0 for c, price in found.items()}
    return near | {to: 1.0}


def parcel_price(
    *, origin: Place, destination: Place, grams: int, service: str, currency: str, on: date
) -> ParcelPrice | None:
    """The price of a parcel on a day; None when the service does not take it (zone or weight)."""
    zone, weight = zone_of(origin, destination), grams or USUAL_GRAMS
    fitting = [
        rate
        for rate in _rates()
        if rate.service == service
        and rate.zone == zone
        and rate.up_to_grams >= weight
        and rate.valid_from <= on
        and (rate.valid_to is None or on <= rate.valid_to)
    ]
    if not fitting:
        return None
    # The lightest band that takes it; of several periods, the one that began last.
    rate = min(fitting, key=lambda r: (r.up_to_grams, -r.valid_from.toordinal()))
    amount = convert(Money(rate.amount_minor, rate.currency), currency, on).amount_minor
    step = _STEPS.get(currency, 1)
    return ParcelPrice(
        -(-amount // step) * step, currency, rate.days_min, rate.days_max, rate.up_to_grams
    )
