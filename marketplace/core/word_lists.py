"""Things listed in one sentence, with the comma or semicolon of the reader's language."""

from collections.abc import Iterable

from django.utils.translation import get_language
from django.utils.translation import gettext as _

_ARABIC = {",": "،", ";": "؛"}


def mark(western: str = ",", language: str = "") -> str:
    """The mark as a language, else the active one, writes it: ``،`` and ``؛`` in Arabic."""
    is_arabic = (language or get_language() or "").startswith("ar")
    return _ARABIC[western] if is_arabic else western


def colon(language: str = "") -> str:
    """The colon, in French after a no-break space."""
    is_french = (language or get_language() or "").startswith("fr")
    return "\u00a0:" if is_french else ":"


def listed(items: Iterable[object], western: str = ",", language: str = "") -> str:
    """The items in one line, a mark between them: ``honey, oil`` or ``عسل، زيت``."""
    return f"{mark(western, language)} ".join(str(item) for item in items)


def said_in(language: str) -> str:
    """In which language the words beside it are, said in the reader's; empty for another."""
    names = {"ar": _("in Arabic"), "fr": _("in French"), "en": _("in English")}
    return names.get(language, "")
