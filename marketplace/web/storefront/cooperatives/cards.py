"""Cooperatives as cards."""

from collections.abc import Iterable

from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import CooperativeCard
from vendors import queries as vendors
from vendors.sectors import sector_name

# Sector → its drawing.
_CRESTS = {
    "agriculture": "honey",
    "handicrafts": "rug",
    "argan": "argan",
    "food": "couscous",
    "plants": "herbs",
    "fishing": "fish",
    "forestry": "box",
}


def crest_of(sector: str) -> str:
    """The drawing of a sector."""
    return _CRESTS.get(sector, "basket")


def cooperative_card(shop: Shop, profile: vendors.ShortProfile) -> CooperativeCard:
    """A cooperative in a grid: name, village and craft."""
    return CooperativeCard(
        name=profile.name,
        lang=profile.language,
        url=shop.url("cooperative", slug=profile.slug),
        place=f"{profile.place} · {profile.region_name}",
        text=profile.tagline,
        badge=sector_name(profile.sector),
        badge_icon="sprout",
        taxonomy=crest_of(profile.sector),
        seed=profile.slug,
        region=profile.region_code,
    )


def cards(shop: Shop, profiles: Iterable[vendors.ShortProfile]) -> list[CooperativeCard]:
    """A grid of cooperatives."""
    return [cooperative_card(shop, profile) for profile in profiles]


def some_cards(shop: Shop, n: int, *, without: str = "") -> list[CooperativeCard]:
    """A few cooperatives for the first page, changing daily; own country's first.

    ``without`` is the slug of one that the page shows already.
    """
    found = vendors.some_profiles(n + 1, shop.language, shop.market.country_codes)
    return cards(shop, [profile for profile in found if profile.slug != without][:n])


def how_many() -> int:
    """The number of cooperatives in the shop."""
    return vendors.public_count()
