"""Use cases of a file of products: read it, say what each column is, import it, undo the import."""

import hashlib
from collections.abc import Sequence
from copy import copy
from functools import partial
from itertools import islice
from typing import IO, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from catalog.errors import ImportRunning, NothingToImport, UnreadableArchive, UnreadableFile
from catalog.import_file import count_rows
from catalog.import_headings import known_columns, meaning_of
from catalog.import_tables import MOST_BYTES, read_table
from catalog.models import ProductFile, ProductFileState
from catalog.picture_archives import MOST_BYTES as MOST_ARCHIVE_BYTES
from catalog.picture_archives import list_archive
from catalog.product_file_content import forget_content, keep_archive, keep_content
from catalog.queries.product_files import locked_file
from catalog.services.checking import ask_worker, check_or_ask, found_of
from catalog.services.import_outcomes import ImportReport
from marketplace.core import audit
from marketplace.core.actors import Actor
from marketplace.core.csv_table import CsvRow
from marketplace.core.files import full_disk_refused, undone_together
from vendors.accounts import User
from vendors.models import Cooperative

KIND = "import_products"
SAMPLE_ROWS = 5
LONGEST_SAMPLE = 120
_MOST_COLUMNS = 200
_CHECKED = ("found", "state", "job")


class Archive(NamedTuple):
    """A ZIP of pictures as it was sent, and its name."""

    content: IO[bytes]
    name: str


@transaction.atomic
def keep_file(
    *,
    cooperative: Cooperative,
    upload: IO[bytes],
    name: str,
    by: Actor,
    archive: Archive | None = None,
) -> ProductFile:
    """Read the table of a file and keep it; nothing is imported yet.

    What each column is comes from the last file of the cooperative with the same headings, else
    from the headings. ``archive`` is a ZIP of pictures. Raises UnreadableFile, UnreadableArchive,
    TooManyJobs, DiskFull.
    """
    data = upload.read(MOST_BYTES + 1)
    file = _read(data, cooperative, name, by=by)
    with full_disk_refused(), undone_together():
        keep_content(file, data)
        if archive is not None:
            _take_archive(file, archive)
        check_or_ask(file, by=by)
        file.save(force_insert=True)
        audit.record("product_file.sent", file, by=by, name=file.name)
    return file


@transaction.atomic
def choose_columns(*, file: ProductFile, columns: Sequence[str], by: Actor) -> None:
    """Say what each column is, and check the rows anew; raises UnreadableFile, ImportRunning."""
    locked = locked_file(file)
    if not locked.may_start:
        raise ImportRunning
    known = known_columns()
    file.columns = [name if name in known else "" for name in columns][: len(file.headings)]
    check_or_ask(file, by=by)
    file.save(update_fields=["columns", *_CHECKED])
    audit.record("product_file.columns_chosen", file, by=by, columns=file.columns)


@transaction.atomic
def keep_pictures(*, file: ProductFile, archive: Archive, by: Actor) -> None:
    """Keep a ZIP of pictures beside the table, instead of an earlier one; the rows are checked.

    Raises UnreadableArchive, UnreadableFile, ImportRunning, DiskFull.
    """
    if not locked_file(file).may_start:
        raise ImportRunning
    with full_disk_refused(), undone_together():
        _take_archive(file, archive)
        check_or_ask(file, by=by)
        names = ("pictures_name", "picture_members", "picture_problems")
        file.save(update_fields=[*names, *_CHECKED])
    audit.record("product_file.pictures_sent", file, by=by, name=file.pictures_name)


@transaction.atomic
def start_import(*, file: ProductFile, by: Actor) -> None:
    """Have the worker import the file; raises ImportRunning, NothingToImport, TooManyJobs."""
    locked = locked_file(file)
    if not locked.may_start:
        raise ImportRunning
    counts = file.found.get("counts", {})
    is_new = file.state in {ProductFileState.READ, ProductFileState.CHECKING}
    if is_new and not (counts.get("valid") or counts.get("draft")):
        raise NothingToImport
    file.job = ask_worker(file, KIND, by=by)
    file.state = ProductFileState.ASKED
    file.save(update_fields=["job", "state"])


@transaction.atomic
def note_outcome(*, file: ProductFile, report: ImportReport, is_whole: bool, by: Actor) -> None:
    """What an import did; one that was stopped can be started again."""
    file.found = found_of(report)
    file.ended_at = timezone.now()
    if is_whole:
        file.state = ProductFileState.IMPORTED
    file.save(update_fields=["found", "ended_at", "state"])
    audit.record("product_file.imported", file, by=by, **file.found["counts"])


@transaction.atomic
def delete_file(*, file: ProductFile, by: Actor) -> None:
    """Forget a file; what was imported from it stays. Raises ImportRunning while it goes on."""
    if locked_file(file).is_under_way:
        raise ImportRunning
    audit.record("product_file.deleted", file, by=by, name=file.name)
    # Only then: a deletion that is rolled back keeps the content.
    transaction.on_commit(partial(forget_content, copy(file)))
    file.delete()


def _read(data: bytes, cooperative: Cooperative, name: str, *, by: Actor) -> ProductFile:
    table = read_table(data)
    headings = [heading.strip()[:LONGEST_SAMPLE] for heading in table.heading.cells]
    if len(headings) > _MOST_COLUMNS:
        raise UnreadableFile({"file": _("A table can have at most 200 columns.")})
    first = list(islice(table.rows, SAMPLE_ROWS))
    return ProductFile(
        cooperative=cooperative,
        sent_by=User.objects.of_actor(by),
        sent_at=timezone.now(),
        name=name[-200:] or hashlib.sha256(data).hexdigest()[:12],
        size=len(data),
        how=table.how[:120],
        headings=headings,
        columns=_remembered(cooperative, headings) or meaning_of(headings).columns,
        sample=_sample(first, len(headings)),
        rows=len(first) + count_rows(table.rows),
    )


def _take_archive(file: ProductFile, archive: Archive) -> None:
    if archive.content.seek(0, 2) > MOST_ARCHIVE_BYTES:
        told = _("A ZIP of pictures can be at most 200 MB. Make the pictures smaller.")
        raise UnreadableArchive({"pictures": told})
    found = list_archive(archive.content)
    file.pictures_name = archive.name[-200:] or "pictures.zip"
    file.picture_members, file.picture_problems = found.members, found.problems
    keep_archive(file, archive.content)


def _remembered(cooperative: Cooperative, headings: list[str]) -> list[str]:
    """What the columns of the last file with these headings were chosen to be."""
    files = ProductFile.objects.within(cooperative.scope).filter(headings=headings)
    last = files.order_by("-sent_at").values_list("columns", flat=True).first()
    return list(last or [])


def _sample(rows: list[CsvRow], width: int) -> list[list[str]]:
    return [[cell.strip()[:LONGEST_SAMPLE] for cell in row.cells[:width]] for row in rows]
