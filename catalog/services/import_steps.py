"""The steps of an import: drafts, listings for review, and listings straight for the shop."""

from collections.abc import Callable, Iterator
from itertools import islice

from catalog.import_rows import ImportRow
from catalog.models import (
    Listing,
    ListingPage,
    ListingRevision,
    ListingStatus,
    ProductFile,
    RevisionState,
)
from catalog.read_model.projection import project_by_id
from catalog.services.bulk import (
    NewListing,
    apply_first_revisions,
    start_approved,
    start_drafts,
    start_submitted,
)
from catalog.services.import_outcomes import ImportReport, lacking
from catalog.services.import_sorting import Known
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

BATCH = 50
Progress = Callable[[int, int], None]
# As JPEG, by the number of their row.
Pictures = dict[int, list[bytes]]


def keep_drafts(
    rows: list[ImportRow],
    cooperative: Cooperative,
    report: ImportReport,
    *,
    by: Actor,
    source: ProductFile | None = None,
    pictures: Pictures | None = None,
) -> None:
    """Drafts of incomplete rows."""
    for batch in _batches(rows):
        new = _new(batch, pictures)
        made = start_drafts(cooperative=cooperative, listings=new, by=by, source=source)
        for row, revision in zip(batch, made, strict=True):
            report.tell(row, "draft", lacking(row.lacks), revision.listing.slug)


def send_for_review(
    rows: list[ImportRow],
    source: ProductFile,
    report: ImportReport,
    *,
    by: Actor,
    pictures: Pictures,
) -> None:
    """Listings of whole rows, each of which waits for review."""
    cooperative = source.cooperative
    for batch in _batches(rows):
        new = _new(batch, pictures)
        made = start_submitted(cooperative=cooperative, listings=new, by=by, source=source)
        for row, revision in zip(batch, made, strict=True):
            report.tell(row, "submitted", slug=revision.listing.slug)


def bring_to_shop(
    rows: list[ImportRow],
    known: dict[str, Known],
    cooperative: Cooperative,
    report: ImportReport,
    *,
    by: Actor,
    progress: Progress | None,
) -> None:
    """Listings of whole rows, approved by rule and written to the engine."""
    for batch in _batches(rows, progress):
        revisions = _begun(batch, known, cooperative)
        fresh = [row for row in batch if row.key not in revisions]
        new = [NewListing(r.content, r.content.quantity, r.key) for r in fresh if r.content]
        started = start_approved(cooperative=cooperative, listings=new, by=by) if new else []
        revisions |= {row.key: revision for row, revision in zip(fresh, started, strict=True)}
        problems = apply_first_revisions(revisions=list(revisions.values()), by=by)
        for row in batch:
            revision = revisions[row.key]
            if problem := problems.get(revision.pk, ""):
                report.tell(row, "failed", problem, revision.listing.slug)
            else:
                report.tell(row, "imported", slug=revision.listing.slug)


def _begun(
    batch: list[ImportRow], known: dict[str, Known], cooperative: Cooperative
) -> dict[str, ListingRevision]:
    """Listings that an interrupted import recorded but did not publish, by key of their row."""
    begun = [known[row.key].revision_id for row in batch if row.key in known]
    rows = ListingRevision.objects.within(CooperativeScope(cooperative.pk))
    found = rows.filter(pk__in=begun).select_related("listing__cooperative") if begun else []
    return {revision.listing.import_key: revision for revision in found}


def show_missing(known: dict[str, Known]) -> None:
    """Project products that an interrupted import created but did not project."""
    applied = {k.listing_id for k in known.values() if k.state == RevisionState.APPLIED}
    shown = ListingPage.objects.filter(listing_id__in=applied)
    missing = applied - set(shown.values_list("listing_id", flat=True))
    published = Listing._base_manager.filter(pk__in=missing, status=ListingStatus.PUBLISHED)  # noqa: SLF001
    gids = ids.global_ids(ids.PRODUCT, published.values_list("pk", flat=True))
    for gid in gids.values():
        project_by_id(app_client(), gid)


def _new(rows: list[ImportRow], pictures: Pictures | None = None) -> list[NewListing]:
    return [
        NewListing(
            row.content,
            row.content.quantity,
            row.key,
            pictures=tuple((pictures or {}).get(row.number, ())),
            remark="\n".join(row.notes) if "picture" in row.lacks else "",
        )
        for row in rows
        if row.content
    ]


def _batches(rows: list[ImportRow], progress: Progress | None = None) -> Iterator[list[ImportRow]]:
    """Fifty rows at a time; ``progress`` hears of each batch that is done."""
    waiting, done = iter(rows), 0
    while batch := list(islice(waiting, BATCH)):
        yield batch
        done += len(batch)
        if progress:
            progress(done, len(rows))
