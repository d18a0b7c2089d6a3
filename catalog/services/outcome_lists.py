"""The list of all rows of a file: what became of them, or what would."""

from typing import Protocol

from catalog.import_report import row_writer
from catalog.models import ProductFile, ProductFileState
from catalog.services.checking import KIND, check
from marketplace.core.private_files import read_private

MARK = "\ufeff"


class Target(Protocol):
    """What takes text and bytes: a response."""

    def write(self, content: str | bytes, /) -> object:
        """Take some."""


def write_outcomes(file: ProductFile, target: Target) -> None:
    """Write the list as CSV, in UTF-8 with the mark by which Excel knows it.

    After an import or a check by the worker it is its own, as long as that is kept. Raises
    UnreadableFile.
    """
    job = file.job
    is_checks = job is not None and job.kind == KIND and file.state == ProductFileState.READ
    is_own = is_checks or file.state == ProductFileState.IMPORTED
    if is_own and job is not None and job.has_file:
        for chunk in read_private(job.stored_at(job.attempts)):
            target.write(chunk)
        return
    target.write(MARK)
    check(file, sink=row_writer(target))
