"""What banks read: names in Latin letters, amounts with their decimals, valid XML."""

import pytest

from marketplace.payouts.bank_files import pain001
from marketplace.payouts.bank_files.names import UnpayableName, bank_name
from marketplace.payouts.bank_files.numbers import country_of, is_valid, local_number
from marketplace.payouts.errors import InvalidBankFile


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Coopérative Tifawine", "Cooperative Tifawine"),
        ("Jebala & Cœur d'Ouezzane", "Jebala + Coeur d'Ouezzane"),
        ("=HYPERLINK(x) Souss", "HYPERLINK(x) Souss"),
        ("-Tadla_Nahl;", "Tadla Nahl"),
    ],
)
def test_a_name_keeps_only_what_banks_take(name: str, written: str) -> None:
    assert bank_name(name) == written


@pytest.mark.parametrize("name", ["تعاونية تيفاوين", "Tifawine تيفاوين", "", "12 34"])
def test_a_name_is_never_guessed_from_arabic(name: str) -> None:
    with pytest.raises(UnpayableName):
        bank_name(name)


def test_a_moroccan_iban_is_written_as_its_rib() -> None:
    rib = "011780000019210016805555"
    assert local_number("MA", f"MA64{rib}") == rib
    assert local_number("TN", "TN5907040005810111129653") == "TN5907040005810111129653"
    assert (country_of(rib), country_of(f"MA64{rib}")) == ("MA", "MA")
    assert is_valid("MA", rib)
    assert not is_valid("MA", "011780000019210016805556")


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [(486_000, "MAD", "4860.00"), (12_345, "TND", "12.345"), (15_000, "XOF", "15000")],
)
def test_amounts_have_the_currencys_decimals(minor: int, currency: str, written: str) -> None:
    assert pain001._amount(minor, currency) == written


def test_a_file_that_breaks_the_schema_is_refused() -> None:
    wrong = f'<Document xmlns="{pain001.NAMESPACE}"><CstmrCdtTrfInitn/></Document>'
    with pytest.raises(InvalidBankFile, match="not valid"):
        pain001.validate(wrong.encode())
