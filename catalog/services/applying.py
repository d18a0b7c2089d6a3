"""Application of approved revisions to the engine, after the approval has been committed."""

import logging
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from catalog.locks import listing_lock
from catalog.models import Listing, ListingRevision, ListingStatus, ListingVariant, RevisionState
from catalog.publishing.edit import edit_product
from catalog.publishing.media import write_media
from catalog.publishing.push import write_product
from catalog.read_model.projection import project
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.saleor.gateway import app_client
from marketplace.saleor.kept_refusals import kept_reason
from vendors.scoping import Crossing

logger = logging.getLogger(__name__)

PATIENCE = timedelta(seconds=20)
FIRST_PAUSE = timedelta(minutes=1)
# An outage ends by itself; a refusal stays until somebody changes something.
LONGEST_PAUSE_UNAVAILABLE = timedelta(minutes=8)
LONGEST_PAUSE_REFUSED = timedelta(hours=12)
JOB = Actor.system("apply revisions")


def apply_now_or_later(revision_id: UUID) -> None:
    """Apply at once; an error is recorded on the revision and retried by the job."""
    try:
        apply_revision(revision_id)
    except TwizaError as error:
        logger.warning("Revision %s waits: %r", revision_id, error)
    except Exception:
        logger.exception("Revision %s waits", revision_id)
        _note(revision_id, kept_reason(None), LONGEST_PAUSE_REFUSED)


def apply_waiting(*, limit: int = 50) -> int:
    """Apply approved revisions that are due; returns how many succeeded.

    After each failure the wait doubles.
    """
    now = timezone.now()
    rows = ListingRevision.objects.crossing(Crossing.SCHEDULED_JOB)
    waiting = rows.filter(
        Q(apply_after__isnull=True) | Q(apply_after__lte=now),
        state=RevisionState.APPROVED,
        decided_at__lt=now - PATIENCE,
    ).order_by("apply_attempts", "decided_at")
    ids = list(waiting.values_list("pk", flat=True)[:limit])
    for revision_id in ids:
        apply_now_or_later(revision_id)
    return int(rows.filter(pk__in=ids, state=RevisionState.APPLIED).count())


def apply_revision(revision_id: UUID) -> bool:
    """Write an approved revision to the engine and the read model; False if nothing was to do.

    Can be interrupted anywhere and repeated. Raises EngineUnavailable, EngineRefused or UnknownId
    after recording the error on the revision.
    """
    revision = _revision(revision_id)
    with listing_lock(revision.listing_id):
        revision = _revision(revision_id)
        if revision.state != RevisionState.APPROVED:
            return False
        try:
            product_id = _write(revision)
        except TwizaError as error:
            longest = LONGEST_PAUSE_UNAVAILABLE if error.retry else LONGEST_PAUSE_REFUSED
            _note(revision_id, kept_reason(error), longest)
            raise
        _record_applied(revision)
        if product := app_client().product_by_id(product_id).product:
            project(product)
    return True


def _revision(revision_id: UUID) -> ListingRevision:
    rows = ListingRevision.objects.crossing(Crossing.ENGINE_PROJECTION)
    found: ListingRevision = rows.select_related("listing__cooperative").get(pk=revision_id)
    return found


def _write(revision: ListingRevision) -> str:
    listing: Listing = revision.listing
    variants: list[ListingVariant] = list(listing.variants.all())
    if not variants:
        raise RuntimeError(f"Listing {listing.pk} has no variant")
    client, content = app_client(), revision.proposed
    for variant in variants if content.further_variants else []:
        variant.name = content.variant(variant.pk).name
    if listing.is_from_store:
        product_id = edit_product(client, listing, content)
    else:
        product_id = write_product(client, listing, variants, content)
    write_media(client, product_id, listing, content)
    return product_id


@transaction.atomic
def _record_applied(revision: ListingRevision) -> None:
    content, listing = revision.proposed, revision.listing
    listing.revisions.filter(state=RevisionState.APPLIED).update(state=RevisionState.SUPERSEDED)
    listing.revisions.filter(state=RevisionState.APPROVED, number__lt=revision.number).update(
        state=RevisionState.SUPERSEDED
    )
    revision.state = RevisionState.APPLIED
    revision.applied_at = timezone.now()
    revision.apply_error, revision.apply_attempts, revision.apply_after = "", 0, None
    revision.save(
        update_fields=["state", "applied_at", "apply_error", "apply_attempts", "apply_after"]
    )
    listing.taxonomy_slug, listing.category_slug = content.taxonomy_slug, content.category_slug
    listing.status = ListingStatus.PUBLISHED
    listing.save(update_fields=["taxonomy_slug", "category_slug", "status"])
    if not listing.is_from_store:
        for variant in listing.variants.all():
            proposed = content.variant(variant.pk)
            variant.weight_grams = proposed.weight_grams
            variant.name = proposed.name if content.further_variants else variant.name
            variant.save(update_fields=["weight_grams", "name"])
    audit.record("revision.applied", revision, by=JOB)


def _note(revision_id: UUID, error: str, longest: timedelta) -> None:
    """Record the error, and the time of the next attempt."""
    rows = ListingRevision.objects.crossing(Crossing.ENGINE_PROJECTION).filter(pk=revision_id)
    tried = rows.values_list("apply_attempts", flat=True).first() or 0
    pause = min(FIRST_PAUSE * 2 ** min(tried, 12), longest)
    rows.update(
        apply_error=error[:1000],
        apply_attempts=min(tried + 1, 1000),
        apply_after=timezone.now() + pause,
    )
