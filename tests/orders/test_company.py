"""Numbers of companies by country: taken as they are written, refused where a digit is wrong."""

from datetime import date

import pytest
from django.utils import translation

from marketplace.orders.company import Company, checked, number_label
from marketplace.orders.company_errors import CompanyNumberWrong

DAY = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("MA", "00 21 36 09 30 00 040", "002136093000040"),
        ("EG", "100-531-385", "100531385"),
        ("TN", "1234567/M/A/E/001", "1234567MAE001"),
        ("SN", "306 7221", "3067221"),
        ("JO", "12-3456", "123456"),
        ("FR", "40303265045", "FR40303265045"),
        ("FR", "FR 40 303 265 045", "FR40303265045"),
        ("FR", "", ""),
    ],
)
def test_a_number_is_kept_in_one_form(country: str, typed: str, kept: str) -> None:
    assert checked(Company("Atlas", typed), country, DAY).company_number == kept


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        ("MA", ""), ("MA", "002136093000041"), ("EG", "100-531-38"), ("TN", "1234567"),
        ("SN", "306 7222 111"), ("JO", "12"), ("FR", "41303265045"),
    ],
)  # fmt: skip
def test_a_number_that_a_country_does_not_give_is_refused(country: str, typed: str) -> None:
    with pytest.raises(CompanyNumberWrong):
        checked(Company("Atlas", typed), country, DAY)


def test_it_is_called_as_in_its_country() -> None:
    with translation.override("fr"):
        assert number_label("MA", DAY) == "ICE"
        assert number_label("SN", DAY) == "NINEA"
        assert number_label("ES", DAY) == "Numéro de TVA"
