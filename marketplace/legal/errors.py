"""What can go wrong with a legal text, with a message for the reader."""

from django.utils.translation import gettext_lazy as _

from marketplace.core.errors import NotFound, TwizaError


class TextNotFound(NotFound):
    """No such version of a text."""

    code = "legal_text_not_found"


class BeginsInThePast(TwizaError):
    """Orders of days that are over accepted what was in force then."""

    code = "legal_text_begins_in_the_past"
    message = _("A text begins today or later: orders of the past keep what they accepted.")


class LanguageMissing(TwizaError):
    """A text is published in every language of the shop."""

    code = "legal_text_language_missing"
    message = _("Write the text in every language of the shop.")


class SameText(TwizaError):
    """Nothing was changed."""

    code = "legal_text_unchanged"
    message = _("This is the text in force. Change it before you publish it.")
