"""Use cases of a listing's visibility: pause, resume, remove."""

from django.db import transaction

from catalog.errors import NotYetPublished
from catalog.locks import listing_lock
from catalog.models import Listing, ListingStatus
from catalog.publishing.push import set_published
from catalog.read_model.projection import project
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client


def pause_listing(*, listing: Listing, by: Actor) -> None:
    """Hide a listing from buyers until it is resumed; its open orders go on."""
    _show(listing, ListingStatus.PAUSED, published=False, by=by)


def resume_listing(*, listing: Listing, by: Actor) -> None:
    """Show a paused listing again, unchanged; raises NotYetPublished for a draft."""
    if listing.status != ListingStatus.PAUSED:
        raise NotYetPublished
    _show(listing, ListingStatus.PUBLISHED, published=True, by=by)


def remove_listing(*, listing: Listing, by: Actor) -> None:
    """Remove a listing from the shop for good. Nothing is deleted: past orders refer to it."""
    _show(listing, ListingStatus.REMOVED, published=False, by=by)


def _show(listing: Listing, status: ListingStatus, *, published: bool, by: Actor) -> None:
    with listing_lock(listing.pk):
        product_id = ids.find_global_id(ids.PRODUCT, listing.pk)
        if product_id is not None:
            set_published(app_client(), listing, published=published)
        with transaction.atomic():
            listing.status = status
            listing.save(update_fields=["status"])
            audit.record(f"listing.{status.value}", listing, by=by)
        if product_id and (product := app_client().product_by_id(product_id).product):
            project(product)
