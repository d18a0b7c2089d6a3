"""Labels of facet values in the reader's language."""

import time
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from catalog.categories import find_category
from catalog.markets import MARKETS
from catalog.quality import mark_name
from marketplace.core.formats import Format
from marketplace.core.market_usage import market_spoken_to
from search.indexing.materials import materials
from search.indexing.ratings import RATED_4
from search.models import FacetValue
from vendors.geography import province_name, region_name
from vendors.models import Kind
from vendors.sectors import sector_name

NAMES_SECONDS = 30


def labels_by_facet(
    values: Mapping[str, Iterable[str]], language: str
) -> dict[str, dict[str, str]]:
    """The labels of each facet's values in a language; a value without a name is its own label."""
    # Some names are in the language that is active, not in the one asked for; some in the words of
    # a market.
    active = f"{get_language()} {market_spoken_to()}"
    return {
        facet: _cooperatives(each, language)
        if facet == "cooperatives"
        else {value: _label(facet, value, language, active) for value in each}
        for facet, each in values.items()
    }


@lru_cache(maxsize=4000)
def _label(facet: str, value: str, language: str, _active: str) -> str:
    return _LABELS[facet](value, language) or value


def _category(value: str, language: str) -> str:
    found = find_category(value)
    return found.name(language) if found else ""


def _material(value: str, language: str) -> str:
    found = materials().get(value)
    return found.name(language) if found else ""


def _market(value: str, _language: str) -> str:
    return next((str(market.name) for market in MARKETS if market.code == value), "")


def _kind(value: str, _language: str) -> str:
    return str(Kind(value).label) if value in Kind else ""


def _rating(value: str, _language: str) -> str:
    return _("4 stars and more") if value == RATED_4 else ""


_LABELS: dict[str, Callable[[str, str], str]] = {
    "categories": _category,
    "countries": lambda value, language: Format(language).country(value) if value else "",
    "regions": region_name,
    "provinces": province_name,
    "sectors": lambda value, _language: sector_name(value),
    "marks": lambda value, _language: mark_name(value),
    "materials": _material,
    "kinds": _kind,
    "ships_to": _market,
    "ratings": _rating,
}


def _cooperatives(slugs: Iterable[str], language: str) -> dict[str, str]:
    names = cooperative_names(int(time.monotonic() / NAMES_SECONDS))
    return {slug: in_language(names.get(slug, {}), language) or slug for slug in slugs}


@lru_cache(maxsize=1)
def cooperative_names(_half_minute: int) -> dict[str, dict[str, str]]:
    """The names of all cooperatives with listings, by slug; read again every half minute."""
    rows = FacetValue.objects.filter(facet="cooperatives")
    return dict(rows.values_list("value", "names"))


def in_language(names: dict[str, str], language: str) -> str:
    """A name in a language, else in the base language, else in any."""
    for key in (language, settings.BASE_LANGUAGE, *names):
        if name := names.get(key):
            return name
    return ""
