"""What a cooperative can sell outside the shop: what it sells in it, size by size."""

from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.db.models import Prefetch, QuerySet

from catalog.markets import home_market
from catalog.models import ListingOffer, ListingPage, ListingStatus, ListingVariant
from marketplace.direct_sales.errors import SaleNotFound
from vendors.models import Cooperative

ON_A_PAGE = 24
_SOLD = (ListingStatus.PUBLISHED, ListingStatus.PAUSED)


@dataclass(frozen=True)
class Product:
    """One size of a product with its price in the cooperative's own market, minor units.

    The price is None where it has none there; ``on_hand`` counts what is sold and not sent, too.
    """

    variant_id: UUID
    page: ListingPage
    variant_name: str
    price_minor: int | None
    currency: str
    on_hand: int


def products(
    cooperative: Cooperative, *, text: str = "", page: int | str = 1
) -> tuple[Page[ListingVariant], list[Product]]:
    """A page of the products, the newest first, also paused ones; ``text`` is a part of a name."""
    rows = _variants(cooperative)
    if text:
        own = ListingPage.objects.filter(cooperative_id=cooperative.pk, names__icontains=text)
        rows = rows.filter(listing_id__in=own.values("listing_id"))
    found = Paginator(rows, ON_A_PAGE).get_page(page)
    return found, _products(cooperative, list(found.object_list))


def every_product(cooperative: Cooperative, *, most: int) -> list[Product]:
    """The products, the newest first, at most so many."""
    return _products(cooperative, list(_variants(cooperative)[:most]))


def find_product(cooperative: Cooperative, variant_id: UUID) -> Product:
    """One of them; raises SaleNotFound."""
    found = _products(cooperative, list(_variants(cooperative).filter(pk=variant_id)))
    if not found:
        raise SaleNotFound
    return found[0]


def _variants(cooperative: Cooperative) -> QuerySet[ListingVariant]:
    shown = ListingPage.objects.filter(cooperative_id=cooperative.pk).values("listing_id")
    rows: QuerySet[ListingVariant] = ListingVariant.objects.within(cooperative.scope)
    rows = rows.filter(listing__status__in=_SOLD, listing_id__in=shown)
    return rows.order_by("-listing__created_at", "listing_id", "position", "pk")


def _products(cooperative: Cooperative, variants: list[ListingVariant]) -> list[Product]:
    market = home_market(cooperative.country_code)
    keys = {variant.listing_id for variant in variants}
    offers = Prefetch("offers", queryset=ListingOffer.objects.all(), to_attr="all_offers")
    pages = ListingPage.objects.prefetch_related(offers).in_bulk(keys)
    found = []
    for variant in variants:
        page = pages[variant.listing_id]
        own = [offer for offer in page.all_offers if offer.variant_id == variant.pk]
        priced = [offer for offer in own if offer.channel_slug == market.channel_slug]
        found.append(
            Product(
                variant_id=variant.pk,
                page=page,
                variant_name=variant.name,
                price_minor=priced[0].amount_minor if priced else None,
                currency=market.currency,
                on_hand=own[0].on_hand if own else page.quantity_on_hand,
            )
        )
    return found
