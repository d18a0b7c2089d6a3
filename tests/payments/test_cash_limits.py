"""How much is taken at the door."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from marketplace.payments import sync
from marketplace.payments.cash_limits import most_in_cash
from marketplace.payments.checkouts import payable
from marketplace.payments.models import Payment
from tests.payments.world import Sale, make_sale

pytestmark = pytest.mark.django_db
HEAD = "currency,region,cooperative,most,valid_from,valid_to,source\n"


@pytest.fixture
def sale(settings: Any) -> Sale:
    settings.TEST_PAYMENTS = False
    return make_sale(method="cod")


def limited(settings: Any, tmp_path: Path, *rows: str) -> None:
    file = tmp_path / "limits.csv"
    file.write_text(HEAD + "\n".join(rows))
    settings.CASH_LIMITS = str(file)


@pytest.mark.parametrize(
    ("row", "result"),
    [
        ("MAD,,,675.00,2026-01-01,,rule", "AUTHORIZATION_SUCCESS"),
        ("MAD,,,674.99,2026-01-01,,rule", "CHARGE_FAILURE"),
        ("MAD,,nassij,100,2026-01-01,,rule", "CHARGE_FAILURE"),
        ("MAD,,another,100,2026-01-01,,rule", "AUTHORIZATION_SUCCESS"),
        ("MAD,MA-01,,100,2026-01-01,,rule", "AUTHORIZATION_SUCCESS"),
        ("EUR,,,1,2026-01-01,,rule", "AUTHORIZATION_SUCCESS"),
        ("MAD,,,0,2026-01-01,,rule", "CHARGE_FAILURE"),
    ],
)
def test_a_limit_decides(sale: Sale, settings: Any, tmp_path: Path, row: str, result: str) -> None:
    limited(settings, tmp_path, row)

    answer = sync.transaction_initialize(sale.pay_payload(method="cod"))

    assert answer["result"] == result
    if result == "CHARGE_FAILURE":
        assert answer["message"] == "too_much_for_cash"
        assert not Payment.objects.exists()


def test_the_lowest_of_the_rows_of_a_day_counts(sale: Sale, settings: Any, tmp_path: Path) -> None:
    limited(
        settings,
        tmp_path,
        "MAD,,,900,2026-01-01,2026-06-01,old",
        "MAD,,,500,2026-06-01,,new",
        "MAD,,nassij,300,2026-06-01,,new",
    )
    assert sale.attempt.checkout_id
    facts = payable(sale.attempt.checkout_id)
    assert facts

    assert most_in_cash(facts, date(2025, 12, 31)) is None
    assert most_in_cash(facts, date(2026, 5, 31)) == 90_000
    assert most_in_cash(facts, date(2026, 6, 1)) == 30_000
