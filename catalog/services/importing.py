"""Import of a file: rows become revisions, approved by the operator, or drafts and for review.

Every batch is recorded before it is sent to the engine, so that an interrupted import is continued
by importing the same file again.
"""

from collections.abc import Sequence
from typing import IO

from django.utils.translation import gettext as _

from catalog.errors import ImportRunning
from catalog.import_file import read_rows
from catalog.import_rows import Defaults, ImportRow
from catalog.locks import import_lock
from catalog.markets import home_market
from catalog.models import ProductFile
from catalog.services.import_outcomes import ImportReport, lacking
from catalog.services.import_sorting import Known, known_rows, parted, sort_out
from catalog.services.import_steps import (
    Progress,
    bring_to_shop,
    keep_drafts,
    send_for_review,
    show_missing,
)
from marketplace.core.actors import Actor
from vendors.models import Cooperative


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
    """Import a table as listings of a cooperative; see ``import_headings`` for its columns.

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
        known = known_rows(cooperative)
        wanted = sort_out(rows, known, report)
        drafts, whole = parted(wanted, known)
        try:
            if dry_run:
                _tell_plan(drafts, whole, report)
            else:
                keep_drafts(drafts, cooperative, report, by=by)
                bring_to_shop(whole, known, cooperative, report, by=by, progress=progress)
                show_missing(known)
        finally:
            _tell_unreached(wanted, report)
    return report


def check_for_review(
    *, file: IO[bytes], cooperative: Cooperative, columns: Sequence[str]
) -> ImportReport:
    """What ``import_for_review`` would make of each row; nothing is written.

    Raises UnreadableFile.
    """
    report = ImportReport(dry_run=True)
    rows = list(read_rows(file, Defaults(home_market(cooperative.country_code)), columns))
    drafts, whole = _fresh(rows, known_rows(cooperative), report)
    _tell_plan(drafts, whole, report)
    report.rows.sort(key=lambda row: row.row)
    return report


def import_for_review(
    *,
    file: IO[bytes],
    source: ProductFile,
    cooperative: Cooperative,
    by: Actor,
    report: ImportReport,
    progress: Progress | None = None,
) -> None:
    """Make a listing of each row: a draft where it lacks something, else one that waits for review.

    What was imported before is left alone. Whatever ``progress`` raises ends the import between two
    batches; ``report`` then says how far it came. Raises UnreadableFile, ImportRunning.
    """
    defaults = Defaults(home_market(cooperative.country_code))
    rows = list(read_rows(file, defaults, source.columns))
    with import_lock(cooperative.pk) as is_ours:
        if not is_ours:
            raise ImportRunning
        drafts, whole = _fresh(rows, known_rows(cooperative), report)
        try:
            _make(drafts, whole, source, report, by=by, progress=progress)
        finally:
            _tell_unreached([*drafts, *whole], report)


def _make(
    drafts: list[ImportRow],
    whole: list[ImportRow],
    source: ProductFile,
    report: ImportReport,
    *,
    by: Actor,
    progress: Progress | None,
) -> None:
    """Both kinds of rows, with one count of what is done."""
    own, tell = source.cooperative, progress or (lambda _done, _total: None)
    total = len(drafts) + len(whole)

    def first(done: int, _of: int) -> None:
        tell(done, total)

    def then(done: int, _of: int) -> None:
        tell(len(whole) + done, total)

    send_for_review(whole, own, report, by=by, source=source, progress=first)
    keep_drafts(drafts, own, report, by=by, source=source, progress=then)


def _fresh(
    rows: list[ImportRow], known: dict[str, Known], report: ImportReport
) -> tuple[list[ImportRow], list[ImportRow]]:
    """Drafts and whole rows that no earlier import began; the others are reported."""
    wanted = sort_out(rows, known, report)
    for row in wanted:
        if row.key in known:
            report.tell(row, "unchanged", _("Already imported."), known[row.key].slug)
    return parted([row for row in wanted if row.key not in known], known)


def _tell_plan(drafts: list[ImportRow], whole: list[ImportRow], report: ImportReport) -> None:
    for row in drafts:
        report.tell(row, "draft", lacking(row.lacks))
    report.tell_all(whole, "valid")


def _tell_unreached(wanted: list[ImportRow], report: ImportReport) -> None:
    told = {row.row for row in report.rows}
    for row in wanted:
        if row.number not in told:
            report.tell(row, "waiting", _("Not finished. Import the file again to continue."))
    report.rows.sort(key=lambda row: row.row)
