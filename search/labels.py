"""What a facet's values are called in the reader's language."""

from collections.abc import Iterable

from catalog.categories import category
from catalog.models import ListingPage
from catalog.quality import mark_name
from vendors.geography import region_name
from vendors.models import Kind
from vendors.sectors import sector_name


def labels(facet: str, values: Iterable[str], language: str) -> dict[str, str]:
    """Names of a facet's values in a language; a value without a name is its own."""
    if facet == "cooperatives":
        return _cooperatives(list(values), language)
    return {value: _label(facet, value, language) for value in values}


def _label(facet: str, value: str, language: str) -> str:
    if facet == "categories":
        found = category(value)
        return found.name(language) if found else value
    if facet == "regions":
        return region_name(value, language)
    if facet == "sectors":
        return sector_name(value)
    if facet == "marks":
        return mark_name(value)
    return str(Kind(value).label) if value in Kind else value


def _cooperatives(slugs: list[str], language: str) -> dict[str, str]:
    rows = (
        ListingPage.objects.filter(cooperative_slug__in=slugs)
        .order_by("cooperative_slug")
        .distinct("cooperative_slug")
    )
    return {row.cooperative_slug: row.cooperative_name(language) for row in rows}
