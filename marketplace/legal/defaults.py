"""Standard texts, in force until somebody of the programme has approved one of their own.

Files in ``defaults/``, one for each kind and language, with the programme's facts in ``$name``.
They describe what this shop does; no lawyer has read them for any market, and they say so.
"""

from datetime import date
from functools import cache
from pathlib import Path
from string import Template

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from catalog.markets import Market
from marketplace.core.formats import Format
from marketplace.core.market_usage import as_said_here, speaking
from marketplace.core.phones import shown_phone
from marketplace.core.word_lists import listed
from marketplace.legal.models import ProgrammeContact
from marketplace.orders.return_periods import return_period
from vendors.legal_mentions import ADDRESS, PAYER, VAT_EXEMPTION, mentions_for
from vendors.models import Programme
from vendors.queries import payer_identifiers

FOLDER = Path(__file__).parent / "defaults"
LANGUAGES = ("ar", "fr", "en")
# Unicode's isolates: the direction is that of the first letter inside.
_ISOLATE, _END = "\u2068", "\u2069"


def default_texts(programme: Programme, market: Market, kind: str, on: date) -> dict[str, str]:
    """The standard text in every language, with the programme's facts of a day."""
    found = {}
    for language in LANGUAGES:
        with speaking(language, market.code):
            text = as_said_here(_text(kind, language), language)
            facts = _facts(programme, market, language, on)
            found[language] = Template(text).substitute(_isolated(facts))
    return found


def _isolated(facts: dict[str, str]) -> dict[str, str]:
    """A name or address in another script keeps its own direction inside the sentence."""
    return {name: _isolate(fact) for name, fact in facts.items()}


def _isolate(text: str) -> str:
    return f"{_ISOLATE}{text}{_END}"


def _facts(programme: Programme, market: Market, language: str, on: date) -> dict[str, str]:
    contact, missing = contact_of(programme), _("not stated yet")
    known = payer_identifiers(programme, on)
    identifiers = _labelled(programme, known, language, on)
    return {
        "programme": programme.name_in(language),
        "payer": programme.legal_payer,
        "identifiers": listed(f"{label} {value}" for label, value in identifiers) or missing,
        "address": contact.address or known.get(ADDRESS) or missing,
        "email": contact.email or missing,
        "phone": shown_phone(contact.phone) or missing,
        "hours": contact.hours.get(language) or missing,
        "director": contact.director or missing,
        "hosting": contact.hosting or missing,
        "market": str(market.name),
        "period": _period(market, language, on),
    }


def reached(programme: Programme, language: str, on: date) -> dict[str, str]:
    """How buyers reach a programme, as far as it has said it: empty texts for the rest."""
    contact = contact_of(programme)
    home = (programme.country_codes or [""])[0]
    return {
        "email": contact.email,
        "phone": contact.phone,
        "shown_phone": shown_phone(contact.phone, home) if contact.phone else "",
        "hours": contact.hours.get(language, ""),
        "address": address_of(programme, on),
    }


def contact_of(programme: Programme) -> ProgrammeContact:
    """How a programme is reached; an empty row while nobody has said it."""
    found = ProgrammeContact.objects.filter(programme=programme).first()
    return found or ProgrammeContact(programme=programme)


def address_of(programme: Programme, on: date) -> str:
    """The postal address for buyers, else the one on the programme's documents."""
    return contact_of(programme).address or payer_identifiers(programme, on).get(ADDRESS, "")


def _labelled(
    programme: Programme, known: dict[str, str], language: str, on: date
) -> list[tuple[str, str]]:
    """Labels and numbers under which the programme's payer is registered."""
    country = (programme.country_codes or ["MA"])[0]
    written = _isolate if language == "ar" else str
    return [
        (rule.label(language), written(known[rule.kind]))
        for rule in mentions_for(country, PAYER, on)
        if known.get(rule.kind) and rule.kind not in {ADDRESS, VAT_EXEMPTION}
    ]


def _period(market: Market, language: str, on: date) -> str:
    rule = return_period(market.default_country, on)
    if rule.in_working_days:
        text = ngettext("%(days)s working day", "%(days)s working days", rule.days)
    else:
        text = ngettext("%(days)s day", "%(days)s days", rule.days)
    return text % {"days": Format(language, market.code).number(rule.days)}


@cache
def _text(kind: str, language: str) -> str:
    return (FOLDER / f"{kind}.{language}.md").read_text(encoding="utf-8")
