"""What a facet's values are called in the reader's language."""

import time
from collections.abc import Iterable
from functools import lru_cache

from django.conf import settings
from django.utils.translation import get_language

from catalog.categories import find_category
from catalog.markets import MARKETS
from catalog.quality import mark_name
from search.indexing.materials import materials
from search.models import FacetValue
from vendors.geography import province_name, region_name
from vendors.models import Kind
from vendors.sectors import sector_name

NAMES_SECONDS = 30


def labels(facet: str, values: Iterable[str], language: str) -> dict[str, str]:
    """Names of a facet's values in a language; a value without a name is its own."""
    if facet == "cooperatives":
        return _cooperatives(list(values), language)
    spoken = get_language() or ""
    return {value: _label(facet, value, language, spoken) for value in values}


@lru_cache(maxsize=4000)
def _label(  # noqa: PLR0911 -- one a facet
    facet: str, value: str, language: str, _spoken: str
) -> str:
    if facet == "categories":
        found = find_category(value)
        return found.name(language) if found else value
    if facet == "regions":
        return region_name(value, language)
    if facet == "sectors":
        return sector_name(value)
    if facet == "marks":
        return mark_name(value)
    if facet == "provinces":
        return province_name(value, language)
    if facet == "materials":
        known = materials().get(value)
        return known.name(language) if known else value
    if facet == "ships_to":
        return next((str(market.name) for market in MARKETS if market.code == value), value)
    return str(Kind(value).label) if value in Kind else value


def _cooperatives(slugs: list[str], language: str) -> dict[str, str]:
    names = cooperative_names(int(time.monotonic() / NAMES_SECONDS))
    return {slug: in_language(names.get(slug, {}), language) or slug for slug in slugs}


@lru_cache(maxsize=1)
def cooperative_names(_now: int) -> dict[str, dict[str, str]]:
    """The names of all cooperatives that sell, by slug; asked again every half minute."""
    rows = FacetValue.objects.filter(facet="cooperatives")
    return dict(rows.values_list("value", "names"))


def in_language(names: dict[str, str], language: str) -> str:
    """A name in a language, else in the base language, else in any."""
    for key in (language, settings.BASE_LANGUAGE, *names):
        if name := names.get(key):
            return name
    return ""
