"""Addresses, by the rules of the country that they are in."""

import pytest
from django.utils import translation

from catalog.markets import MARKETS
from marketplace.core.postal_addresses import (
    BadAddress,
    PostalAddress,
    cities_of,
    country_rules,
    province_code,
    province_key,
    read_address,
)
from vendors import geography

COUNTRIES = sorted({country for market in MARKETS for country in market.country_codes})


def parts(country: str, **given: str) -> PostalAddress:
    known = {
        "ES": ("Barcelona", "08001", "ES-B"), "IT": ("Torino", "10121", "IT-TO"),
        "FR": ("Lyon", "69002", ""), "BE": ("Liège", "4000", ""), "DE": ("Bonn", "53225", ""),
        "NL": ("Leiden", "2312 AB", ""),
    }  # fmt: skip
    city, postal_code, region = known.get(country, ("Casablanca", "", ""))
    return PostalAddress(
        **{
            "country_code": country, "line1": "12 rue X", "city": city,
            "postal_code": postal_code, "region_code": region, **given,
        }
    )  # fmt: skip


def wrong(given: PostalAddress) -> list[str]:
    with pytest.raises(BadAddress) as refused:
        read_address(given)
    return sorted(refused.value.errors)


@pytest.mark.parametrize("country", COUNTRIES)
def test_an_ordinary_address_is_taken(country: str) -> None:
    assert read_address(parts(country)) == parts(country)


@pytest.mark.parametrize(
    ("country", "postal_code"),
    [
        ("FR", "123"), ("FR", "ABC"), ("MA", "ABC"), ("MA", "123"), ("TN", "10000"),
        ("SN", "1"), ("EG", "ABCDE"), ("JO", "1193"), ("ES", "28001"), ("IT", "00100"),
        ("BE", "10000"), ("DE", "1011"), ("NL", "1234"), ("NL", "0234 AB"), ("FR", ""),
        ("ES", ""), ("NL", "   "),
    ],
)  # fmt: skip
def test_a_postal_code_of_another_form_is_refused(country: str, postal_code: str) -> None:
    assert wrong(parts(country, postal_code=postal_code)) == ["postal_code"]


@pytest.mark.parametrize(
    ("country", "typed", "kept"),
    [
        ("MA", "٢٠٠٠٠", "20000"), ("MA", " 20 000 ", "20000"), ("NL", "2312ab", "2312AB"),
        ("NL", "2312  ab", "2312 AB"), ("FR", "69 002", "69 002"), ("TN", "1002", "1002"),
        ("SN", "", ""),
    ],
)  # fmt: skip
def test_a_postal_code_is_taken_as_people_type_it(country: str, typed: str, kept: str) -> None:
    assert read_address(parts(country, postal_code=typed)).postal_code == kept


@pytest.mark.parametrize("city", ["123", "", "  ", "69002", "-"])
def test_a_town_has_a_name(city: str) -> None:
    assert wrong(parts("FR", city=city)) == ["city"]


def test_a_province_is_asked_where_letters_need_it() -> None:
    assert wrong(parts("ES", region_code="")) == ["region_code"]
    assert wrong(parts("IT", region_code="IT-XX")) == ["region_code"]
    assert not country_rules("FR").needs_province
    # a region that letters do not name stays ours
    assert read_address(parts("MA", region_code="MA-06")).region_code == "MA-06"


def test_each_region_that_letters_name_is_one_that_the_engine_knows() -> None:
    for region in geography.regions("EG"):
        key = province_key(region.code)
        assert key
        assert province_code("EG", key) == region.code
    assert province_key("ES-B") == "B"
    assert province_code("IT", "TO") == "IT-TO"
    assert province_key("MA-06") == ""
    assert province_code("MA", "anything") == "anything"


@pytest.mark.parametrize("country", ["", "ZZ", "ALL", "all", "ma", "../x", "XX", "M" * 500])
def test_what_is_no_country_has_no_address(country: str) -> None:
    assert wrong(PostalAddress(country, "12 rue X", "Y")) == ["country_code"]
    assert not country_rules(country).provinces
    assert cities_of(country, f"{country}-1") == ()


def test_towns_are_a_list_where_the_post_has_one() -> None:
    assert "Las Condes" in cities_of("CL", "CL-RM") or cities_of("CL", "CL-RM")
    assert cities_of("MA", "MA-06") == ()


@pytest.mark.parametrize("language", ["ar", "fr", "en"])
def test_a_refusal_has_an_example_of_the_country(language: str) -> None:
    with translation.override(language), pytest.raises(BadAddress) as refused:
        read_address(parts("TN", postal_code="ABC"))
    assert country_rules("TN").postal_code_example in str(refused.value.errors["postal_code"])
