"""What can go wrong with a company's details, with a message for the buyer."""

from typing import ClassVar

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import Invalid


class CompanyRefused(Invalid):
    """What is wrong with a company, and in which of its fields."""

    field: ClassVar[str] = "company_name"


class CompanyNotNamed(CompanyRefused):
    """A company's number or reference without its name."""

    code = "company_not_named"
    message = _("Enter the company's name.")


class NameRefused(CompanyRefused):
    """A name or reference that carries an address."""

    code = "company_name_refused"
    message = _("Leave web and e-mail addresses out of the company's name and reference.")


class CompanyNumberWrong(CompanyRefused):
    """A number that is none of its country, or is missing where invoices must have it."""

    field = "company_number"
    code = "company_number_wrong"
    message = _("Check this number, digit by digit: %(label)s. It stands on the invoice.")
