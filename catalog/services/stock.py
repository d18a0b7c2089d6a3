"""Use case of stock: counted by the cooperative, kept in the engine."""

from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.errors import InvalidListing, ListingNotFound, NotYetPublished
from catalog.locks import listing_lock
from catalog.models import ListingVariant
from catalog.publishing.push import set_stock
from catalog.read_model.projection import project
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from vendors.scoping import Scope

MOST_PIECES = 1_000_000


def correct_stock(*, variant_id: UUID, quantity: int, scope: Scope, by: Actor) -> None:
    """Set a variant's stock in the warehouse, including sold but unshipped items.

    Needs no review. Raises ListingNotFound outside the scope, InvalidListing for an impossible
    count, NotYetPublished before the first publication, EngineUnavailable or EngineRefused.
    """
    if not 0 <= quantity <= MOST_PIECES:
        raise InvalidListing({"quantity": _("Enter a quantity from 0 to 1,000,000.")})
    variant = _variant(variant_id, scope)
    product_id = ids.find_global_id(ids.PRODUCT, variant.listing_id)
    if product_id is None or ids.find_global_id(ids.VARIANT, variant.pk) is None:
        raise NotYetPublished
    client = app_client()
    with transaction.atomic():
        audit.record("stock.corrected", variant, by=by, quantity=quantity)
    with listing_lock(variant.listing_id):
        set_stock(
            client,
            variant_id=variant.pk,
            cooperative_id=variant.listing.cooperative_id,
            quantity=quantity,
        )
        if product := client.product_by_id(product_id).product:
            project(product)


def _variant(variant_id: UUID, scope: Scope) -> ListingVariant:
    rows = ListingVariant.objects.within(scope).select_related("listing")
    found: ListingVariant | None = rows.filter(pk=variant_id).first()
    if found is None:
        raise ListingNotFound
    return found
