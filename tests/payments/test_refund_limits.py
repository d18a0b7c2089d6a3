"""Up to which amount one person refunds alone: dated, by currency and programme."""

import pytest

from catalog.markets import MARKETS
from marketplace.payments import refund_limits
from marketplace.payments.refund_limits import refund_limit
from tests.payments.refund_world import ALONE, limit


def test_every_currency_of_the_shop_has_a_dated_limit() -> None:
    for market in MARKETS:
        assert refund_limit(market.currency).alone_minor > 0


def test_a_currency_without_a_limit_takes_two_persons_always() -> None:
    assert refund_limit("CHF").alone_minor == 0


def test_a_programmes_own_limit_goes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    own = limit(5)._replace(programme="atlas")
    monkeypatch.setattr(refund_limits, "known_limits", lambda: (own, limit()))
    assert refund_limit("MAD", programme="atlas").alone_minor == 5
    assert refund_limit("MAD", programme="other").alone_minor == ALONE
