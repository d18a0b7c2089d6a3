"""Use cases of a file of products: read it, say what each column is, import it, undo the import."""

import hashlib
from collections.abc import Sequence
from copy import copy
from functools import partial
from io import BytesIO
from itertools import islice
from typing import IO, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.errors import ImportRunning, NothingToImport, UnreadableFile
from catalog.import_headings import NAMES, known_columns, meaning_of
from catalog.import_tables import MOST_BYTES, Table, read_table
from catalog.models import Listing, ListingRevision, ProductFile, ProductFileState
from catalog.product_file_content import content_of, forget_content, keep_content
from catalog.services.import_outcomes import ImportReport
from catalog.services.importing import check_for_review
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.files import full_disk_refused, undone_together
from marketplace.core.models import AuditEntry
from marketplace.long_jobs.services import ask_for
from vendors.accounts import User
from vendors.models import Cooperative
from vendors.permissions import MemberPermission

KIND = "import_products"
SAMPLE_ROWS = 5
LONGEST_SAMPLE = 120
# What a page shows of the rows that need a look; the report has them all.
ROWS_KEPT = 100
_MOST_COLUMNS = 200


@transaction.atomic
def keep_file(*, cooperative: Cooperative, upload: IO[bytes], name: str, by: Actor) -> ProductFile:
    """Read the table of a file and keep it; nothing is imported yet.

    What each column is comes from the last file of the cooperative with the same headings, else
    from the headings. Raises UnreadableFile, DiskFull.
    """
    data = upload.read(MOST_BYTES + 1)
    table = read_table(data)
    headings = [heading.strip()[:LONGEST_SAMPLE] for heading in table.heading.cells]
    if len(headings) > _MOST_COLUMNS:
        raise UnreadableFile({"file": _("A table can have at most 200 columns.")})
    sender = User.objects.of_actor(by)
    file = ProductFile(
        cooperative=cooperative,
        sent_by=sender,
        sent_at=timezone.now(),
        name=name[-200:] or hashlib.sha256(data).hexdigest()[:12],
        size=len(data),
        how=table.how[:120],
        headings=headings,
        columns=_remembered(cooperative, headings) or meaning_of(headings).columns,
        sample=_sample(table, len(headings)),
    )
    with full_disk_refused(), undone_together():
        keep_content(file, data)
        file.found = _found(_checked(file, BytesIO(data)))
        file.save(force_insert=True)
        audit.record("product_file.sent", file, by=by, name=file.name)
    return file


@transaction.atomic
def choose_columns(*, file: ProductFile, columns: Sequence[str], by: Actor) -> None:
    """Say what each column is, and check the rows anew; raises UnreadableFile, ImportRunning."""
    locked = _locked(file)
    if not locked.may_start:
        raise ImportRunning
    known = known_columns()
    file.columns = [name if name in known else "" for name in columns][: len(file.headings)]
    file.found = _found(check(file))
    file.save(update_fields=["columns", "found"])
    audit.record("product_file.columns_chosen", file, by=by, columns=file.columns)


def check(file: ProductFile) -> ImportReport:
    """What an import would make of each row; raises UnreadableFile only for the table itself."""
    return _checked(file, content_of(file))


@transaction.atomic
def start_import(*, file: ProductFile, by: Actor) -> None:
    """Have the worker import the file; raises ImportRunning, NothingToImport, TooManyJobs."""
    locked = _locked(file)
    if not locked.may_start:
        raise ImportRunning
    counts = file.found.get("counts", {})
    if file.state == ProductFileState.READ and not (counts.get("valid") or counts.get("draft")):
        raise NothingToImport
    file.job = ask_for(
        kind=KIND,
        parameters={"file": str(file.pk), "name": file.name},
        programme=file.cooperative.programme,
        cooperative=file.cooperative,
        permission=MemberPermission.LISTING_EDIT,
        by=by,
    )
    file.state = ProductFileState.ASKED
    file.save(update_fields=["job", "state"])


@transaction.atomic
def note_outcome(*, file: ProductFile, report: ImportReport, is_whole: bool, by: Actor) -> None:
    """What an import did; one that was stopped can be started again."""
    file.found = _found(report)
    file.ended_at = timezone.now()
    if is_whole:
        file.state = ProductFileState.IMPORTED
    file.save(update_fields=["found", "ended_at", "state"])
    audit.record("product_file.imported", file, by=by, **file.found["counts"])


@transaction.atomic
def undo_import(*, file: ProductFile, by: Actor) -> int:
    """Delete the listings that the import made and nobody has changed or approved; how many.

    Raises ImportRunning while it goes on.
    """
    if _locked(file).is_under_way:
        raise ImportRunning
    untouched = list(undoable(file).values_list("pk", flat=True))
    Listing.objects.within(file.cooperative.scope).filter(pk__in=untouched).delete()
    file.state = ProductFileState.UNDONE
    file.save(update_fields=["state"])
    audit.record("product_file.undone", file, by=by, listings=len(untouched))
    return len(untouched)


@transaction.atomic
def delete_file(*, file: ProductFile, by: Actor) -> None:
    """Forget a file; what was imported from it stays. Raises ImportRunning while it goes on."""
    if _locked(file).is_under_way:
        raise ImportRunning
    audit.record("product_file.deleted", file, by=by, name=file.name)
    # Only then: a deletion that is rolled back keeps the content.
    transaction.on_commit(partial(forget_content, copy(file)))
    file.delete()


def undoable(file: ProductFile) -> Any:
    """The listings of the import that were neither approved nor changed since."""
    scope = file.cooperative.scope
    ours = Listing.objects.within(scope).filter(source=file, status="draft")
    decided = ListingRevision.objects.within(scope).filter(listing__source=file)
    decided = decided.exclude(number=1, state__in=("draft", "submitted", "returned"))
    changed = _changed(file)
    return ours.exclude(pk__in=decided.values("listing_id")).exclude(pk__in=changed)


def _changed(file: ProductFile) -> list[Any]:
    """Listings whose content somebody saved after the import."""
    revisions = ListingRevision.objects.within(file.cooperative.scope).filter(listing__source=file)
    listing_of = {str(pk): listing for pk, listing in revisions.values_list("pk", "listing_id")}
    saved = AuditEntry.objects.filter(
        subject_type="catalog.listingrevision", subject_id__in=list(listing_of)
    ).exclude(action="revision.submitted")
    return [listing_of[pk] for pk in saved.values_list("subject_id", flat=True)]


def _checked(file: ProductFile, content: IO[bytes]) -> ImportReport:
    if not set(NAMES) & set(file.columns):
        return ImportReport(dry_run=True)
    return check_for_review(file=content, cooperative=file.cooperative, columns=file.columns)


def _remembered(cooperative: Cooperative, headings: list[str]) -> list[str]:
    """What the columns of the last file with these headings were chosen to be."""
    files = ProductFile.objects.within(cooperative.scope).filter(headings=headings)
    last = files.order_by("-sent_at").values_list("columns", flat=True).first()
    return list(last or [])


def _sample(table: Table, width: int) -> list[list[str]]:
    rows = [row.cells for row in islice(table.rows, SAMPLE_ROWS)]
    return [[cell.strip()[:LONGEST_SAMPLE] for cell in row[:width]] for row in rows]


def _found(report: ImportReport) -> dict[str, Any]:
    """Counts by outcome, and the first rows that need a look."""
    counts: dict[str, int] = {}
    for row in report.rows:
        counts[row.outcome] = counts.get(row.outcome, 0) + 1
    looked = [row for row in report.rows if row.reason or row.notes]
    rows = [
        {
            "row": row.line or row.row,
            "name": row.name,
            "outcome": row.outcome,
            "reason": row.reason,
            "notes": row.notes,
        }
        for row in looked[:ROWS_KEPT]
    ]
    return {"counts": counts, "rows": rows, "more": max(len(looked) - ROWS_KEPT, 0)}


def _locked(file: ProductFile) -> ProductFile:
    rows = ProductFile.objects.within(file.cooperative.scope).select_for_update(of=("self",))
    found: ProductFile = rows.select_related("job").get(pk=file.pk)
    return found
