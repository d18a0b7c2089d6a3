"""How near the countries of cooperatives are to a market's buyers, for the order of results."""

from datetime import date
from functools import lru_cache

from django.utils import timezone

from catalog.markets import MARKETS, Market
from marketplace.core.days import day_of
from marketplace.orders.shipping_rates import NEIGHBOURS, nearness


def nearness_of(market: Market) -> tuple[tuple[str, float], ...]:
    """Each country with its nearness, as ``search.query.SearchQuery`` takes it."""
    return _nearness(market.country_codes, day_of(timezone.now(), market.zone))


@lru_cache(maxsize=64)
def _nearness(own: tuple[str, ...], today: date) -> tuple[tuple[str, float], ...]:
    countries = NEIGHBOURS | {market.default_country for market in MARKETS}
    near = nearness(countries, to=own[0], on=today) | dict.fromkeys(own, 1.0)
    return tuple(sorted(near.items()))
