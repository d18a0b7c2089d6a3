"""Property-based: every country's numbers are read, and no slip of the pen passes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vendors.bank_numbers import known_formats, parse_bank_number, parse_bic
from vendors.errors import BicMissing, InvalidBankNumber, InvalidBic

DIGITS = "0123456789"
SIGNS = DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Digits (n), letters (a) and either (c), as the registry of IBANs writes them.
BODIES = {
    "MA": "22n", "TN": "18n", "MR": "21n", "EG": "25n", "JO": "4a4n18c", "SN": "24c", "LB": "4n20c",
    "PS": "4a21c", "SA": "2n18c",
}  # fmt: skip
WITH_KEY = {"MA", "TN", "MR"}


def with_check(country: str, body: str) -> str:
    """The IBAN of a body, by ISO 13616: an implementation of its own for the test."""
    value = "".join(str(SIGNS.index(sign)) for sign in f"{body}{country}00")
    return f"{country}{98 - int(value) % 97:02}{body}"


@st.composite
def numbers(draw: st.DrawFn) -> tuple[str, str]:
    country = draw(st.sampled_from(sorted(BODIES)))
    body, count = "", ""
    for sign in BODIES[country]:
        if sign in DIGITS:
            count += sign
            continue
        alphabet = {"n": DIGITS, "a": SIGNS[10:], "c": SIGNS}[sign]
        body += draw(st.text(alphabet, min_size=int(count), max_size=int(count)))
        count = ""
    if country in WITH_KEY:
        body += f"{97 - int(body) * 100 % 97:02}"
    return country, with_check(country, body)


@given(numbers())
def test_a_right_number_is_read_and_kept_as_its_iban(number: tuple[str, str]) -> None:
    country, iban = number
    assert parse_bank_number(country, iban).iban == iban
    assert parse_bank_number(country, " ".join(iban.lower())).iban == iban
    if country in WITH_KEY:
        assert parse_bank_number(country, iban[4:]).iban == iban


@given(numbers(), st.data())
def test_one_wrong_sign_is_refused(number: tuple[str, str], data: st.DataObject) -> None:
    country, iban = number
    place = data.draw(st.integers(2, len(iban) - 1))
    other = data.draw(st.sampled_from(DIGITS if iban[place].isdecimal() else SIGNS[10:]))
    if other == iban[place]:
        return
    with pytest.raises(InvalidBankNumber):
        parse_bank_number(country, iban[:place] + other + iban[place + 1 :])


@given(numbers(), st.data())
def test_two_neighbours_that_changed_places_are_refused(
    number: tuple[str, str], data: st.DataObject
) -> None:
    country, iban = number
    place = data.draw(st.integers(4, len(iban) - 2))
    one, other = iban[place], iban[place + 1]
    # A letter counts as two digits: 2 and M, which is 22, are the same either way round.
    if str(int(one, 36)) + str(int(other, 36)) == str(int(other, 36)) + str(int(one, 36)):
        return
    turned = iban[:place] + other + one + iban[place + 2 :]
    with pytest.raises(InvalidBankNumber):
        parse_bank_number(country, turned)


@given(numbers(), st.sampled_from(sorted(BODIES)))
def test_a_number_of_another_country_is_refused(number: tuple[str, str], country: str) -> None:
    if country != number[0]:
        with pytest.raises(InvalidBankNumber):
            parse_bank_number(country, number[1])


@given(st.sampled_from([*sorted(BODIES), "FR"]), st.text(max_size=60))
def test_whatever_is_typed_never_breaks_it(country: str, typed: str) -> None:
    try:
        read = parse_bank_number(country, typed)
    except InvalidBankNumber:
        return
    assert read.iban.startswith(country)


def test_a_moroccan_iban_with_a_wrong_inner_key_is_refused() -> None:
    """Its IBAN check digits are right, the RIB's own key is not."""
    wrong = with_check("MA", "230780456789012345678945")
    with pytest.raises(InvalidBankNumber):
        parse_bank_number("MA", wrong)


@pytest.mark.parametrize(
    ("country", "typed", "bic"),
    [("MA", "bmce mamc", "BMCEMAMC"), ("MA", "", ""), ("JO", "ARABJOAX100", "ARABJOAX100")],
)
def test_a_bic_is_read(country: str, typed: str, bic: str) -> None:
    assert parse_bic(country, typed) == bic


@pytest.mark.parametrize("typed", ["BMCEMA", "BNPAFRPP", "BMCEMAMC1", "<script>"])
def test_a_wrong_bic_is_refused(typed: str) -> None:
    with pytest.raises(InvalidBic):
        parse_bic("MA", typed)


def test_where_transfers_need_a_bic_it_is_asked_for() -> None:
    with pytest.raises(BicMissing):
        parse_bic("JO", "")


def test_every_form_is_dated_and_sourced() -> None:
    forms = known_formats()
    assert {form.country for form in forms} == set(BODIES)
    assert [form for form in forms if not form.source] == []
