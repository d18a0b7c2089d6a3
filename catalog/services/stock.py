"""Use case of stock: counted by the cooperative, kept in the engine."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.errors import InvalidListing, ListingNotFound, NotYetPublished, StockChanged
from catalog.locks import listing_lock
from catalog.models import ListingVariant
from catalog.publishing.push import set_stock
from catalog.read_model.product_values import stock_on_hand, variants_of
from catalog.read_model.projection import project
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.client.client import SaleorClient
from marketplace.saleor.gateway import app_client
from vendors.scoping import Scope

MOST_PIECES = 1_000_000


def correct_stock(
    *, variant_id: UUID, quantity: int, scope: Scope, by: Actor, seen: int | None = None
) -> None:
    """Set a variant's stock in the warehouse, including sold but unshipped items.

    Needs no review. Raises ListingNotFound outside the scope, InvalidListing for an impossible
    count, NotYetPublished before the first publication, EngineUnavailable or EngineRefused; and
    StockChanged where the stock is not the one ``seen`` (None: whatever it is).
    """
    if not 0 <= quantity <= MOST_PIECES:
        raise InvalidListing({"quantity": _("Enter a quantity from 0 to 1,000,000.")})
    variant = _variant(variant_id, scope)
    product_id = ids.find_global_id(ids.PRODUCT, variant.listing_id)
    if product_id is None or ids.find_global_id(ids.VARIANT, variant.pk) is None:
        raise NotYetPublished
    client = app_client()
    with listing_lock(variant.listing_id):
        if seen is not None:
            _require_seen(client, product_id, variant, seen=seen, entered=quantity)
        with transaction.atomic():
            audit.record("stock.corrected", variant, by=by, quantity=quantity)
        set_stock(
            client,
            variant_id=variant.pk,
            cooperative_id=variant.listing.cooperative_id,
            quantity=quantity,
        )
        if product := client.product_by_id(product_id).product:
            project(product)


def _require_seen(
    client: SaleorClient, product_id: str, variant: ListingVariant, *, seen: int, entered: int
) -> None:
    """Two people who count at once: the second learns what the first has set, and decides."""
    product = client.product_by_id(product_id).product
    gid = ids.find_global_id(ids.VARIANT, variant.pk)
    nodes = [node for node in variants_of(product) if node.id == gid] if product else []
    now = stock_on_hand(variant.listing, nodes[0]) if nodes else seen
    if now in {seen, entered}:
        return
    suggested = max(now + entered - seen, 0)
    raise StockChanged(seen=seen, now=now, entered=entered, suggested=suggested)


def _variant(variant_id: UUID, scope: Scope) -> ListingVariant:
    rows = ListingVariant.objects.within(scope).select_related("listing")
    found: ListingVariant | None = rows.filter(pk=variant_id).first()
    if found is None:
        raise ListingNotFound
    return found
