"""What a parcel costs by zone, weight, service and day; what time-out rule holds."""

from datetime import date
from uuid import UUID

import pytest

from marketplace.core.exchange import NoRate, convert, rate
from marketplace.core.money import Money
from marketplace.orders.delivery_timeouts import days_until_time_out
from marketplace.orders.models import VendorOrderLine
from marketplace.orders.numbers import order_number, vendor_order_number
from marketplace.orders.services.amounts import worth
from marketplace.orders.shipping_rates import (
    EXPRESS,
    NEIGHBOURS,
    STANDARD,
    ParcelPrice,
    Place,
    nearness,
    parcel_price,
    zone_of,
)

SOUSS = Place("MA", "MA-09")
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("destination", "zone"),
    [
        (Place("MA", "MA-09"), "local"),
        (Place("MA", "MA-06"), "domestic"),
        (Place("MA"), "domestic"),
        (Place("TN"), "neighbour"),
        (Place("FR"), "world"),
    ],
)
def test_zones(destination: Place, zone: str) -> None:
    assert zone_of(SOUSS, destination) == zone


@pytest.mark.parametrize(
    ("grams", "service", "currency", "amount_minor"),
    [
        (500, STANDARD, "MAD", 3_500),
        (1_000, STANDARD, "MAD", 3_500),
        (1_001, STANDARD, "MAD", 4_500),
        (0, STANDARD, "MAD", 3_500),
        (900, EXPRESS, "MAD", 7_000),
    ],
)
def test_prices_at_home(grams: int, service: str, currency: str, amount_minor: int) -> None:
    price = parcel_price(
        origin=SOUSS,
        destination=Place("MA", "MA-06"),
        grams=grams,
        service=service,
        currency=currency,
        on=TODAY,
    )

    assert price is not None
    assert (price.amount_minor, price.currency) == (amount_minor, currency)


def test_a_price_abroad_is_in_the_markets_currency_and_round() -> None:
    price = parcel_price(
        origin=SOUSS,
        destination=Place("FR"),
        grams=800,
        service=STANDARD,
        currency="EUR",
        on=TODAY,
    )

    # 160 DH at 10.70 a euro are 14.95, written up to the next ten cents.
    assert price is not None
    assert (price.amount_minor, price.currency) == (1_500, "EUR")


@pytest.mark.parametrize(
    ("grams", "service", "on"),
    [(200_000, STANDARD, TODAY), (30_000, EXPRESS, TODAY), (500, STANDARD, date(2020, 1, 1))],
)
def test_what_no_carrier_takes_has_no_price(grams: int, service: str, on: date) -> None:
    assert (
        parcel_price(
            origin=SOUSS,
            destination=Place("MA", "MA-06"),
            grams=grams,
            service=service,
            currency="MAD",
            on=on,
        )
        is None
    )


def test_rates_are_those_of_the_day() -> None:
    assert convert(Money(10_700, "MAD"), "EUR", TODAY) == Money(1_000, "EUR")
    assert convert(Money(1_000, "EUR"), "XOF", TODAY) == Money(6_560, "XOF")
    assert rate("MAD", "MAD", TODAY) == 1
    assert rate("EUR", "MAD", date(2025, 6, 1)) != rate("EUR", "MAD", TODAY)
    with pytest.raises(NoRate):
        rate("EUR", "MAD", date(2020, 1, 1))


def test_the_time_out_rule_is_that_of_the_day_of_sending() -> None:
    assert days_until_time_out("domestic", TODAY) == 21
    assert days_until_time_out("world", TODAY) == 45
    assert days_until_time_out("world", date(2020, 1, 1)) is None


def test_numbers_can_be_read_out() -> None:
    number = order_number(UUID("00000000-0000-4000-8000-00ff8a9c1d2e"))

    assert number == "TW-ZY59-R79E"
    assert vendor_order_number(number, 2) == "TW-ZY59-R79E-2"


def test_the_parts_of_a_line_sum_to_the_line() -> None:
    line = VendorOrderLine(quantity=3, total_minor=1_000)

    parts = [worth(line, already=n, more=1) for n in range(3)]

    assert parts == [333, 333, 334]
    assert sum(parts) == 1_000


def test_a_parcel_costs_the_same_up_to_the_weight_it_says() -> None:
    def price(grams: int) -> ParcelPrice:
        found = parcel_price(
            origin=SOUSS, destination=Place("MA", "MA-06"), grams=grams, service=STANDARD,
            currency="MAD", on=TODAY,
        )  # fmt: skip
        assert found
        return found

    light = price(600)

    assert price(light.up_to_grams).amount_minor == light.amount_minor
    assert price(light.up_to_grams + 1).amount_minor > light.amount_minor


@pytest.mark.parametrize("to", [*sorted(NEIGHBOURS), "FR"])
def test_a_country_is_as_near_as_its_parcels_are_cheap(to: str) -> None:
    near = nearness([*sorted(NEIGHBOURS), "FR", "JP"], to=to, on=TODAY)

    assert near[to] == 1.0
    abroad = [value for country, value in near.items() if country != to]
    assert all(0 < value < 1 for value in abroad)
