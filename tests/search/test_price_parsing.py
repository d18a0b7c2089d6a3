"""Prices in the text of a query."""

from datetime import date
from fractions import Fraction

import pytest
import time_machine

from marketplace.core import exchange
from search.language.price_parsing import parse_prices


@pytest.mark.parametrize(
    ("text", "rest", "lowest", "highest"),
    [
        ("tapis rouge moins de 2000 dh", "tapis rouge", None, 200000),
        ("tapis under 150 dirhams", "tapis", None, 15000),
        ("عسل أقل من 200 درهم", "عسل", None, 20000),
        ("عسل اقل من ٢٠٠ درهم", "عسل", None, 20000),
        ("miel entre 100 et 200 dh", "miel", 10000, 20000),
        ("عسل بين 100 و 200 درهم", "عسل", 10000, 20000),
        ("safran plus de 50 dh", "safran", 5000, None),
        ("safran 99,50 dh max", "safran", None, 9950),
        ("pouf < 300", "pouf", None, 30000),
        ("huile d'argan moins de 90 dh", "huile d'argan", None, 9000),
    ],
)
def test_a_price_is_taken_out_of_the_text(
    text: str, rest: str, lowest: int | None, highest: int | None
) -> None:
    found = parse_prices(text, "MAD")

    assert (found.text, found.lowest, found.highest) == (rest, lowest, highest)


@pytest.mark.parametrize(
    "text",
    ["miel 500 g", "miel moins de 500 g", "miel de 500 g", "7sir 3sel"],
)
def test_what_is_no_price_of_this_market_is_left_alone(text: str) -> None:
    found = parse_prices(text, "MAD")

    assert (found.text, found.lowest, found.highest) == (text, None, None)


@time_machine.travel("2026-11-26", tick=False)
def test_a_price_in_another_currency_counts_at_the_days_rate() -> None:
    rate = exchange.rate("EUR", "MAD", date(2026, 11, 26))

    found = parse_prices("safran moins de 20 euros", "MAD")

    assert (found.text, found.highest) == ("safran", round(2000 * rate))
    assert parse_prices("miel entre 1000 et 5000 fcfa", "MAD").highest is not None


def test_a_price_without_a_rate_stays_in_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(source: str, target: str, on: date) -> Fraction:
        raise exchange.NoRate(source)

    monkeypatch.setattr(exchange, "rate", unknown)

    assert parse_prices("safran moins de 20 euros", "MAD").text == "safran moins de 20 euros"


def test_a_price_counts_in_the_markets_own_minor_units() -> None:
    assert parse_prices("dattes moins de 10 dt", "TND").highest == 10_000
    assert parse_prices("karité moins de 5000 fcfa", "XOF").highest == 5000
    assert parse_prices("تمر أقل من 10 دينار", "JOD", "ar").highest == 10_000
    assert parse_prices("تمر أقل من 10 دينار", "TND", "ar").highest == 10_000


@pytest.mark.parametrize(
    ("text", "language", "lowest", "highest"),
    [
        ("tapis moins de 1 500 dh", "fr", None, 150_000),
        ("tapis moins de 1\u202f500,50 dh", "fr", None, 150_050),
        ("tapis moins de 1.500 dh", "fr", None, 150_000),
        ("rug under 1,500 dh", "en", None, 150_000),
        ("rug under MAD 1,500.00", "en", None, 150_000),
        ("زربية أقل من ١٬٥٠٠ درهم", "ar", None, 150_000),
        ("زربية أقل من ٩٩٫٥٠ درهم", "ar", None, 9950),
        ("rug between 1,000 and 2,000 dh", "en", 100_000, 200_000),
    ],
)
def test_prices_are_read_as_the_pages_language_writes_them(
    text: str, language: str, lowest: int | None, highest: int | None
) -> None:
    found = parse_prices(text, "MAD", language)

    assert (found.lowest, found.highest) == (lowest, highest)


def test_where_two_prices_are_likely_none_is_chosen() -> None:
    found = parse_prices("tapis entre 1,500 et 3 000 dh", "MAD", "fr")

    assert (found.text, found.lowest, found.highest) == ("tapis", None, None)
    assert found.likely == ((150, 300_000), (150_000, 300_000))


@pytest.mark.parametrize("text", ["miel moins de 1 500 g", "huile moins de 1,500 l"])
def test_a_part_of_a_quantity_is_no_price(text: str) -> None:
    assert parse_prices(text, "MAD", "fr").highest is None
