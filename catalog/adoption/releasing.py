"""Return an adopted product to the store, which keeps it unchanged.

Free stock goes back to the warehouses it came from. The listing leaves our pages; orders placed
meanwhile stay the cooperative's.
"""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.adoption.planning import adoption_of
from catalog.adoption.stock import Move, carry_out, free_in
from catalog.adoption.store import StoreProduct, store_product
from catalog.errors import NotAdoptable
from catalog.locks import listing_lock
from catalog.models import Adoption, Listing, ListingStatus, RevisionState
from catalog.read_model.projection import forget
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.answers import accepted
from marketplace.saleor.client import AttributeValueInput, ProductInput, SaleorClient
from marketplace.saleor.gateway import app_client

_OPEN = (
    RevisionState.DRAFT,
    RevisionState.SUBMITTED,
    RevisionState.RETURNED,
    RevisionState.APPROVED,
)


def release(listing: Listing, *, by: Actor) -> int:
    """Revert an adoption; returns the number of items that went back.

    Raises NotAdoptable for a listing that did not come from the store, EngineUnavailable or
    EngineRefused; then it may be called again.
    """
    adoption = adoption_of(listing)
    if adoption is None:
        raise NotAdoptable(
            _("Only products that came from the shop can be returned to it, and only once.")
        )
    client = app_client()
    with listing_lock(listing.pk):
        product_id = ids.global_id(ids.PRODUCT, listing.pk)
        product = store_product(client, product_id)
        units = _give_back(client, product, adoption) if product else 0
        if product and product.cooperative_page:
            attribute = ids.global_id(ids.ATTRIBUTE, ids.of_slug(ids.ATTRIBUTE, "cooperative"))
            change = ProductInput(attributes=[AttributeValueInput(id=attribute, reference=None)])
            accepted(client.update_product(product_id, change).product_update)
        with transaction.atomic():
            adoption.released_at, adoption.moves = timezone.now(), []
            adoption.save(update_fields=["released_at", "moves"])
            listing.status = ListingStatus.REMOVED
            listing.save(update_fields=["status"])
            listing.revisions.filter(state__in=_OPEN).update(state=RevisionState.SUPERSEDED)
            audit.record("listing.released", listing, by=by, units=units)
        forget(listing.pk)
    return units


def _give_back(client: SaleorClient, product: StoreProduct, adoption: Adoption) -> int:
    own = ids.global_id(ids.WAREHOUSE, adoption.listing.cooperative_id)
    moves: list[Move] = []
    for node in product.variants:
        free = sum(free_in(row) for row in node.stocks or [] if row.warehouse.id == own)
        moves += _ways_back(node, _came_from(adoption, node), own, free)
    return carry_out(client, product, moves)


def _came_from(adoption: Adoption, node: Any) -> dict[str, int]:
    """The engine's warehouses from which a variant's stock came, with the numbers."""
    variant = str(ids.our_id_or_new(ids.VARIANT, node.id))
    found: dict[str, int] = {}
    for move in adoption.moves:
        source = ids.find_global_id(ids.WAREHOUSE, move["from"])
        if move["variant"] == variant and source:
            found[source] = found.get(source, 0) + int(move["units"])
    return found


def _ways_back(node: Any, sources: dict[str, int], own: str, free: int) -> list[Move]:
    """Moves back to each warehouse up to what came from it; the rest goes to the first."""
    found: dict[str, int] = {}
    for source, units in sources.items():
        found[source] = min(units, free)
        free -= found[source]
    if sources and free:
        found[next(iter(sources))] += free
    sku = node.sku or node.id
    return [Move(node.id, sku, own, "", source, units) for source, units in found.items() if units]
