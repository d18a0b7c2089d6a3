"""The list of all rows of a file: what became of them, or what would."""

from collections.abc import Iterator
from io import StringIO
from itertools import chain

from django.utils import translation

from catalog.import_report import row_writer
from catalog.models import ProductFile, ProductFileState
from catalog.services.checking import KIND, check_pages
from catalog.services.import_outcomes import ImportReport
from marketplace.core.private_files import read_private

MARK = "\ufeff"


def outcome_list(file: ProductFile) -> Iterator[bytes]:
    """The list as CSV, in UTF-8 with the mark by which Excel knows it, a piece at a time.

    After an import or a check by the worker it is its own, as long as that is kept; else the rows
    are read again, a page at a time, in the language of now. Raises UnreadableFile at once.
    """
    job = file.job
    is_checks = job is not None and job.kind == KIND and file.state == ProductFileState.READ
    is_own = is_checks or file.state == ProductFileState.IMPORTED
    if is_own and job is not None and job.has_file:
        return read_private(job.stored_at(job.attempts))
    pieces = _checked(file, translation.get_language() or "ar")
    return chain([next(pieces)], pieces)


def _checked(file: ProductFile, language: str) -> Iterator[bytes]:
    """The rows as they are checked; whoever sends them has left the request's language."""
    text = StringIO()
    text.write(MARK)
    pages = check_pages(file, ImportReport(dry_run=True, sink=row_writer(text)))
    is_last = False
    while not is_last:
        with translation.override(language):
            is_last = next(pages, None) is None
        yield text.getvalue().encode()
        text.seek(0)
        text.truncate()
