"""The store's own products as staff see them: unassigned ones and adopted ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from catalog.adoption.planning import (
    Decision,
    Wish,
    adoption_of,
    decide,
    held_products,
    listing_of,
    owner_of,
)
from catalog.adoption.reading import default_category
from catalog.adoption.store import StoreProduct
from catalog.errors import ListingNotFound, NotAdoptable
from catalog.models import Adoption, Listing
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative
from vendors.scoping import Scope

PAGE_SIZE = 25
MOST_LOOKS = 4
# As many as a page shows.
MOST_AT_ONCE = PAGE_SIZE


@dataclass(frozen=True)
class Unassigned:
    """Some unassigned products; ``after`` is the cursor of the next ones (empty: no more)."""

    products: list[StoreProduct]
    after: str
    looked_at: int


def unassigned(*, search: str = "", after: str = "") -> Unassigned:
    """The next unassigned products of the engine, at most 25; raises EngineUnavailable.

    Ids are read 100 at a time, at most 400: only products that no listing of ours holds are read
    whole, which is what costs time.
    """
    client, looked_at, free = app_client(), 0, list[StoreProduct]()
    for _look in range(MOST_LOOKS):
        page = client.store_product_ids(after or None, search or None).products
        edges = page.edges if page else []
        held = held_products([edge.node.id for edge in edges])
        open_edges = [edge for edge in edges if edge.node.id not in held]
        shown, rest = open_edges[:PAGE_SIZE], open_edges[PAGE_SIZE:]
        looked_at += len(edges)
        free = _without_owner([edge.node.id for edge in shown])
        after = page.page_info.end_cursor or "" if page and page.page_info.has_next_page else ""
        if rest:
            after = shown[-1].cursor
        if free or not after:
            break
    return Unassigned(free, after, looked_at)


def _without_owner(gids: Sequence[str]) -> list[StoreProduct]:
    """These products, but for those that the engine assigns to a cooperative."""
    return [row for row in _read(gids) if not owner_of(row, listing_of(row.gid))]


def _read(gids: Sequence[str]) -> list[StoreProduct]:
    """These products, at most 25, those that the store still has, by one call."""
    if not gids:
        return []
    found = app_client().store_products_by_ids(list(gids)).products
    known = {edge.node.id: StoreProduct(edge.node) for edge in found.edges} if found else {}
    return [known[gid] for gid in gids if gid in known]


def proposed(
    gids: Sequence[str], cooperative: Cooperative, *, category: str = ""
) -> list[Decision]:
    """Decisions on chosen products; those that the store no longer has are left out."""
    return [
        decide(
            product,
            Wish(cooperative.slug, category or default_category(product)),
            {cooperative.slug: cooperative},
        )
        for product in _read(gids[:MOST_AT_ONCE])
    ]


def adopted(scope: Scope) -> QuerySet[Adoption]:
    """Adopted products within a scope, for a list."""
    rows: QuerySet[Adoption] = Adoption.objects.within(scope).filter(released_at__isnull=True)
    return rows.select_related("listing__cooperative")


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
