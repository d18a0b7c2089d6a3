"""Released amounts in a cooperative's payout currency, at the rate of their first release."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.core import exchange
from marketplace.core.money import exponent
from marketplace.ledger.chart import AccountCode
from marketplace.ledger.errors import RateMissing
from marketplace.payouts.balances.conversion import convert_released, payout_currencies
from marketplace.payouts.models import Sale
from tests.payouts.world import make_cooperative, make_programme

DAY, LATER = date(2026, 3, 2), date(2026, 11, 2)
COOPERATIVE = UUID(int=7)
CURRENCIES = ["MAD", "EUR", "TND", "XOF", "EGP", "JOD"]


def sale(currency: str) -> Sale:
    return Sale(cooperative_id=COOPERATIVE, currency=currency)


@pytest.fixture(autouse=True)
def rates(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten dirhams a euro until the summer, eight afterwards; other currencies are as they are."""
    real = exchange.per_euro

    def per_euro(currency: str, on: date) -> object:
        if currency != "MAD":
            return real(currency, on)
        return 10 if on < date(2026, 7, 1) else 8

    monkeypatch.setattr(exchange, "per_euro", per_euro)


def test_each_currency_balances_against_the_exchange_account() -> None:
    sold = sale("EUR")

    balances = convert_released(sold, -10_005, DAY, "MAD")

    assert balances == {
        (AccountCode.RELEASED, "EUR"): 10_005,
        (AccountCode.FX, "EUR"): -10_005,
        (AccountCode.RELEASED, "MAD"): -100_050,
        (AccountCode.FX, "MAD"): 100_050,
    }
    assert (sold.payout_currency, sold.payout_rate, sold.payout_rate_on) == (
        "MAD", Decimal(10), DAY,
    )  # fmt: skip


def test_the_rate_is_that_of_the_first_release() -> None:
    sold = sale("EUR")
    convert_released(sold, -100, DAY, "MAD")

    later = convert_released(sold, -300, LATER, "EUR")

    assert later[AccountCode.RELEASED, "MAD"] == -3_000
    assert sold.payout_rate_on == DAY


def test_nothing_released_sets_no_rate() -> None:
    sold = sale("EUR")

    assert convert_released(sold, 0, DAY, "MAD") == {}
    assert not sold.payout_currency
    assert convert_released(sold, -100, LATER, "MAD")[AccountCode.RELEASED, "MAD"] == -800


def test_all_taken_back_is_nothing_in_both_currencies() -> None:
    sold = sale("EUR")
    convert_released(sold, -100, DAY, "MAD")

    assert set(convert_released(sold, 0, LATER, "MAD").values()) == {0}


def test_the_same_currency_needs_no_conversion() -> None:
    sold = sale("MAD")

    assert convert_released(sold, -100, DAY, "MAD") == {}
    assert sold.payout_currency == "MAD"


def test_currencies_are_compared_by_value() -> None:
    assert convert_released(sale("MAD"), -100, DAY, b"MAD".decode()) == {}


def test_currencies_are_read_for_first_releases_only(db: None) -> None:
    programme = make_programme()
    moroccan = make_cooperative(programme, "atlas")
    abroad = make_cooperative(programme, "alpes", currency="EUR")
    first, again = sale("EUR"), sale("EUR")
    first.cooperative_id, again.cooperative_id = abroad.pk, moroccan.pk
    again.payout_currency = "MAD"

    assert payout_currencies([first, again]) == {abroad.pk: "EUR"}
    assert payout_currencies([again]) == {}


def test_a_currency_without_a_rate_is_named() -> None:
    with pytest.raises(RateMissing) as missing:
        convert_released(sale("EUR"), -100, DAY, "XXX")
    assert (missing.value.params["source"], missing.value.params["target"]) == ("EUR", "XXX")


@given(
    source=st.sampled_from(CURRENCIES),
    target=st.sampled_from(CURRENCIES),
    released=st.integers(-(10**10), -1),
)
def test_the_amount_is_the_rate_times_the_amount_to_the_smallest_unit(
    source: str, target: str, released: int
) -> None:
    sold = sale(source)
    balances = convert_released(sold, released, DAY, target)
    if source == target:
        assert balances == {}
        return
    exactly = exchange.rate(source, target, DAY)
    rate = round(Decimal(exactly.numerator) / exactly.denominator, 9)
    assert sold.payout_rate == rate
    exact = Decimal(released).scaleb(-exponent(source)) * rate
    smallest = Decimal(1).scaleb(-exponent(target))
    got = Decimal(balances[AccountCode.RELEASED, target]).scaleb(-exponent(target))
    assert abs(got - exact) <= smallest / 2
    assert sum(balances[AccountCode.RELEASED, c] + balances[AccountCode.FX, c]
               for c in (source, target)) == 0  # fmt: skip
