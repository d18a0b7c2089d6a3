"""What becomes of the rows of a file: said at once, or by the worker where there are many."""

from collections.abc import Callable, Iterator
from typing import Any

from django.db import transaction

from catalog.import_headings import NAMES
from catalog.models import ProductFile, ProductFileState
from catalog.product_file_content import content_of
from catalog.queries.product_files import locked_file
from catalog.services.import_outcomes import ImportReport, RowReport
from catalog.services.import_review import check_for_review
from catalog.services.import_steps import Progress
from marketplace.core.actors import Actor
from marketplace.long_jobs.models import LongJob
from marketplace.long_jobs.services import ask_for
from vendors.permissions import MemberPermission

KIND = "check_products"
# Nobody waits at a page for more rows than these: about a second.
CHECKED_AT_ONCE = 1_000


def check_or_ask(file: ProductFile, *, by: Actor) -> None:
    """Set what becomes of the rows, or have the worker find it out; the file is not saved.

    Raises UnreadableFile, TooManyJobs.
    """
    if file.rows <= CHECKED_AT_ONCE or not has_names(file):
        file.found = found_of(check(file))
        if file.state == ProductFileState.CHECKING:
            file.state = ProductFileState.READ
        return
    file.found, file.state = {}, ProductFileState.CHECKING
    file.job = ask_worker(file, KIND, by=by)


def ask_worker(file: ProductFile, kind: str, *, by: Actor) -> LongJob:
    """A job of the worker with a file, for who may edit listings; raises TooManyJobs."""
    return ask_for(
        kind=kind,
        parameters={"file": str(file.pk), "name": file.name},
        programme=file.cooperative.programme,
        cooperative=file.cooperative,
        permission=MemberPermission.LISTING_EDIT,
        by=by,
    )


def check(
    file: ProductFile,
    sink: Callable[[RowReport], object] | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """What an import would make of each row; raises UnreadableFile only for the table itself.

    The rows go to the ``sink``.
    """
    report = ImportReport(dry_run=True, sink=sink or (lambda _row: None))
    for told in check_pages(file, report):
        if progress:
            progress(told, max(file.rows, told))
    return report


def check_pages(file: ProductFile, report: ImportReport) -> Iterator[int]:
    """``check`` a page of rows at a time: how many rows the report has told of after each."""
    if has_names(file):
        yield from check_for_review(file=content_of(file), source=file, report=report)


def has_names(file: ProductFile) -> bool:
    """Whether a column is the name of the product, without which nothing can be imported."""
    return bool(set(NAMES) & set(file.columns))


@transaction.atomic
def note_checked(*, file: ProductFile, report: ImportReport) -> None:
    """What the worker found, unless the columns or the pictures are others by now."""
    locked = locked_file(file)
    is_same = (locked.columns, locked.picture_members) == (file.columns, file.picture_members)
    if locked.state == ProductFileState.CHECKING and is_same:
        locked.found, locked.state = found_of(report), ProductFileState.READ
        locked.save(update_fields=["found", "state"])


def found_of(report: ImportReport) -> dict[str, Any]:
    """Counts by outcome, those of pictures, and the first rows that need a look."""
    rows = [
        {
            "row": row.line or row.row,
            "name": row.name,
            "outcome": row.outcome,
            "reason": row.reason,
            "notes": row.notes,
        }
        for row in report.looked
    ]
    counts, pictures = dict(+report.counts), dict(+report.pictures)
    return {"counts": counts, "pictures": pictures, "rows": rows, "more": report.more}
