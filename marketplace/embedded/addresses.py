"""Checking and saving addresses, as Saleor does."""

from typing import TypedDict

from marketplace.embedded.errors import refuse
from marketplace.embedded.metadata import MetadataItem, metadata_dict
from marketplace.embedded.models import Address

# Of the countries we deliver to, those whose provinces Saleor knows by their codes and requires.
_PROVINCE_REQUIRED = frozenset({"ES", "IT"})
_PROVINCE_KNOWN = _PROVINCE_REQUIRED | {"EG"}


class AddressData(TypedDict, total=False):
    """An AddressInput; `country` is an ISO 3166 alpha-2 code."""

    first_name: str | None
    last_name: str | None
    company_name: str | None
    street_address_1: str | None
    street_address_2: str | None
    city: str | None
    city_area: str | None
    postal_code: str | None
    country: str | None
    country_area: str | None
    phone: str | None
    metadata: list[MetadataItem] | None
    skip_validation: bool | None


def province_problem(country: str, area: str, *, required: bool) -> str | None:
    """Return the code with which Saleor refuses a province (REQUIRED or INVALID), or None.

    It takes ``B`` in Spain, not ``ES-B``. In countries whose provinces it does not know it takes
    anything.
    """
    if country in _PROVINCE_REQUIRED and not area:
        return "REQUIRED" if required else None
    return "INVALID" if country in _PROVINCE_KNOWN and area.startswith(f"{country}-") else None


def save_address(
    data: AddressData, *, existing: Address | None = None, field: str = "country"
) -> Address:
    """Save an AddressInput as a new address, or over an existing one.

    Refuses REQUIRED without a country; without ``skip_validation`` also when street or city are
    missing, which Saleor requires in most countries.
    """
    row = existing or Address()
    for name in Address.FIELDS:
        if name in data:
            setattr(row, name, dict(data)[name] or "")
    if not row.country:
        raise refuse("REQUIRED", "This field is required.", field=field)
    required = not data.get("skip_validation")
    if code := province_problem(row.country, row.country_area, required=required):
        raise refuse(code, "This value is not valid for the address.", field="countryArea")
    if required:
        for value, label in ((row.street_address_1, "streetAddress1"), (row.city, "city")):
            if not value.strip():
                raise refuse("REQUIRED", "This field is required.", field=label)
    row.metadata.update(metadata_dict(data.get("metadata")))
    row.save()
    return row
