"""Errors of issuing and crediting commission invoices."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class MonthNotOver(TwizaError):
    """A month is invoiced once it has ended in the programme's time zone."""

    code = "month_not_over"
    message = _(
        "This month has not ended yet. Its commission is invoiced after the end of the month."
    )


class MentionsMissing(TwizaError):
    """A mention required by law on an invoice is not known of its issuer."""

    code = "mentions_missing"
    message = _(
        "Before invoicing, these details of the programme's payer are required: %(missing)s."
    )


class NoCommissionTaxRate(TwizaError):
    """No VAT rate on the commission is known, and no exemption."""

    code = "no_commission_tax_rate"
    message = _("There is no VAT rate on commission for %(country)s on %(on)s.")


class AlreadyCredited(TwizaError):
    """An invoice is credited once, a credit note never."""

    code = "already_credited"
    message = _("This invoice has already been cancelled, or is itself a credit note.")
