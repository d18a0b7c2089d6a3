"""Import of a file for review, a page of rows at a time: nobody holds all of them.

Every page is recorded before the next is read, so that an import that was stopped or killed goes on
where it was: what is there already is left alone.
"""

from collections.abc import Iterator
from itertools import islice
from typing import IO

from django.db import transaction
from django.utils.translation import gettext as _

from catalog.errors import ImportRunning
from catalog.import_file import count_rows, read_rows
from catalog.import_pictures import plain_code
from catalog.import_rows import Defaults, ImportRow
from catalog.import_tables import read_table
from catalog.locks import import_lock
from catalog.markets import home_market
from catalog.models import ProductFile
from catalog.services.import_outcomes import ImportReport, lacking
from catalog.services.import_pictures import (
    PictureFiles,
    load,
    open_pictures,
    pictures_beside,
    plan,
)
from catalog.services.import_sorting import Seen, known_rows, parted, sort_out
from catalog.services.import_steps import Progress, keep_drafts, send_for_review
from marketplace.core.actors import Actor
from marketplace.core.files import full_disk_refused, undone_together

# How many rows are read, sorted and made at once, and how much their pictures may weigh.
PAGE = 50
MOST_PICTURE_BYTES = 8_000_000
Part = list[tuple[ImportRow, list[bytes]]]


def check_for_review(
    *, file: IO[bytes], source: ProductFile, report: ImportReport
) -> Iterator[int]:
    """What ``import_for_review`` would make of each row; nothing is written, no server asked.

    Says after each page of rows how many are told of. Raises UnreadableFile.
    """
    report.dry_run = True
    beside, seen = pictures_beside(source), Seen()
    if beside.index:
        beside.codes = _codes(file, source)
        file.seek(0)
    for page in _pages(file, source):
        fresh = _fresh(page, source, report, seen)
        for row in fresh:
            plan(row, beside, report)
        drafts, whole = parted(fresh, {})
        for row in drafts:
            report.tell(row, "draft", lacking(row.lacks))
        report.tell_all(whole, "valid")
        report.settle()
        yield report.told


def import_for_review(
    *,
    file: IO[bytes],
    source: ProductFile,
    by: Actor,
    report: ImportReport,
    progress: Progress | None = None,
) -> None:
    """Make a listing of each row: a draft where it lacks something, else one that waits for review.

    What was imported before is left alone. Whatever ``progress`` raises ends the import;
    ``report`` then says how far it came. Raises UnreadableFile, ImportRunning, DiskFull.
    """
    # All of the file is read first: an error in its last line is found before anything is written.
    count_rows(read_table(file.read()).rows)
    file.seek(0)
    total = _expected(file, source)
    tell = progress or (lambda _done, _total: None)
    with import_lock(source.cooperative_id) as is_ours, open_pictures(source) as beside:
        if not is_ours:
            raise ImportRunning
        if beside.index:
            beside.codes = _codes(file, source)
            file.seek(0)
        seen = Seen()
        try:
            for page in _pages(file, source):
                for part in _parts(_fresh(page, source, report, seen), beside, report):
                    _make(part, source, report, by=by)
                    tell(report.told, total)
                report.settle()
        finally:
            report.settle()
            report.counts["waiting"] += max(total - report.told, 0)


def _expected(file: IO[bytes], source: ProductFile) -> int:
    """How many rows will be told of: as many as the check told."""
    if counts := source.found.get("counts"):
        return sum(counts.values())
    total = sum(1 for _row in _rows(file, source))
    file.seek(0)
    return total


def _rows(file: IO[bytes], source: ProductFile) -> Iterator[ImportRow]:
    defaults = Defaults(home_market(source.cooperative.country_code))
    return read_rows(file, defaults, source.columns)


def _pages(file: IO[bytes], source: ProductFile) -> Iterator[list[ImportRow]]:
    rows = _rows(file, source)
    while page := list(islice(rows, PAGE)):
        yield page


def _codes(file: IO[bytes], source: ProductFile) -> frozenset[str]:
    return frozenset(plain_code(row.key) for row in _rows(file, source))


def _fresh(
    page: list[ImportRow], source: ProductFile, report: ImportReport, seen: Seen
) -> list[ImportRow]:
    """The rows that no earlier import began; the others are reported."""
    known = known_rows(source.cooperative, keys=[row.key for row in page if row.key])
    fresh = []
    for row in sort_out(page, known, report, seen):
        if row.key in known:
            report.tell(row, "unchanged", _("Already imported."), known[row.key].slug)
        else:
            fresh.append(row)
    return fresh


def _parts(rows: list[ImportRow], beside: PictureFiles, report: ImportReport) -> Iterator[Part]:
    """The rows with their pictures, so few together that these weigh little."""
    part: Part = []
    weight = 0
    for row in rows:
        taken = load(row, beside, report)
        part.append((row, taken))
        weight += sum(map(len, taken))
        if weight >= MOST_PICTURE_BYTES:
            yield part
            part, weight = [], 0
    yield part


def _make(part: Part, source: ProductFile, report: ImportReport, *, by: Actor) -> None:
    """Record the rows of a part, with their pictures: all of it or nothing."""
    pictures = {row.number: taken for row, taken in part}
    drafts, whole = parted([row for row, _taken in part], {})
    with full_disk_refused(), undone_together(), transaction.atomic():
        send_for_review(whole, source, report, by=by, pictures=pictures)
        keep_drafts(drafts, source.cooperative, report, by=by, source=source, pictures=pictures)
