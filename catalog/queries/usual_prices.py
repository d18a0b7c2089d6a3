"""What goods of a category usually cost, so that a slip of the hand is asked about once.

``data/unusual_prices.csv`` says how many times larger or smaller than usual a price is unusual.
"""

from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.utils import timezone

from catalog.markets import Market
from catalog.models import ListingOffer
from marketplace.core.dated import Row, needed_rule_on, read_rules, span_of
from marketplace.core.money import Money

FILE = Path(__file__).resolve().parent.parent / "data" / "unusual_prices.csv"


class UnusualPrice(NamedTuple):
    """From how many times the usual price, and below which part of it, a price is asked about."""

    valid_from: date
    valid_to: date | None
    times: int


@cache
def known_rules() -> tuple[UnusualPrice, ...]:
    """The rules of the file; raises ValueError, with the line, for an invalid row."""
    return read_rules(FILE, _rule_of)


def usual_price(market: Market, category_slug: str) -> Money | None:
    """The median of the prices of a category's published listings in a market."""
    amounts = (
        ListingOffer.objects.filter(
            channel_slug=market.channel_slug,
            page__category_slug=category_slug,
            page__is_published=True,
        )
        .order_by("amount_minor")
        .values_list("amount_minor", flat=True)
    )
    count = amounts.count()
    return Money(amounts[(count - 1) // 2], market.currency) if count else None


def usual_if_far(price: Money, market: Market, category_slug: str) -> Money | None:
    """The usual price of a category where ``price`` is far from it, else None."""
    usual = usual_price(market, category_slug)
    return usual if usual and is_far(price, usual) else None


def is_far(price: Money, usual: Money) -> bool:
    """Whether a price is so far from the usual one that somebody is asked, by today's rule."""
    times = needed_rule_on(known_rules(), timezone.localdate()).times
    price_minor, usual_minor = price.amount_minor, usual.amount_minor
    return usual_minor > price_minor * times or price_minor > usual_minor * times


def _rule_of(row: Row) -> UnusualPrice:
    times = int(row["times"])
    if times <= 1 or not row["source"].strip():
        raise ValueError("the factor or the source is missing or wrong")
    return UnusualPrice(*span_of(row), times)
