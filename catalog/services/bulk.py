"""Bring many first revisions into the engine at once: imports, and worlds made by a command."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from catalog.engine_bulk import create_products
from catalog.engine_media import write_media
from catalog.locks import listing_lock
from catalog.models import ListingRevision, ListingStatus, RevisionState
from catalog.projection import project
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.client import SaleorClient
from marketplace.saleor.gateway import app_client

BATCH = 50


def apply_first_revisions(
    *,
    revisions: Sequence[ListingRevision],
    by: Actor,
    progress: Callable[[int, int], None] | None = None,
) -> dict[UUID, str]:
    """Make the products of approved first revisions, 50 a call, and show them.

    Returns the engine's reason for each revision (by id) that it refused; such a revision is sent
    back with that remark. ``progress`` hears how many of how many are done. Interrupted, the rest
    is applied by the job ``apply_waiting``. Raises EngineUnavailable.
    """
    client, problems, done = app_client(), {}, 0
    for batch in _batches(revisions):
        started = timezone.now()
        found = create_products(client, [(r, r.listing.variants.all()[0]) for r in batch])
        _settle(batch, found, by=by)
        _show(client, [r for r in batch if r.pk not in found], since=started)
        problems.update(found)
        done += len(batch)
        if progress:
            progress(done, len(revisions))
    return problems


@transaction.atomic
def _settle(batch: list[ListingRevision], problems: dict[UUID, str], *, by: Actor) -> None:
    """Record what the engine answered."""
    for revision in batch:
        listing = revision.listing
        if problem := problems.get(revision.pk):
            revision.state, revision.remark = RevisionState.RETURNED, problem
            revision.save(update_fields=["state", "remark"])
            continue
        revision.state, revision.applied_at = RevisionState.APPLIED, timezone.now()
        revision.save(update_fields=["state", "applied_at"])
        listing.status = ListingStatus.PUBLISHED
        listing.save(update_fields=["status"])
        audit.record("revision.applied", revision, by=by)


def _show(client: SaleorClient, revisions: list[ListingRevision], *, since: datetime) -> None:
    """Bring the read model into step with what was just made, a page of products at a time."""
    waiting = {str(revision.listing_id): revision for revision in revisions}
    for revision in revisions:
        if revision.proposed.media:
            product_id = ids.global_id(ids.PRODUCT, revision.listing_id)
            write_media(client, product_id, revision.listing, revision.proposed)
    cursor: str | None = None
    while waiting:
        found = client.products_updated_since(since.isoformat(), cursor).products
        for edge in found.edges if found else []:
            reference = edge.node.external_reference or ""
            if reference in waiting:
                with listing_lock(waiting.pop(reference).listing_id):
                    project(edge.node)
        if not found or not found.page_info.has_next_page:
            break
        cursor = found.page_info.end_cursor


def _batches(revisions: Sequence[ListingRevision]) -> Iterator[list[ListingRevision]]:
    waiting = iter(revisions)
    while batch := list(islice(waiting, BATCH)):
        yield batch
