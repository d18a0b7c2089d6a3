"""What countries call the number of a company."""

from datetime import date

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vendors.legal_mentions import SELLER, mentions_for

_KINDS = ("ice", "tax_id")


def number_label(country: str, on: date, language: str = "") -> str:
    """What a country calls the number of a company: ICE, NINEA, VAT number."""
    language = language or get_language() or "en"
    rules = [rule for rule in mentions_for(country, SELLER, on) if rule.kind in _KINDS]
    return rules[0].label(language) if rules else _("VAT number")
