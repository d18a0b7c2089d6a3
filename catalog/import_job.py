"""The long jobs of an import; ``marketplace/long_kinds.py`` names them."""

from io import TextIOWrapper
from uuid import UUID

from catalog.import_report import row_writer
from catalog.product_file_content import content_of
from catalog.queries.product_files import product_file
from catalog.services.checking import check, note_checked
from catalog.services.import_outcomes import ImportReport
from catalog.services.import_review import import_for_review
from catalog.services.product_files import note_outcome
from marketplace.long_jobs.errors import Cancelled
from marketplace.long_jobs.kinds import MemberWork, Result

_NAME, _TYPE = "import-report.csv", "text/csv; charset=utf-8"


def check_products(work: MemberWork) -> Result:
    """Say what an import would make of each row; the result is the list of all rows."""
    file = product_file(work.access.scope, UUID(work.parameters["file"]))
    text = TextIOWrapper(work.target, encoding="utf-8-sig", newline="")
    try:
        report = check(file, sink=row_writer(text), progress=work.progress)
    finally:
        text.detach()
    note_checked(file=file, report=report)
    return Result(_NAME, _TYPE)


def import_products(work: MemberWork) -> Result:
    """Import a file for review; the result is the report with the outcome of each row."""
    file = product_file(work.access.scope, UUID(work.parameters["file"]))
    text = TextIOWrapper(work.target, encoding="utf-8-sig", newline="")
    report = ImportReport(sink=row_writer(text))
    try:
        import_for_review(
            file=content_of(file),
            source=file,
            by=work.access.by,
            report=report,
            progress=work.progress,
        )
    except Cancelled:
        note_outcome(file=file, report=report, is_whole=False, by=work.access.by)
        raise
    finally:
        text.detach()
    note_outcome(file=file, report=report, is_whole=True, by=work.access.by)
    return Result(_NAME, _TYPE)
