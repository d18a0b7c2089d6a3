"""The long job of an import; ``marketplace/long_kinds.py`` names it."""

from io import TextIOWrapper
from uuid import UUID

from catalog.import_report import write_rows
from catalog.product_file_content import content_of
from catalog.queries.product_files import product_file
from catalog.services.import_outcomes import ImportReport
from catalog.services.importing import import_for_review
from catalog.services.product_files import note_outcome
from marketplace.long_jobs.errors import Cancelled
from marketplace.long_jobs.kinds import MemberWork, Result


def import_products(work: MemberWork) -> Result:
    """Import a file for review; the result is the report with the outcome of each row."""
    file = product_file(work.access.scope, UUID(work.parameters["file"]))
    report = ImportReport()
    try:
        import_for_review(
            file=content_of(file),
            source=file,
            cooperative=work.access.cooperative,
            by=work.access.by,
            report=report,
            progress=work.progress,
        )
    except Cancelled:
        note_outcome(file=file, report=report, is_whole=False, by=work.access.by)
        raise
    note_outcome(file=file, report=report, is_whole=True, by=work.access.by)
    text = TextIOWrapper(work.target, encoding="utf-8-sig", newline="")
    write_rows(report, text)
    text.detach()
    return Result("import-report.csv", "text/csv; charset=utf-8")
