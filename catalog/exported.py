"""A cooperative's listings as a table that an import reads back: the same facts, cell by cell.

The columns are those of ``import_headings`` by their own names, which every import understands.
"""

from catalog.categories import category_slug_of, find_category
from catalog.content import (
    HEAVIEST_GRAMS,
    LARGEST_AMOUNT_MINOR,
    MOST_PIECES,
    ListingText,
    RevisionContent,
)
from catalog.import_rows import is_country, net_quantity_of
from catalog.import_texts import LANGUAGES, as_written, lines_as_written, one_line
from catalog.markets import MARKETS
from catalog.materials import materials
from catalog.quality import marks
from catalog.taxonomy import find_listing_type
from marketplace.core.money import Money

Value = str | int | Money
_PARTS = ("name", "description", "materials")
_TEXTS = tuple(f"{part}_{lang}" for part in _PARTS for lang in LANGUAGES)
_PRICES = {f"price_{market.channel_slug.lower()}": market for market in MARKETS}
_FACTS = "source_language category taxonomy materials quality_marks net_quantity origin_country"
COLUMNS = ("key", *_TEXTS, *_FACTS.split(), "hs_code", "weight_grams", "quantity", *_PRICES)


def has_name(content: RevisionContent) -> bool:
    """Whether an import can read a listing back: it needs a name with a letter in it."""
    return any(sign.isalpha() for sign in _first_name(content))


def values_of(key: str, content: RevisionContent, quantity: int) -> list[Value]:
    """The cells of a listing in the order of COLUMNS; ``quantity`` is what is in stock now."""
    cells: dict[str, Value] = {"key": as_written(one_line(key))}
    for language in LANGUAGES:
        text = content.texts.get(language, ListingText())
        cells[f"name_{language}"] = as_written(one_line(text.name))
        cells[f"description_{language}"] = lines_as_written(text.description)
        cells[f"materials_{language}"] = as_written(one_line(text.materials))
    cells |= _facts(content)
    if 0 < content.weight_grams <= HEAVIEST_GRAMS:
        cells["weight_grams"] = content.weight_grams
    cells["quantity"] = min(max(quantity, 0), MOST_PIECES)
    for column, market in _PRICES.items():
        amount = content.prices.get(market.channel_slug, 0)
        if 0 < amount <= LARGEST_AMOUNT_MINOR:
            cells[column] = Money(amount, market.currency)
    return [cells.get(column, "") for column in COLUMNS]


def _facts(content: RevisionContent) -> dict[str, Value]:
    """The facts with a code; what an import would add to them is here already."""
    kind = find_listing_type(content.taxonomy_slug)
    usual = category_slug_of(kind.slug) if kind else "other"
    category = find_category(content.category_slug)
    net = net_quantity_of(one_line(content.net_quantity), _first_name(content))
    code = one_line(content.hs_code) or (kind.hs_code if kind else "")
    country = content.origin_country.upper()
    return {
        "source_language": _source(content),
        "category": category.slug if category else usual,
        "taxonomy": kind.slug if kind else "",
        "materials": "|".join(dict.fromkeys(c for c in content.material_codes if c in materials())),
        "quality_marks": "|".join(mark for mark in content.quality_marks if mark in marks()),
        "net_quantity": as_written(net),
        "origin_country": country if is_country(country) else "",
        "hs_code": as_written(code),
    }


def _source(content: RevisionContent) -> str:
    named = [lang for lang in LANGUAGES if one_line(content.texts.get(lang, ListingText()).name)]
    return content.source_language if content.source_language in named else "".join(named[:1])


def _first_name(content: RevisionContent) -> str:
    texts = (content.texts.get(language) for language in LANGUAGES)
    return next((name for text in texts if text and (name := one_line(text.name))), "")
