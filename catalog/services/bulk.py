"""Creation of many listings at once, for imports and the demo."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import transaction
from django.db.models import prefetch_related_objects
from django.utils import timezone

from catalog.content import RevisionContent, check
from catalog.events import ListingSubmitted
from catalog.imported_photos import name_photos, save_photos
from catalog.models import (
    Listing,
    ListingRevision,
    ListingStatus,
    ListingVariant,
    ProductFile,
    RevisionState,
)
from catalog.publishing.bulk import create_products
from catalog.publishing.media import write_media
from catalog.publishing.push import find_product
from catalog.read_model.projection import project_new
from catalog.services.applying import apply_revision
from catalog.services.revisions import facts_of, first_draft, user_id_of
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.events import publish
from marketplace.saleor import ids
from marketplace.saleor.client import ProductParts, SaleorClient
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative

BATCH = 50


class NewListing(NamedTuple):
    """A listing to create: its content, initial stock, the key of its row and its id, if any.

    ``pictures`` are JPEG, ``remark`` is what whoever completes a draft should know.
    """

    content: RevisionContent
    quantity: int
    import_key: str = ""
    listing_id: UUID | None = None
    pictures: Sequence[bytes] = ()
    remark: str = ""


@transaction.atomic
def start_approved(
    *, cooperative: Cooperative, listings: Sequence[NewListing], by: Actor
) -> list[ListingRevision]:
    """New listings whose first revision is approved by rule: an operator reviewed them beforehand.

    Bring them into the shop with ``apply_first_revisions``. Raises InvalidListing for the first
    incomplete content; then none is made.
    """
    revisions, now = _checked(cooperative, listings), timezone.now()
    for revision in revisions:
        revision.state = RevisionState.APPROVED
        revision.submitted_at = revision.decided_at = now
    _create(revisions, listings)
    _record("listings.approved_by_rule", cooperative, revisions, by=by)
    return revisions


@transaction.atomic
def start_submitted(
    *,
    cooperative: Cooperative,
    listings: Sequence[NewListing],
    by: Actor,
    source: ProductFile | None = None,
) -> list[ListingRevision]:
    """New listings whose first revision waits for review; raises as ``start_approved`` does."""
    revisions, now = _checked(cooperative, listings), timezone.now()
    for revision in revisions:
        revision.state, revision.submitted_at = RevisionState.SUBMITTED, now
        revision.submitted_by_id = user_id_of(by)
        revision.listing.source = source
    _create(revisions, listings)
    for revision in revisions:
        publish(ListingSubmitted(**facts_of(revision)))
    _record("listings.submitted", cooperative, revisions, by=by)
    return revisions


@transaction.atomic
def start_drafts(
    *,
    cooperative: Cooperative,
    listings: Sequence[NewListing],
    by: Actor,
    source: ProductFile | None = None,
) -> list[ListingRevision]:
    """New listings with a first draft each, which may be incomplete."""
    revisions = [_first(cooperative, new) for new in listings]
    for revision in revisions:
        revision.listing.source = source
    _create(revisions, listings)
    _record("listings.started", cooperative, revisions, by=by)
    return revisions


def _checked(cooperative: Cooperative, listings: Sequence[NewListing]) -> list[ListingRevision]:
    for new in listings:
        check(new.content)
    return [_first(cooperative, new) for new in listings]


def _first(cooperative: Cooperative, new: NewListing) -> ListingRevision:
    revision = first_draft(
        cooperative_id=cooperative.pk,
        content=new.content,
        quantity=new.quantity,
        listing_id=new.listing_id,
    )
    revision.listing.cooperative = cooperative
    revision.listing.import_key = new.import_key
    revision.remark = new.remark
    name_photos(revision, new.pictures)
    return revision


def _create(revisions: list[ListingRevision], listings: Sequence[NewListing]) -> None:
    Listing.objects.create_all([revision.listing for revision in revisions])
    ListingVariant.objects.create_all([v for r in revisions for v in r.listing.variants.all()])
    ListingRevision.objects.create_all(revisions)
    pictures = [new.pictures for new in listings]
    listed = [revision.listing for revision in revisions]
    save_photos(zip(listed, pictures, strict=True))


def _record(
    action: str, cooperative: Cooperative, revisions: list[ListingRevision], *, by: Actor
) -> None:
    made = [str(revision.listing_id) for revision in revisions]
    audit.record(action, cooperative, by=by, listings=made)


def apply_first_revisions(
    *,
    revisions: Sequence[ListingRevision],
    by: Actor,
    progress: Callable[[int, int], None] | None = None,
) -> dict[UUID, str]:
    """Make the products of approved first revisions, 50 a call, and show them.

    Returns the engine's reason for each revision (by id) that it refused; such a revision is sent
    back with that remark. ``progress`` hears how many of how many are done. Interrupted, it may be
    called again with what is still approved (or the job ``apply_waiting`` does the rest): what an
    interrupted run made at the engine is found there. Raises EngineUnavailable.
    """
    client, done = app_client(), 0
    problems: dict[UUID, str] = {}
    for batch in _batches(revisions):
        started = timezone.now()
        prefetch_related_objects(
            batch, "listing__variants", "listing__media", "listing__cooperative__texts"
        )
        found = create_products(client, [(r, r.listing.variants.all()[0]) for r in batch])
        there = [r for r in batch if r.pk in found and find_product(client, r.listing_id)]
        found = {pk: why for pk, why in found.items() if pk not in {r.pk for r in there}}
        _settle([r for r in batch if r not in there], found, by=by)
        _show(client, [r for r in batch if r.pk not in found and r not in there], since=started)
        for revision in there:
            apply_revision(revision.pk)
        problems.update(found)
        done += len(batch)
        if progress:
            progress(done, len(revisions))
    return problems


@transaction.atomic
def _settle(batch: list[ListingRevision], problems: dict[UUID, str], *, by: Actor) -> None:
    """Record the engine's response."""
    made = [revision for revision in batch if revision.pk not in problems]
    for revision in batch:
        revision.state, revision.applied_at = RevisionState.APPLIED, timezone.now()
        if problem := problems.get(revision.pk):
            revision.state, revision.applied_at = RevisionState.RETURNED, None
            revision.remark = problem
    for revision in made:
        revision.listing.status = ListingStatus.PUBLISHED
    ListingRevision._base_manager.bulk_update(batch, ["state", "applied_at", "remark"])  # noqa: SLF001
    Listing._base_manager.bulk_update([r.listing for r in made], ["status"])  # noqa: SLF001
    cooperatives = {revision.listing.cooperative for revision in made}
    for cooperative in cooperatives:
        ours = [str(r.pk) for r in made if r.listing.cooperative_id == cooperative.pk]
        audit.record("revisions.applied", cooperative, by=by, revisions=ours)


def _show(client: SaleorClient, revisions: list[ListingRevision], *, since: datetime) -> None:
    """Update the read model of the new products, a page at a time."""
    for revision in revisions:
        if revision.proposed.media:
            product_id = ids.global_id(ids.PRODUCT, revision.listing_id)
            write_media(client, product_id, revision.listing, revision.proposed)
    waiting = {str(revision.listing_id): revision.listing for revision in revisions}
    for products in _changed_since(client, since):
        found = [p for p in products if p.external_reference in waiting]
        project_new([(waiting.pop(p.external_reference or ""), p) for p in found])
        if not waiting:
            break


def _changed_since(client: SaleorClient, since: datetime) -> Iterator[list[ProductParts]]:
    cursor: str | None = None
    while True:
        found = client.products_updated_since(since.isoformat(), cursor).products
        if found is None:
            return
        yield [edge.node for edge in found.edges]
        if not found.page_info.has_next_page:
            return
        cursor = found.page_info.end_cursor


def _batches(revisions: Sequence[ListingRevision]) -> Iterator[list[ListingRevision]]:
    waiting = iter(revisions)
    while batch := list(islice(waiting, BATCH)):
        yield batch
