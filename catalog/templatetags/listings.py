"""Template tags for the pages on which revisions are written and reviewed."""

from dataclasses import dataclass

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog import quality
from catalog.content import RevisionContent
from catalog.markets import MARKETS
from catalog.materials import Shown, shown
from catalog.models import ListingRevision

register = template.Library()


@dataclass(frozen=True)
class PriceRow:
    """A price of a revision, in minor units of its market's currency."""

    market: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class TextRow:
    """A revision's text in one language."""

    language: str
    name: str
    description: str


@register.simple_tag
def listing_name(revision: ListingRevision, *, plain: bool = False) -> str | SafeString:
    """A revision's name in the reader's language or its own, isolated from the text around it."""
    name = revision.proposed.text(get_language() or "ar").name or _("without a name")
    return name if plain else format_html("<bdi>{}</bdi>", name)


@register.filter
def price_rows(content: RevisionContent) -> list[PriceRow]:
    """Prices in the order of the markets."""
    return [
        PriceRow(str(m.name), content.prices[m.channel_slug], m.currency)
        for m in MARKETS
        if m.channel_slug in content.prices
    ]


@register.filter
def text_rows(content: RevisionContent) -> list[TextRow]:
    """Texts by language, Arabic first."""
    texts = ((code, content.texts.get(code)) for code in ("ar", "fr", "en"))
    return [
        TextRow(code, text.name, text.description)
        for code, text in texts
        if text and (text.name or text.description)
    ]


@register.filter
def material_lines(content: RevisionContent) -> list[Shown]:
    """What it is made of, in the reader's language; words without a code in their own."""
    return shown(content.material_codes, content.own_materials(), get_language() or "ar")


@register.filter
def mark_name(mark: str) -> str:
    """The name of a quality mark."""
    return quality.mark_name(mark)
