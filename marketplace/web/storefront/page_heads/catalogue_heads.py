"""The heads of pages about goods and those who make them: listing, category, cooperative."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from catalog import queries as catalog
from catalog.categories import Category
from catalog.models import ListingOffer, ListingPage
from marketplace.core.formats import plain_amount
from marketplace.web.storefront.listings.offers import offer_to_show
from marketplace.web.storefront.page_heads import things
from marketplace.web.storefront.page_heads.addresses import whole
from marketplace.web.storefront.page_heads.heads import head_of
from marketplace.web.storefront.page_heads.products import product
from marketplace.web.storefront.page_heads.reviews import rated
from marketplace.web.storefront.reviews.latest import Latest
from marketplace.web.storefront.sharing import pictures
from marketplace.web.storefront.shell import Shop
from marketplace.web.ui.components import Crumb, ProductCard
from marketplace.web.ui.page_head import PageHead
from vendors.queries import PublicProfile


def listing(
    shop: Shop,
    page: ListingPage,
    *,
    profile: PublicProfile | None,
    trail: Sequence[Crumb],
    on: date,
    reviews: Latest | None = None,
) -> PageHead:
    """A listing's page, with the price of the variant that it shows first, whichever is chosen."""
    offers: list[ListingOffer] = page.market_offers  # type: ignore[attr-defined]
    offer = offer_to_show(offers)
    head = head_of(
        shop,
        "listing",
        title=page.name(shop.language),
        description=described(page, shop.language),
        markets=catalog.markets_of_listing(page),
        filling={"slug": page.slug},
        kind="product",
        picture=("listing-picture", pictures.of_listing(shop, page, offer)),
        price=plain_amount(offer.amount_minor, offer.currency),
        currency=offer.currency,
        is_available=offer.available > 0,
    )
    named = product(shop, page, profile=profile, url=head.url, on=on) | rated(reviews)
    return replace(head, structured=(named, things.breadcrumbs(trail)))


def category(
    shop: Shop, found: Category, items: Iterable[ProductCard], *, is_first_page: bool
) -> PageHead:
    """A category; only its first page, unfiltered and with something in it, is indexed."""
    markets, name = catalog.markets_of_category(found.slug), found.name(shop.language)
    trail = [Crumb(_("Home"), shop.url("home")), Crumb(name)]
    listed = [whole(item.url) for item in items]
    return head_of(
        shop,
        "category",
        title=name,
        description=_(
            "%(category)s from rural cooperatives. Delivery: %(market)s. Every product says who "
            "made it and where."
        )
        % {"category": name, "market": shop.market.name},
        markets=markets,
        filling={"slug": found.slug},
        is_indexed=is_first_page and shop.market in markets,
        picture=("category-picture", pictures.of_category(shop, found)),
        structured=[things.breadcrumbs(trail), *things.item_list(name, listed)],
    )


def cooperative(
    shop: Shop, profile: PublicProfile, trail: Sequence[Crumb], *, is_first_page: bool
) -> PageHead:
    """The page of a cooperative; further pages of its listings are not indexed."""
    about = f"{profile.sector_name} · {profile.place} ({profile.region_name})"
    head = head_of(
        shop,
        "cooperative",
        title=profile.name,
        description=profile.tagline or about,
        filling={"slug": profile.cooperative.slug},
        is_indexed=is_first_page,
        picture=("cooperative-picture", pictures.of_cooperative(shop, profile)),
    )
    named = things.cooperative(profile, head.url)
    return replace(head, structured=(named, things.breadcrumbs(trail)))


def described(page: ListingPage, language: str) -> str:
    """What a listing is: the cooperative's own text, else its name, maker and place."""
    return page.description(language) or _("%(name)s from %(cooperative)s (%(place)s)") % {
        "name": page.name(language),
        "cooperative": page.cooperative_name(language),
        "place": page.place_name(language),
    }
