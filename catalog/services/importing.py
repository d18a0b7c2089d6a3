"""Import of a file: rows become revisions, approved by the operator, or drafts and for review.

Every batch is recorded before it is sent to the engine, so that an interrupted import is continued
by importing the same file again.
"""

from typing import IO

from django.utils.translation import gettext as _

from catalog.errors import ImportRunning
from catalog.import_file import read_rows
from catalog.import_rows import Defaults, ImportRow
from catalog.locks import import_lock
from catalog.markets import home_market
from catalog.services.import_outcomes import ImportReport, lacking
from catalog.services.import_sorting import known_rows, parted, sort_out
from catalog.services.import_steps import (
    Progress,
    bring_to_shop,
    keep_drafts,
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


def _tell_plan(drafts: list[ImportRow], whole: list[ImportRow], report: ImportReport) -> None:
    for row in drafts:
        report.tell(row, "draft", lacking(row.lacks))
    report.tell_all(whole, "valid")


def _tell_unreached(wanted: list[ImportRow], report: ImportReport) -> None:
    told = {row.row for row in report.rows}
    for row in wanted:
        if row.number not in told:
            report.tell(row, "waiting", _("Not finished. Import the file again to continue."))
    report.settle()
