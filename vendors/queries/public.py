"""The public directory of cooperatives."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import Case, Exists, OuterRef, Value, When
from django.db.models.functions import MD5, Cast, Concat
from django.utils import timezone

from marketplace.core.public_facts import public_fact
from vendors.models import Cooperative, CooperativeText, Programme, ShownMember
from vendors.queries.profiles import ShortProfile, short_profiles, visible
from vendors.scoping import Crossing, ScopedQuerySet

PAGE_SIZE = 24


@dataclass(frozen=True)
class DirectoryFilters:
    """Filters of the directory; empty means all. ``among`` are ids, the best first."""

    country: str = ""
    region: str = ""
    sector: str = ""
    kind: str = ""
    among: tuple[UUID, ...] | None = None


def public_directory(
    filters: DirectoryFilters,
    *,
    language: str,
    countries: Collection[str] = (),
    page: int = 1,
    page_size: int = PAGE_SIZE,
) -> Page[ShortProfile]:
    """A page of published cooperatives, the latest published first; the page number is clamped.

    Those of ``countries`` (codes) come before others; ids that were named keep their order.
    """
    found = directory_rows(filters).order_by(
        *_as_named(filters.among or ()), *_first(countries), "-published_at", "pk"
    )
    rows = Paginator(found, page_size).get_page(page)
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
    return found if filters.among is None else found.filter(pk__in=filters.among)


def public_names() -> tuple[tuple[UUID, tuple[str, ...]], ...]:
    """The names and places of published cooperatives, in every language they have."""
    found: dict[UUID, list[str]] = {
        pk: [legal, *filter(None, (place, place_ar))]
        for pk, legal, place, place_ar in visible()
        .order_by("pk")
        .values_list("pk", "legal_name", "place_name", "place_name_ar")
    }
    texts = CooperativeText.objects.crossing(Crossing.PUBLIC_STOREFRONT)
    for pk, name in texts.order_by("pk").values_list("cooperative_id", "name"):
        if pk in found:
            found[pk].append(name)
    return tuple((pk, tuple(names)) for pk, names in found.items())


@public_fact
def some_profiles(n: int, language: str, countries: Collection[str] = ()) -> list[ShortProfile]:
    """A few published cooperatives, those of ``countries`` first; the selection changes daily."""
    shuffled = Concat(Cast("pk", models.TextField()), Value(timezone.localdate().isoformat()))
    rows = visible().order_by(*_first(countries), MD5(shuffled))
    return short_profiles(list(rows[:n]), language)


@public_fact
def turn_of_the_week(countries: Collection[str] = ()) -> list[str]:
    """The slugs of published cooperatives that present people, from this week's on.

    Each has its week in turn, in the order of their publication (a new one moves the turn); only
    those of ``countries``, if there are any. Empty where nobody presents people and a story.
    """
    told = CooperativeText.objects.crossing(Crossing.PUBLIC_STOREFRONT).exclude(story="")
    people = ShownMember.objects.crossing(Crossing.PUBLIC_STOREFRONT)
    rows = visible().filter(
        Exists(told.filter(cooperative=OuterRef("pk"))),
        Exists(people.filter(cooperative=OuterRef("pk"))),
    )
    in_order = list(rows.order_by("published_at", "pk").values_list("slug", "country_code"))
    own = [slug for slug, country in in_order if country in countries]
    slugs = own or [slug for slug, _country in in_order]
    # Day 1 is a Monday: weeks change between Sunday and Monday.
    first = (timezone.localdate().toordinal() - 1) // 7 % len(slugs) if slugs else 0
    return slugs[first:] + slugs[:first]


@public_fact
def public_count() -> int:
    """The number of published cooperatives."""
    return visible().count()


def public_keys() -> list[UUID]:
    """The ids of published cooperatives, in order."""
    return list(visible().order_by("pk").values_list("pk", flat=True))


def public_from(first: UUID, size: int) -> list[Cooperative]:
    """So many published cooperatives from an id on, in the order of their ids."""
    return list(visible().filter(pk__gte=first).order_by("pk")[:size])


@public_fact
def public_regions() -> list[str]:
    """The codes of regions with a published cooperative."""
    codes = visible().order_by("region_code").values_list("region_code", flat=True)
    return list(codes.distinct())


@public_fact
def public_countries() -> list[str]:
    """The codes of countries with a published cooperative."""
    codes = visible().order_by("country_code").values_list("country_code", flat=True)
    return list(codes.distinct())


def _first(countries: Collection[str]) -> list[Case]:
    own = When(country_code__in=list(countries), then=0)
    return [Case(own, default=1)] if countries else []


def _as_named(ids: Collection[UUID]) -> list[Case]:
    return [Case(*(When(pk=pk, then=n) for n, pk in enumerate(ids)))] if ids else []


def programmes_that_sell() -> list[Programme]:
    """The programmes with published cooperatives, by slug.

    Without their account, which needs a key: what asks before the start must not fail for one.
    """
    sell = visible().filter(programme_id=OuterRef("pk"))
    rows = Programme.objects.filter(Exists(sell)).defer("debtor_account")
    return list(rows.order_by("slug"))
