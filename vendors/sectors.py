"""The eighteen sectors of Morocco's register of cooperatives (ODCO)."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SECTORS: dict[str, Promise] = {
    "agriculture": _("farming"),
    "handicrafts": _("handicrafts"),
    "argan": _("argan"),
    "food": _("food products"),
    "plants": _("medicinal and aromatic plants"),
    "housing": _("housing"),
    "fishing": _("fishing"),
    "forestry": _("forestry"),
    "tourism": _("tourism"),
    "transport": _("transport"),
    "education": _("literacy and education"),
    "labour": _("labour"),
    "waste": _("waste treatment"),
    "consumption": _("consumers"),
    "quarries": _("quarries"),
    "consulting": _("consulting and management"),
    "retail": _("retail traders"),
    "communication": _("communication"),
}

CHOICES = list(SECTORS.items())


def sector_name(slug: str) -> str:
    """The sector's name in the reader's language; its slug when unknown."""
    return str(SECTORS.get(slug, slug))
