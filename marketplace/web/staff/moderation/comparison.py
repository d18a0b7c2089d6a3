"""A revision compared with what buyers see now, field by field."""

from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.categories import find_category
from catalog.content import RevisionContent, VariantContent
from catalog.markets import MARKETS
from catalog.materials import names_in
from catalog.quality import mark_name
from catalog.taxonomy import find_listing_type
from marketplace.core.formats import Format
from marketplace.core.market_usage import market_spoken_to
from marketplace.core.word_lists import listed

_LANGUAGES = (("ar", "العربية"), ("fr", "Français"), ("en", "English"))


@dataclass(frozen=True)
class Difference:
    """One field: what buyers see now (empty: nothing), what is proposed, and its language."""

    label: str
    before: str
    after: str
    lang: str = ""

    @property
    def changed(self) -> bool:
        """Whether the revision changes it."""
        return self.before != self.after


def compare(before: RevisionContent | None, after: RevisionContent) -> list[Difference]:
    """Every field that either of the two has, in the order of the listing's page."""
    rows = [*_text_rows(before, after), *_fact_rows(before, after), *_price_rows(before, after)]
    rows += _variant_rows(before, after)
    return [row for row in rows if row.before or row.after]


def new_photos(before: RevisionContent | None, after: RevisionContent) -> set[UUID]:
    """Photographs that buyers have not seen yet."""
    return set(after.media) - set(before.media if before else [])


def _text_rows(before: RevisionContent | None, after: RevisionContent) -> list[Difference]:
    rows = []
    for code, label in _LANGUAGES:
        old, new = before.texts.get(code) if before else None, after.texts.get(code)
        rows += [
            Difference(
                _("Name · %(language)s") % {"language": label},
                old.name if old else "",
                new.name if new else "",
                code,
            ),
            Difference(
                _("Description · %(language)s") % {"language": label},
                old.description if old else "",
                new.description if new else "",
                code,
            ),
        ]
    return rows


def _fact_rows(before: RevisionContent | None, after: RevisionContent) -> list[Difference]:
    old, new = _facts(before) if before else {}, _facts(after)
    facts = [Difference(label, old.get(label, ""), text) for label, text in new.items()]
    return [*facts, *_own_material_rows(before, after)]


def _own_material_rows(before: RevisionContent | None, after: RevisionContent) -> list[Difference]:
    """Materials that no code names, by the language in which they are written."""
    old, new = before.own_materials() if before else {}, after.own_materials()
    return [
        Difference(
            _("Other materials · %(language)s") % {"language": label},
            old.get(code, ""),
            new.get(code, ""),
            code,
        )
        for code, label in _LANGUAGES
    ]


def _facts(content: RevisionContent) -> dict[str, str]:
    language = get_language() or "en"
    category, listing_type = (
        find_category(content.category_slug),
        find_listing_type(content.taxonomy_slug),
    )
    weight = f"{_format().number(content.weight_grams)} {_('g')}"
    return {
        _("Category"): category.name(language) if category else "",
        _("Product type"): listing_type.name(language) if listing_type else "",
        _("Customs code (HS)"): content.hs_code,
        _("Origin"): _format().country(content.origin_country) if content.origin_country else "",
        _("Materials"): listed(names_in(content.material_codes, language)),
        _("Quality marks"): listed(mark_name(mark) for mark in content.quality_marks),
        _("Net quantity, as on the label"): content.net_quantity,
        _("Weight with packaging"): weight if content.weight_grams else "",
    }


def _price_rows(before: RevisionContent | None, after: RevisionContent) -> list[Difference]:
    return [
        Difference(
            _("Price in %(market)s") % {"market": market.name},
            _price(before, market.channel_slug, market.currency),
            _price(after, market.channel_slug, market.currency),
        )
        for market in MARKETS
    ]


def _variant_rows(before: RevisionContent | None, after: RevisionContent) -> list[Difference]:
    """Each further size or colour, with its prices and weight."""
    old = {each.id: _variant(each) for each in before.further_variants} if before else {}
    first = before.variant_name if before else ""
    return [
        Difference(_("First size or colour"), first, after.variant_name),
        *(
            Difference(_("Size or colour"), old.get(each.id, ""), _variant(each))
            for each in after.further_variants
        ),
    ]


def _variant(variant: VariantContent) -> str:
    prices = [
        _format().money(variant.prices[market.channel_slug], market.currency)
        for market in MARKETS
        if market.channel_slug in variant.prices
    ]
    weight = f"{_format().number(variant.weight_grams)} {_('g')}"
    return " · ".join([variant.name, *prices, weight])


def _price(content: RevisionContent | None, channel: str, currency: str) -> str:
    amount = content.prices.get(channel) if content else None
    if amount is None:
        return ""
    return _format().money(amount, currency)


def _format() -> Format:
    """The page's own: one system of digits, whichever market a price is for."""
    return Format(get_language() or "en", market_spoken_to() or "ma")
