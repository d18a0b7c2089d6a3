"""The period for returns as a text, for the reader's country."""

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from marketplace.core.formats import Format
from marketplace.orders.return_periods import return_period


def return_span(country: str, written: Format, on: date | None = None) -> str:
    """``14 days`` or ``10 working days``: the rule of a country on a day (today by default)."""
    period = return_period(country, on or timezone.localdate())
    if period.in_working_days:
        text = ngettext("%(days)s working day", "%(days)s working days", period.days)
    else:
        text = ngettext("%(days)s day", "%(days)s days", period.days)
    return text % {"days": written.number(period.days)}


def returns_title(country: str, written: Format) -> str:
    """``Returns within 14 days``."""
    return _("Returns within %(span)s") % {"span": return_span(country, written)}
