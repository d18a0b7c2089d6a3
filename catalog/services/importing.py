"""Import of a file: rows become revisions, approved by the operator, then products in bulk.

Every batch is recorded before it is sent to the engine, so that an interrupted import is continued
by importing the same file again.
"""

from collections.abc import Callable, Iterator
from itertools import islice
from typing import IO, NamedTuple
from uuid import UUID

from django.utils.translation import gettext as _

from catalog.content import check
from catalog.errors import ImportRunning, InvalidListing
from catalog.import_file import read_rows
from catalog.import_rows import Defaults, ImportRow
from catalog.locks import import_lock
from catalog.markets import home_market
from catalog.models import Listing, ListingPage, ListingRevision, ListingStatus, RevisionState
from catalog.read_model.projection import project_by_id
from catalog.services.bulk import NewListing, apply_first_revisions, start_approved
from catalog.services.import_outcomes import (
    ImportReport,
    UsualPrices,
    lacking,
    note_unusual,
)
from catalog.services.revisions import start_listing
from marketplace.core.actors import Actor
from marketplace.saleor import ids
from marketplace.saleor.gateway import app_client
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

BATCH = 50
Progress = Callable[[int, int], None]


class _Known(NamedTuple):
    """A row that an earlier import has begun."""

    listing_id: UUID
    slug: str
    revision_id: UUID
    state: str
    remark: str


def import_listings(
    *,
    file: IO[bytes],
    cooperative: Cooperative,
    by: Actor,
    dry_run: bool = False,
    defaults: Defaults | None = None,
    progress: Progress | None = None,
    report: ImportReport | None = None,
) -> ImportReport:
    """Import a CSV file as listings of a cooperative; see ``import_file`` for its columns.

    Every row becomes a listing with one revision, approved by the rule that an operator's import
    is reviewed beforehand; one that lacks a price, a weight or a quantity becomes a draft. What an
    earlier import has brought to the shop is left alone, what it has only begun is finished: an
    interrupted one is run again. With ``dry_run`` nothing is written. A caller's ``report`` holds
    what was done. Raises UnreadableFile, ImportRunning, EngineUnavailable.
    """
    report = report or ImportReport()
    report.dry_run = dry_run
    # The whole file is read first: an error in its last line is found before anything is written.
    rows = list(read_rows(file, defaults or Defaults(home_market(cooperative.country_code))))
    with import_lock(cooperative.pk) as is_ours:
        if not is_ours:
            raise ImportRunning
        known = _known(cooperative)
        wanted = _sort_out(rows, known, report)
        drafts, whole = _parted(wanted, known)
        try:
            _keep_drafts(drafts, cooperative, report, by=by)
            if dry_run:
                report.tell_all(whole, "valid")
            else:
                _import(whole, known, cooperative, report, by=by, progress=progress)
                _show_missing(known)
        finally:
            _tell_unreached(wanted, report)
    return report


def _known(cooperative: Cooperative) -> dict[str, _Known]:
    """Rows that earlier imports began, by key."""
    first = ListingRevision.objects.within(CooperativeScope(cooperative.pk)).filter(number=1)
    found = first.exclude(listing__import_key="").values_list(
        "listing__import_key", "listing_id", "listing__slug", "pk", "state", "remark"
    )
    return {key: _Known(*rest) for key, *rest in found.iterator()}


def _sort_out(
    rows: list[ImportRow], known: dict[str, _Known], report: ImportReport
) -> list[ImportRow]:
    """The rows to import; the others are reported with the reason."""
    seen: dict[str, int] = {}
    usual = UsualPrices()
    wanted = []
    for row in rows:
        if reason := row.problem or _invalid(row) or _duplicate(row, seen):
            report.tell(row, "skipped", reason)
            continue
        seen[row.key] = row.number
        note_unusual(row, usual)
        before = known.get(row.key)
        if before is None or before.state == RevisionState.APPROVED:
            wanted.append(row)
        elif before.state == RevisionState.RETURNED and before.remark:
            text = _(
                "Imported before and refused by the shop: %(reason)s Correct it in the portal."
            )
            report.tell(row, "failed", text % {"reason": before.remark}, before.slug)
        elif before.state == RevisionState.DRAFT:
            reason = _("Already imported, as a draft. Complete it in the portal.")
            report.tell(row, "unchanged", reason, before.slug)
        else:
            report.tell(row, "unchanged", _("Already imported."), before.slug)
    return wanted


def _invalid(row: ImportRow) -> str:
    """What is wrong with a row; what it merely lacks makes it a draft."""
    try:
        check(row.content) if row.content else None
    except InvalidListing as error:
        absent = {"price": "prices"}
        lacking = {absent.get(name, name) for name in row.lacks}
        return " ".join(str(why) for name, why in error.errors.items() if name not in lacking)
    return ""


def _parted(
    rows: list[ImportRow], known: dict[str, _Known]
) -> tuple[list[ImportRow], list[ImportRow]]:
    """The rows that become drafts, and those for the shop, with what an earlier import began."""
    drafts = [row for row in rows if row.lacks and row.key not in known]
    return drafts, [row for row in rows if not row.lacks or row.key in known]


def _keep_drafts(
    rows: list[ImportRow], cooperative: Cooperative, report: ImportReport, *, by: Actor
) -> None:
    """Drafts of incomplete rows; a dry run only tells them."""
    for row in rows:
        slug = ""
        if row.content and not report.dry_run:
            revision = start_listing(
                cooperative_id=cooperative.pk,
                content=row.content,
                quantity=row.content.quantity,
                by=by,
                import_key=row.key,
            )
            slug = revision.listing.slug
        report.tell(row, "draft", lacking(row.lacks), slug)


def _duplicate(row: ImportRow, seen: dict[str, int]) -> str:
    if row.key in seen:
        return _("The same product as in row %(row)s.") % {"row": seen[row.key]}
    return ""


def _import(
    rows: list[ImportRow],
    known: dict[str, _Known],
    cooperative: Cooperative,
    report: ImportReport,
    *,
    by: Actor,
    progress: Progress | None,
) -> None:
    done = 0
    for batch in _batches(rows):
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
        done += len(batch)
        if progress:
            progress(done, len(rows))


def _begun(
    batch: list[ImportRow], known: dict[str, _Known], cooperative: Cooperative
) -> dict[str, ListingRevision]:
    """Listings that an interrupted import recorded but did not publish, by key of their row."""
    begun = [known[row.key].revision_id for row in batch if row.key in known]
    rows = ListingRevision.objects.within(CooperativeScope(cooperative.pk))
    found = rows.filter(pk__in=begun).select_related("listing__cooperative") if begun else []
    return {revision.listing.import_key: revision for revision in found}


def _show_missing(known: dict[str, _Known]) -> None:
    """Project products that an interrupted import created but did not project."""
    applied = {k.listing_id for k in known.values() if k.state == RevisionState.APPLIED}
    shown = ListingPage.objects.filter(listing_id__in=applied)
    missing = applied - set(shown.values_list("listing_id", flat=True))
    published = Listing._base_manager.filter(pk__in=missing, status=ListingStatus.PUBLISHED)  # noqa: SLF001
    gids = ids.global_ids(ids.PRODUCT, published.values_list("pk", flat=True))
    for gid in gids.values():
        project_by_id(app_client(), gid)


def _tell_unreached(wanted: list[ImportRow], report: ImportReport) -> None:
    told = {row.row for row in report.rows}
    for row in wanted:
        if row.number not in told:
            report.tell(row, "waiting", _("Not finished. Import the file again to continue."))
    report.rows.sort(key=lambda row: row.row)


def _batches(rows: list[ImportRow]) -> Iterator[list[ImportRow]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch
