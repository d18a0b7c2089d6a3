"""A company that buys: its name, its number by the law of its country, its own order's number.

The numbers are checked by python-stdnum, form and check digits; whether the company exists and is
still registered is for the seller to ask. Kept with our checkout and order, and with the invoice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import stdnum.eg.tn
import stdnum.eu.vat
import stdnum.ma.ice
import stdnum.sn.ninea
import stdnum.tn.mf
from stdnum.exceptions import ValidationError

from marketplace.core.formats import western_digits
from marketplace.core.person_names import has_an_address, plain_line
from marketplace.orders.company_errors import CompanyNotNamed, CompanyNumberWrong, NameRefused
from marketplace.orders.company_labels import number_label

LONGEST_NAME, LONGEST_NUMBER, LONGEST_REFERENCE = 120, 30, 40
SHORTEST_NUMBER = 4
# Since 2018 invoices to companies name the customer's common identifier (General Tax Code of
# Morocco, article 145); elsewhere a company may leave its number out.
REQUIRED_IN = frozenset({"MA"})
_CHECKS: dict[str, Callable[[str], str]] = {
    "MA": stdnum.ma.ice.validate,
    "EG": stdnum.eg.tn.validate,
    "SN": stdnum.sn.ninea.validate,
    "TN": stdnum.tn.mf.validate,
}


@dataclass(frozen=True)
class Company:
    """Who is invoiced; all empty for a household."""

    company_name: str = ""
    company_number: str = ""
    purchase_order: str = ""


def checked(company: Company, country: str, on: date) -> Company:
    """The company as it is kept; one without a name is none.

    Raises CompanyNotNamed for a number without a name, NameRefused for a name or a reference with
    a web or e-mail address, CompanyNumberWrong for a number that the country does not give, and
    for a missing one where the law wants it on invoices.
    """
    name, reference = plain_line(company.company_name), plain_line(company.purchase_order)
    number = western_digits(plain_line(company.company_number))
    if not name:
        if number or reference:
            raise CompanyNotNamed
        return Company()
    if has_an_address(name) or has_an_address(reference):
        raise NameRefused
    if not number and country not in REQUIRED_IN:
        return Company(name[:LONGEST_NAME], "", reference[:LONGEST_REFERENCE])
    try:
        number = _checked_number(number, country)
    except ValidationError as error:
        raise CompanyNumberWrong(label=number_label(country, on)) from error
    return Company(name[:LONGEST_NAME], number, reference[:LONGEST_REFERENCE])


def _checked_number(number: str, country: str) -> str:
    """The number without spaces and marks; raises stdnum's ValidationError."""
    if country in _CHECKS:
        return str(_CHECKS[country](number))
    if country.lower() in stdnum.eu.vat.MEMBER_STATES:
        prefix = "EL" if country == "GR" else country
        plain = "".join(sign for sign in number.upper() if sign.isalnum())
        return str(stdnum.eu.vat.validate(f"{prefix}{plain.removeprefix(prefix)}"))
    plain = "".join(sign for sign in number if sign.isalnum())
    if not plain.isascii() or not SHORTEST_NUMBER <= len(plain) <= LONGEST_NUMBER:
        raise ValidationError
    return plain
