"""Expected errors of long jobs."""

from http import HTTPStatus

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class TooManyJobs(TwizaError):
    """Somebody has as many jobs waiting as one person may have (429)."""

    code = "too_many_jobs"
    message = _(
        "You have as many tasks under way as one person may have (%(most)s). Wait for one of them "
        "to end, or cancel one, then ask again."
    )
    status = HTTPStatus.TOO_MANY_REQUESTS


class NoLongerCovered(TwizaError):
    """The result holds more of the programme than its owner may see now (403)."""

    code = "no_longer_covered"
    message = _(
        "Your role has changed since this file was made: it holds more than you may see now. Ask "
        "for it again."
    )
    status = HTTPStatus.FORBIDDEN


class Cancelled(Exception):
    """Raised by ``progress`` in work that was cancelled, or that another worker has taken up."""
