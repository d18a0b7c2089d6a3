"""A row of an import file: the proposed listing, or the errors in the row."""

import hashlib
import html
import re
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation

from django.conf import settings
from django.utils.translation import gettext as _

from catalog.categories import category_slug_of
from catalog.content import LONGEST_DESCRIPTION, ListingText, RevisionContent
from catalog.markets import MARKETS, Market
from catalog.taxonomy import find_listing_type
from marketplace.core.money import Money

LANGUAGES = ("ar", "fr", "en")


LONGEST_KEY = 120


ALTERNATIVE_COLUMNS = {
    "key": "gtin13",
    "name": "name_as_entered",
    "description": "ingredients",
    "origin_country": "gs1_prefix_country",
}


DESCRIPTION_COLUMNS = {"description", "ingredients", *(f"description_{lang}" for lang in LANGUAGES)}


_ARABIC = re.compile(r"[\u0600-\u06ff]")


_COUNTRY = re.compile(r"[A-Za-z]{2}")


_AMOUNT = re.compile(r"\d{1,12}([.,]\d{1,4})?")


_CONTROL = re.compile(r"[\x00-\x1f\x7f]+")


_QUANTITY = re.compile(r"(?<![\w.])(\d+(?:[.,]\d+)?)\s?(kg|gr?|ml|cl|l)\b", re.IGNORECASE)


HEAVIEST_PACK = 25_000


_GRAMS = {"kg": 1000, "g": 1, "gr": 1, "l": 1000, "cl": 10, "ml": 1}


@dataclass(frozen=True)
class Defaults:
    """Values for rows that lack them. ``price`` is in the home market's currency."""

    market: Market
    price: Decimal = Decimal(20)
    weight_grams: int = 500
    quantity: int = 10
    category_slug: str = "other"


@dataclass
class ImportRow:
    """A row as read: its content, or its errors; ``notes`` list the values that we filled in.

    ``number`` is the row as a spreadsheet counts it (the heading is row 1), ``line`` the line of
    the file in which it begins.
    """

    number: int
    key: str
    name: str
    content: RevisionContent | None = None
    problem: str = ""
    notes: list[str] = field(default_factory=list)
    line: int = 0


def key_of(name: str) -> str:
    """The key of a row that has none, so that the same file does not import it twice."""
    key = f"name:{name.casefold()}"
    if len(key) <= LONGEST_KEY:
        return key
    return f"name:{hashlib.sha256(key.encode()).hexdigest()}"


def fill_content(
    read: ImportRow, row: dict[str, str], texts: dict[str, ListingText], defaults: Defaults
) -> None:
    taxonomy = cell(row, "taxonomy")
    listing_type = find_listing_type(taxonomy)
    if taxonomy and listing_type is None:
        read.notes.append(_("Unknown product type, ignored."))
        taxonomy = ""
    category = cell(row, "category") or (category_slug_of(taxonomy) if taxonomy else "")
    if any(len(cell(row, c)) > LONGEST_DESCRIPTION for c in row if c in DESCRIPTION_COLUMNS):
        read.notes.append(_("The description was cut after 4000 characters."))
    net_quantity, weight = _net_quantity(row, read.name)
    try:
        read.content = RevisionContent(
            texts=texts,
            source_language=next(iter(texts)),
            category_slug=category or defaults.category_slug,
            taxonomy_slug=taxonomy,
            hs_code=cell(row, "hs_code") or (listing_type.hs_code if listing_type else ""),
            origin_country=_country(read, row),
            materials=cell(row, "materials"),
            quality_marks=[m for m in cell(row, "quality_marks").split("|") if m],
            net_quantity=net_quantity,
            weight_grams=_whole(row, "weight_grams") or weight or defaults.weight_grams,
            prices=_prices(read, row, defaults),
            quantity=_quantity(row, defaults),
        )
    except (InvalidOperation, ValueError):
        read.problem = _("A price or number cannot be read.")


def _country(read: ImportRow, row: dict[str, str]) -> str:
    code = cell(row, "origin_country")
    if code and not _COUNTRY.fullmatch(code):
        read.notes.append(_("The origin is not a two-letter country code, ignored."))
        return ""
    return code.upper()


def texts_of(row: dict[str, str]) -> dict[str, ListingText]:
    """Texts by language; one without a language is Arabic if it has Arabic letters."""
    texts = {
        lang: ListingText(
            name=cell(row, f"name_{lang}"), description=_long(row, f"description_{lang}")
        )
        for lang in LANGUAGES
        if cell(row, f"name_{lang}")
    }
    if name := cell(row, "name"):
        lang = "ar" if _ARABIC.search(name) else settings.BASE_LANGUAGE
        texts.setdefault(lang, ListingText(name=name, description=_long(row, "description")))
    return texts


def cell(row: dict[str, str], column: str) -> str:
    text = row.get(column) or row.get(ALTERNATIVE_COLUMNS.get(column, ""), "")
    return " ".join(_CONTROL.sub(" ", html.unescape(text)).split())


def _long(row: dict[str, str], column: str) -> str:
    return cell(row, column)[:LONGEST_DESCRIPTION]


def _whole(row: dict[str, str], column: str) -> int | None:
    text = cell(row, column)
    return int(text) if text else None


def _quantity(row: dict[str, str], defaults: Defaults) -> int:
    found = _whole(row, "quantity")
    return defaults.quantity if found is None else found


def _prices(read: ImportRow, row: dict[str, str], defaults: Defaults) -> dict[str, int]:
    prices = {
        market.channel_slug: _amount(text, market.currency)
        for market in MARKETS
        if (text := cell(row, f"price_{market.channel_slug}"))
    }
    if not prices:
        home = Money.from_decimal(defaults.price, defaults.market.currency)
        prices[defaults.market.channel_slug] = home.amount_minor
        read.notes.append(
            _("No price in the file: %(price)s %(currency)s used.")
            % {"price": home.decimal, "currency": home.currency}
        )
    return prices


def _amount(text: str, currency: str) -> int:
    if not _AMOUNT.fullmatch(text):
        raise ValueError(text)
    return Money.from_decimal(text.replace(",", "."), currency).amount_minor


def _net_quantity(row: dict[str, str], name: str) -> tuple[str, int | None]:
    """Labelled content and its grams (millilitres), from its column or from the name."""
    text = cell(row, "net_quantity") or name
    match = _QUANTITY.search(text)
    if match is None:
        return cell(row, "net_quantity"), None
    unit = match[2].lower()
    grams = int(Decimal(match[1].replace(",", ".")) * _GRAMS[unit])
    return f"{match[1]} {unit}", grams if 0 < grams <= HEAVIEST_PACK else None
