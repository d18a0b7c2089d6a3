"""Which prices are far from what goods of a category usually cost."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.markets import market_of
from catalog.queries.usual_prices import is_far, known_rules, usual_if_far, usual_price
from marketplace.core.money import Money
from tests.factories.listings import listing_page

MOROCCO, TUNISIA = market_of("ma"), market_of("tn")


@pytest.mark.django_db
def test_the_usual_price_is_the_middle_one_of_published_listings_in_the_market() -> None:
    assert usual_price(MOROCCO, "honey") is None
    for amount in (5_000, 9_000, 900_000):
        listing_page("honey-thyme", prices={"ma": amount, "tn": amount * 2})
    listing_page("honey-thyme", prices={"ma": 1}, is_published=False)
    listing_page("saffron", prices={"ma": 2})

    assert usual_price(MOROCCO, "honey") == Money(9_000, "MAD")
    assert usual_price(TUNISIA, "honey") == Money(18_000, "TND")
    assert usual_if_far(Money(12_000, "MAD"), MOROCCO, "honey") is None
    assert usual_if_far(Money(1_200_000, "MAD"), MOROCCO, "honey") == Money(9_000, "MAD")
    assert usual_if_far(Money(120, "MAD"), MOROCCO, "honey") == Money(9_000, "MAD")
    assert usual_if_far(Money(120, "MAD"), MOROCCO, "rugs") is None


@given(st.integers(1, 10**9), st.integers(1, 10**9))
def test_far_is_the_same_in_both_directions(price: int, usual: int) -> None:
    times = known_rules()[-1].times
    ratio = Decimal(max(price, usual)) / min(price, usual)

    assert is_far(Money(price, "MAD"), Money(usual, "MAD")) == (ratio > times)
