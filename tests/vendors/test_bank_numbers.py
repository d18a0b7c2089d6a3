"""Account numbers: right ones are read however they are typed, wrong ones are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.bank_numbers import BankNumber, parse_bank_number
from vendors.errors import InvalidBankNumber


@pytest.mark.parametrize(
    ("country", "typed", "iban"),
    [
        ("MA", "011780000019210016805555", "MA64011780000019210016805555"),
        ("MA", "011 519 0000012050005349 21", "MA64011519000001205000534921"),
        ("MA", "ma64 0115 1900 0001 2050 0053 4921", "MA64011519000001205000534921"),
        ("MA", "٠١١٥١٩٠٠٠٠٠١٢٠٥٠٠٠٥٣٤٩٢١", "MA64011519000001205000534921"),
        ("EG", "EG800002000156789012345180002", "EG800002000156789012345180002"),
        ("TN", "07040005810111129653", "TN5907040005810111129653"),
        ("TN", "TN5904018104004942712345", "TN5904018104004942712345"),
        ("JO", "JO32ABCJ0010123456789012345678", "JO32ABCJ0010123456789012345678"),
        ("SN", "SN08SN0100152000048500003035", "SN08SN0100152000048500003035"),
    ],
)
def test_a_right_number_is_read(country: str, typed: str, iban: str) -> None:
    assert parse_bank_number(country, typed).iban == iban


@pytest.mark.parametrize(
    ("country", "typed"),
    [
        ("MA", "011780000019210016805556"),
        ("MA", "230780456789012345678945"),
        ("MA", "01178000001921001680555"),
        ("MA", "MA65011519000001205000534921"),
        ("MA", "EG800002000156789012345180002"),
        ("EG", "EG810002000156789012345180002"),
        ("EG", "0002000156789012345180002"),
        ("TN", "07040005810111129654"),
        ("JO", "JO32ABCJ001012345678901234567"),
        ("MA", ""),
        ("MA", "'; DROP TABLE"),
    ],
)
def test_a_wrong_number_is_refused(country: str, typed: str) -> None:
    with pytest.raises(InvalidBankNumber):
        parse_bank_number(country, typed)


def test_the_bank_is_named_by_its_code() -> None:
    assert parse_bank_number("MA", "011780000019210016805555").bank == "Bank of Africa"
    assert BankNumber("MA", "145" + "0" * 21, "").bank == "Banque Populaire"
    assert BankNumber("MA", "999" + "0" * 21, "").bank == ""
    assert parse_bank_number("TN", "07040005810111129653").bank == ""


@given(st.integers(min_value=0, max_value=10**22 - 1), st.integers(0, 23), st.integers(1, 9))
def test_one_wrong_digit_is_always_noticed(first: int, place: int, shift: int) -> None:
    rib = f"{first:022}{97 - first * 100 % 97:02}"
    assert parse_bank_number("MA", rib).iban.startswith("MA64")
    wrong = rib[:place] + str((int(rib[place]) + shift) % 10) + rib[place + 1 :]

    with pytest.raises(InvalidBankNumber):
        parse_bank_number("MA", wrong)
