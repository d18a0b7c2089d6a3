"""The store's own products as staff see them: unassigned ones and adopted ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.core.paginator import Page, Paginator
from django.utils.translation import gettext as _

from catalog.adoption.planning import Decision, Wish, adoption_of, decide, listing_of, owner_of
from catalog.adoption.reading import default_category
from catalog.adoption.store import StoreProduct, store_product
from catalog.errors import ListingNotFound, NotAdoptable
from catalog.models import Adoption, Listing
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative
from vendors.scoping import Scope

PAGE_SIZE = 25
MOST_LOOKS = 4
# As many as can be adopted within one request.
MOST_AT_ONCE = 10


@dataclass(frozen=True)
class Unassigned:
    """Some unassigned products; ``after`` is the cursor of the next ones (empty: no more)."""

    products: list[StoreProduct]
    after: str
    looked_at: int


def unassigned(*, search: str = "", after: str = "") -> Unassigned:
    """Unassigned products among the engine's next 25; raises EngineUnavailable.

    Where all of these are assigned, the next 25 are read, up to four times.
    """
    client, looked_at, free = app_client(), 0, list[StoreProduct]()
    for _look in range(MOST_LOOKS):
        page = client.store_products(after or None, search or None).products
        found = [StoreProduct(edge.node) for edge in page.edges] if page else []
        free = [product for product in found if not owner_of(product, listing_of(product.gid))]
        looked_at += len(found)
        more = page is not None and page.page_info.has_next_page
        after = (page.page_info.end_cursor or "") if page and more else ""
        if free or not after:
            break
    return Unassigned(free, after, looked_at)


def proposed(
    gids: Sequence[str], cooperative: Cooperative, *, category: str = ""
) -> list[Decision]:
    """Decisions on chosen products; those that the store no longer has are left out."""
    client = app_client()
    found = [store_product(client, gid) for gid in gids[:MOST_AT_ONCE]]
    return [
        decide(
            product,
            Wish(cooperative.slug, category or default_category(product)),
            {cooperative.slug: cooperative},
        )
        for product in found
        if product
    ]


def adopted(scope: Scope, *, page: int | str = 1) -> Page[Adoption]:
    """Adopted products within a scope, newest first, 25 a page."""
    rows = Adoption.objects.within(scope).filter(released_at__isnull=True)
    rows = rows.select_related("listing__cooperative").order_by("-began_at", "pk")
    return Paginator(rows, PAGE_SIZE).get_page(page)


def adopted_listing(scope: Scope, listing_id: UUID) -> Listing:
    """An adopted listing within a scope; raises ListingNotFound, NotAdoptable for another kind."""
    rows = Listing.objects.within(scope).select_related("cooperative", "adoption")
    found: Listing | None = rows.filter(pk=listing_id).first()
    adoption = adoption_of(found)
    if found is None:
        raise ListingNotFound
    if adoption is None or adoption.released_at:
        raise NotAdoptable(
            _("Only products that came from the shop can be returned to it, and only once.")
        )
    return found
