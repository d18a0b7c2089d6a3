"""Errors of search and of its settings by staff."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import TwizaError, Unavailable


class TooFewPhrases(TwizaError):
    """A group of synonyms has fewer than two phrases, or too many, or one that is too long."""

    code = "too_few_phrases"
    message = _("Enter 2 to 30 words or phrases, one per line, each of at most 80 characters.")


class NothingToBlock(TwizaError):
    """A text to block has no word, or is too long."""

    code = "nothing_to_block"
    message = _("Enter a word or a phrase of at most 80 characters.")


class AlreadyUndone(TwizaError):
    """This change was undone before, or a later one builds on it."""

    code = "already_undone"
    message = _("This change can no longer be undone: a later change depends on it.")


class SearchServerUnavailable(Unavailable):
    """The search server does not respond."""

    # Callers of the API read it.
    code = "search_server_away"
    message = _("Search is unavailable at the moment. Please try again in a minute.")
    what = "The search server"


class SearchServerRefused(TwizaError):
    """The search server refused documents; they are sent again."""

    code = "search_server_refused"
    message = _("The search server refused %(count)s documents: %(first)s")
    retry = True
