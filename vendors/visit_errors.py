"""Errors of visits."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class VisitInFuture(TwizaError):
    """A visit was logged for a day that has not come."""

    code = "visit_in_future"
    message = _("This day has not come yet. Log a visit once it has taken place.")


class SessionNumber(TwizaError):
    """An individual session has no number from 1 to 12, or another kind has one."""

    code = "session_number"
    message = _("Choose which of the 12 individual sessions it was.")


class VisitTooOld(TwizaError):
    """A visit was corrected after the time for it."""

    code = "visit_too_old"
    message = _("A visit can be corrected for a week. Log another one that says what was wrong.")
