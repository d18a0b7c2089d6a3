"""Why an invoice of the commission cannot be issued."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class MonthNotOver(TwizaError):
    """A month is invoiced once it has ended in the programme's time zone."""

    code = "month_not_over"
    message = _("This month is not over yet. Its commission is invoiced afterwards.")


class MentionsMissing(TwizaError):
    """Something that the law wants on an invoice is not known of its issuer."""

    code = "mentions_missing"
    message = _("An invoice needs these of the programme's payer first: %(missing)s.")


class NoCommissionTaxRate(TwizaError):
    """No dated VAT rate on the commission, and no reason for charging none."""

    code = "no_commission_tax_rate"
    message = _("No VAT rate on the commission is known for %(country)s on %(on)s.")


class AlreadyCredited(TwizaError):
    """An invoice is taken back once, a credit note never."""

    code = "already_credited"
    message = _("This paper was taken back already, or is a credit note itself.")
