"""Quality marks of listings, and their names."""

from django.utils.translation import gettext_lazy as _

MARK_NAMES = {
    "igp": _("Protected geographical indication (IGP)"),
    "aop": _("Protected designation of origin (AOP)"),
    "organic": _("Organic"),
    "fair-trade": _("Fair trade"),
    "label": _("Agricultural label"),
}
MARKS = tuple(MARK_NAMES)


def mark_name(mark: str) -> str:
    """The mark's name in the reader's language; the code of an unknown one."""
    return str(MARK_NAMES.get(mark, mark))
