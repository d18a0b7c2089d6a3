"""Many listings at once: rows → revisions, approved by the operator's word → the engine in bulk."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import IO

from django.utils.translation import gettext as _

from catalog.content import check
from catalog.errors import InvalidListing
from catalog.import_file import Defaults, ImportRow, read_rows
from catalog.markets import home_market
from catalog.models import Listing
from catalog.services.bulk import NewListing, apply_first_revisions, start_approved
from marketplace.core.actors import Actor
from vendors.models import Cooperative
from vendors.scoping import CooperativeScope

BATCH = 50
Progress = Callable[[int, int], None]


@dataclass
class RowReport:
    """What became of a row: ``imported``, ``skipped``, ``failed`` (with a reason) or ``valid``."""

    row: int
    name: str
    outcome: str
    reason: str = ""
    notes: list[str] = field(default_factory=list)
    slug: str = ""


@dataclass
class ImportReport:
    """What became of every row, in the file's order."""

    rows: list[RowReport] = field(default_factory=list)
    dry_run: bool = False

    def count(self, outcome: str) -> int:
        """How many rows ended this way."""
        return sum(row.outcome == outcome for row in self.rows)


def import_listings(
    *,
    file: IO[bytes],
    cooperative: Cooperative,
    by: Actor,
    dry_run: bool = False,
    defaults: Defaults | None = None,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a CSV file as listings of a cooperative; see ``import_file`` for its columns.

    Every row becomes a listing with one revision, approved by the rule that an operator's import
    is reviewed beforehand. A row already imported is skipped, so an interrupted import may simply
    be run again. With ``dry_run`` nothing is written. Raises UnreadableFile.
    """
    rows = list(read_rows(file, defaults or Defaults(home_market(cooperative.country_code))))
    report = ImportReport(dry_run=dry_run)
    wanted = _sort_out(rows, cooperative, report)
    if dry_run:
        report.rows += [RowReport(r.number, r.name, "valid", notes=r.notes) for r in wanted]
    else:
        _import(wanted, cooperative, report, by=by, progress=progress)
    report.rows.sort(key=lambda row: row.row)
    return report


def _sort_out(
    rows: list[ImportRow], cooperative: Cooperative, report: ImportReport
) -> list[ImportRow]:
    """The rows to import; the others are reported with the reason."""
    rows_of = Listing.objects.within(CooperativeScope(cooperative.pk))
    known = set(rows_of.exclude(import_key="").values_list("import_key", flat=True))
    seen: dict[str, int] = {}
    wanted = []
    for row in rows:
        row.key = row.key or f"name:{row.name.casefold()}"[:120]
        reason = row.problem or _invalid(row) or _duplicate(row, known, seen)
        if reason:
            report.rows.append(RowReport(row.number, row.name, "skipped", reason, row.notes))
        else:
            seen[row.key] = row.number
            wanted.append(row)
    return wanted


def _invalid(row: ImportRow) -> str:
    try:
        check(row.content) if row.content else None
    except InvalidListing as error:
        return " ".join(str(message) for message in error.errors.values())
    return ""


def _duplicate(row: ImportRow, known: set[str], seen: dict[str, int]) -> str:
    if row.key in known:
        return _("Already imported.")
    if row.key in seen:
        return _("The same product as in row %(row)s.") % {"row": seen[row.key]}
    return ""


def _import(
    rows: list[ImportRow],
    cooperative: Cooperative,
    report: ImportReport,
    *,
    by: Actor,
    progress: Progress | None,
) -> None:
    done = 0
    for batch in _batches(rows):
        new = [NewListing(r.content, r.content.quantity, r.key) for r in batch if r.content]
        revisions = start_approved(cooperative=cooperative, listings=new, by=by)
        problems = apply_first_revisions(revisions=revisions, by=by)
        for row, revision in zip(batch, revisions, strict=True):
            problem = problems.get(revision.pk, "")
            outcome = "failed" if problem else "imported"
            slug = "" if problem else revision.listing.slug
            report.rows.append(RowReport(row.number, row.name, outcome, problem, row.notes, slug))
        done += len(batch)
        if progress:
            progress(done, len(rows))


def _batches(rows: list[ImportRow]) -> Iterator[list[ImportRow]]:
    waiting = iter(rows)
    while batch := list(islice(waiting, BATCH)):
        yield batch
