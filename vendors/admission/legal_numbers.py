"""Whether a register's or tax office's number has the form that its country gives it."""

import re

from django.utils.translation import gettext_lazy as _

from marketplace.core.formats import western_digits

LONGEST = 30
_FORMS = {
    ("MA", "ice"): (re.compile(r"[0-9]{15}"), _("The ICE has 15 digits.")),
    ("MA", "if"): (re.compile(r"[0-9]{7,8}"), _("The tax identifier has 7 or 8 digits.")),
    ("MA", "tp"): (re.compile(r"[0-9]{8}"), _("The business tax number has 8 digits.")),
}
_ANY = re.compile(r"(?=.*[0-9])[0-9A-Za-z/.-]{1,30}")
# One or two letters and five or six digits are a person's card in Morocco, never a register's.
_OF_A_PERSON = re.compile(r"[A-Za-z]{1,2}[0-9]{5,6}")


class BadLegalNumber(ValueError):
    """The number cannot be one of its kind; the text says why."""


def read_legal_number(country: str, kind: str, typed: str) -> str:
    """The number in Western digits without spaces; empty for nothing. Raises BadLegalNumber."""
    text = "".join(western_digits(typed).split())
    text = "".join(sign for sign in text if sign.isprintable())
    if not text:
        return ""
    pattern, why = _FORMS.get(
        (country, kind), (_ANY, _("Use digits, letters, hyphens and strokes only."))
    )
    if not pattern.fullmatch(text):
        raise BadLegalNumber(str(why))
    if _OF_A_PERSON.fullmatch(text):
        raise BadLegalNumber(
            str(_("This looks like a person's identity card. Enter the cooperative's number."))
        )
    return text
