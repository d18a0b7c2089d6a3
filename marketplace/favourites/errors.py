"""Errors of favourites."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import NotFound, TwizaError


class TooManyKept(TwizaError):
    """An account keeps at most so many products."""

    code = "too_many_favourites"
    message = _("You have %(most)s favourites, the most there can be. Remove one first.")


class TooManyFollowed(TwizaError):
    """An account follows at most so many cooperatives."""

    code = "too_many_followed"
    message = _("You follow %(most)s cooperatives, the most there can be. Remove one first.")


class StopLinkNotValid(NotFound):
    """The link of a mail about new products is not one of ours, or its account is gone."""

    code = "stop_link_not_valid"
