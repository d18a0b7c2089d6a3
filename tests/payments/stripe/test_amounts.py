"""Our minor units and Stripe's."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core.money import Money
from marketplace.payments.errors import AmountNotPossible
from marketplace.payments.providers.stripe.amounts import from_stripe, serves, to_stripe

ON = date(2026, 11, 26)


@pytest.mark.parametrize(
    ("ours", "currency", "theirs"),
    [
        (1250, "MAD", 1250),
        (1250, "EUR", 1250),
        (1500, "XOF", 1500),
        (12_340, "TND", 12_340),
        (7, "ISK", 700),
        (7, "UGX", 700),
    ],
)
def test_amounts_as_stripe_writes_them(ours: int, currency: str, theirs: int) -> None:
    assert to_stripe(Money(ours, currency), ON) == theirs
    assert from_stripe(theirs, currency.lower(), ON) == Money(ours, currency)


@pytest.mark.parametrize(("amount", "currency"), [(12_345, "TND"), (1, "JOD"), (100, "IQD")])
def test_what_cannot_be_charged_exactly_is_refused(amount: int, currency: str) -> None:
    with pytest.raises(AmountNotPossible):
        to_stripe(Money(amount, currency), ON)


def test_before_a_rule_holds_nothing_is_charged_by_it() -> None:
    assert serves("MAD", ON)
    assert not serves("MAD", date(2019, 1, 1))
    assert not serves("IQD", ON)


@given(
    st.integers(min_value=1, max_value=10**9),
    st.sampled_from(["MAD", "EUR", "XOF", "TND", "ISK", "JPY", "KWD"]),
)
def test_there_and_back_is_the_same_or_refused(amount: int, currency: str) -> None:
    money = Money(amount, currency)
    try:
        there = to_stripe(money, ON)
    except AmountNotPossible:
        assert currency in {"TND", "KWD"}
        assert amount % 10
    else:
        assert from_stripe(there, currency, ON) == money
