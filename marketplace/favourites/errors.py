"""Errors of favourites."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError


class TooManyKept(TwizaError):
    """An account keeps at most so many products."""

    code = "too_many_favourites"
    message = _("You have %(most)s favourites, the most there can be. Remove one first.")
