"""What buyers and cooperatives write of a product, made safe to store, and its language."""

from django.utils.translation import gettext_lazy as _

from marketplace.conversations.errors import MessageTooLong, NothingWritten
from marketplace.conversations.texts import clean_text
from marketplace.reviews.errors import ReviewTooLong

LONGEST = 2_000
LONGEST_NAME = 40
UNKNOWN = "und"
LANGUAGES = (
    ("ar", _("Arabic")),
    ("fr", _("French")),
    ("en", _("English")),
    (UNKNOWN, _("another language")),
)


def clean_words(text: str) -> str:
    """The words as they are kept, empty where there are none; raises ReviewTooLong."""
    try:
        found = clean_text(text)
    except NothingWritten:
        return ""
    except MessageTooLong:
        raise ReviewTooLong from None
    if len(found) > LONGEST:
        raise ReviewTooLong
    return found


def language_of(text: str, said: str) -> str:
    """The language that was said, unless the script shows that it is another."""
    arabic = sum(1 for sign in text if "\u0600" <= sign <= "\u06ff" and sign.isalpha())
    latin = sum(1 for sign in text if sign.isalpha() and sign < "\u0250")
    if arabic > latin:
        return "ar" if said != UNKNOWN else UNKNOWN
    return UNKNOWN if said == "ar" and latin else said
