"""The public directory of cooperatives."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone

from vendors.models import Cooperative
from vendors.queries.profiles import ShortProfile, short_profiles, visible
from vendors.scoping import ScopedQuerySet

PAGE_SIZE = 24


@dataclass(frozen=True)
class DirectoryFilters:
    """Filters of the directory; empty means all."""

    country: str = ""
    region: str = ""
    sector: str = ""
    kind: str = ""
    text: str = ""


def public_directory(
    filters: DirectoryFilters, *, language: str, page: int = 1, page_size: int = PAGE_SIZE
) -> Page[ShortProfile]:
    """A page of published cooperatives by date of publication; the page number is clamped."""
    found = directory_rows(filters)
    rows = Paginator(found.order_by("-published_at", "pk"), page_size).get_page(page)
    rows.object_list = short_profiles(list(rows.object_list), language)
    return rows


def directory_rows(filters: DirectoryFilters) -> ScopedQuerySet:
    """Published cooperatives matching the filters, unordered and unpaged."""
    found = visible()
    for lookup, value in (
        ("country_code", filters.country),
        ("region_code", filters.region),
        ("sector", filters.sector),
        ("kind", filters.kind),
    ):
        if value:
            found = found.filter(**{lookup: value})
    if filters.text:
        found = found.filter(_named_like(filters.text)).distinct()
    return found


def some_profiles(n: int, language: str) -> list[ShortProfile]:
    """A few published cooperatives: a selection that changes daily, the same for everybody."""
    shuffled = Concat(Cast("pk", models.TextField()), Value(timezone.localdate().isoformat()))
    return short_profiles(list(visible().order_by(MD5(shuffled))[:n]), language)


def public_count() -> int:
    """The number of published cooperatives."""
    return visible().count()


def public_keys() -> list[UUID]:
    """The ids of published cooperatives, in order."""
    return list(visible().order_by("pk").values_list("pk", flat=True))


def public_from(first: UUID, size: int) -> list[Cooperative]:
    """So many published cooperatives from an id on, in the order of their ids."""
    return list(visible().filter(pk__gte=first).order_by("pk")[:size])


def public_regions() -> list[str]:
    """The codes of regions with a published cooperative."""
    codes = visible().order_by("region_code").values_list("region_code", flat=True)
    return list(codes.distinct())


def _named_like(text: str) -> Q:
    return (
        Q(texts__name__icontains=text)
        | Q(place_name__icontains=text)
        | Q(place_name_ar__icontains=text)
    )
