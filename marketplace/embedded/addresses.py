"""Checking and saving addresses, as Saleor does."""

from dataclasses import dataclass
from typing import Any, TypedDict

from marketplace.embedded.address_rules import are_areas_listed, normal_address, normal_phone
from marketplace.embedded.errors import CommandError, Problem
from marketplace.embedded.metadata import MetadataItem, metadata_dict
from marketplace.embedded.models import Address

_MESSAGES = {
    "REQUIRED": "This field is required.",
    "INVALID": "This value is not valid for the address.",
}


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


@dataclass(frozen=True, slots=True)
class AddressChecks:
    """What of an address is checked; `address_type` (BILLING, SHIPPING) is told with refusals."""

    required: bool = True
    form: bool = True
    normalize: bool = True
    address_type: str | None = None


def check_address(data: AddressData, checks: AddressChecks | None = None) -> dict[str, str]:
    """Return an address's fields as they are stored.

    Refuses, as Saleor: REQUIRED without a country; INVALID for a telephone number, first and
    alone; then REQUIRED and INVALID by field, a province that is listed by name REQUIRED twice.
    With ``skip_validation`` forms are not checked, but the telephone number is, in the end.
    """
    checks = checks or AddressChecks()
    fields = {name: _text(dict(data).get(name)) for name in Address.FIELDS}
    checks_form = checks.form and not data.get("skip_validation")
    if not fields["country"]:
        raise _refusal({"country": "REQUIRED"}, checks)
    phone = normal_phone(fields["phone"], fields["country"]) if fields["phone"] else ""
    if phone is None and checks_form:
        message = f"'{fields['phone']}' is not a valid phone number."
        raise _refusal({"phone": "INVALID"}, checks, message)
    written, codes = normal_address(fields)
    listed = codes.get("countryArea") == "REQUIRED" and are_areas_listed(fields["country"])
    codes = {
        field: code
        for field, code in codes.items()
        if (checks.required if code == "REQUIRED" else checks_form)
    }
    if codes:
        raise _refusal(codes, checks, twice="countryArea" if listed else "")
    if phone is None:
        message = "The phone number entered is not valid."
        raise _refusal({"phone": "INVALID"}, AddressChecks(), message)
    return {**(written if checks.normalize else fields), "phone": phone}


def save_address(
    data: AddressData, *, existing: Address | None = None, checks: AddressChecks | None = None
) -> Address:
    """Save an AddressInput as a new address, or over an existing one.

    Refuses what `check_address` refuses of the whole address.
    """
    row = existing or Address()
    whole = {name: dict(data).get(name, getattr(row, name)) for name in Address.FIELDS}
    given: Any = {**data, **whole}
    for name, value in check_address(given, checks).items():
        setattr(row, name, value)
    row.metadata.update(metadata_dict(data.get("metadata")))
    row.save()
    return row


def _text(value: Any) -> str:
    """A field's text; of a member of an enumeration, its value."""
    return str(getattr(value, "value", value) or "")


def _refusal(
    codes: dict[str, str], checks: AddressChecks, message: str = "", twice: str = ""
) -> CommandError:
    extra = {"address_type": checks.address_type} if checks.address_type else {}
    problems = [
        Problem(code, message or _MESSAGES[code], field, extra) for field, code in codes.items()
    ]
    return CommandError(*problems, *(each for each in problems if each.field == twice))
