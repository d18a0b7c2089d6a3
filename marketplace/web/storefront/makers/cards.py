"""Cooperatives as cards, for other pages."""

from collections.abc import Iterable

from vendors.sectors import sector_name

from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.parts import CooperativeCard
from vendors import queries as vendors


def cooperative_card(shop: Shop, profile: vendors.ShortProfile) -> CooperativeCard:
    """A cooperative in a grid: its name, village and craft."""
    return CooperativeCard(
        name=profile.name,
        url=shop.url("cooperative", slug=profile.slug),
        place=f"{profile.place} · {profile.region_name}",
        text=profile.tagline,
        badge=str(sector_name(profile.sector)),
        taxonomy=profile.sector,
        seed=profile.slug,
        region=profile.region_code,
    )


def some_cards(shop: Shop, n: int) -> list[CooperativeCard]:
    """A few cooperatives for the first page, others every day."""
    return _cards(shop, vendors.some_profiles(n, shop.language))


def _cards(shop: Shop, profiles: Iterable[vendors.ShortProfile]) -> list[CooperativeCard]:
    return [cooperative_card(shop, profile) for profile in profiles]


def how_many() -> int:
    """How many cooperatives the shop shows."""
    return vendors.public_count()
