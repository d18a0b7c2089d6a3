"""The eighteen sectors in which Morocco's register of cooperatives (ODCO) counts them."""

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
    """The sector's name in the reader's language; the slug itself for one we do not know."""
    return str(SECTORS.get(slug, slug))
