"""``twiza import-listings FILE --cooperative SLUG [--report FILE] [--dry-run] [--json]``."""

import json
import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import translation

from catalog.import_file import unknown_columns
from catalog.import_report import write_report
from catalog.progress import show_progress
from catalog.services import ImportReport, import_listings
from marketplace.core.actors import Actor
from marketplace.core.errors import Invalid, TwizaError
from marketplace.core.word_lists import listed
from vendors.models import Cooperative
from vendors.scoping import Crossing

_OUTCOMES = ("imported", "draft", "joined", "unchanged", "valid", "skipped", "failed", "waiting")
_TOLD = {"draft", "skipped", "failed"}


class Command(BaseCommand):
    """Import a CSV file as listings of a cooperative, and report the outcome of every row."""

    help = (
        "Import a CSV file (UTF-8, with a heading) as listings of a cooperative. Every row is "
        "checked as a listing written in the portal is, and approved by your word that you have "
        "reviewed the file; one without a price, a weight or a quantity becomes a draft. Rows "
        "already imported are left unchanged, and an interrupted import is continued by the same "
        "command. Columns: key, name or name_ar name_fr name_en, "
        "description…, category, taxonomy, origin_country, materials, quality_marks, "
        "net_quantity, weight (650 g) or weight_grams, quantity, price or price_<channel> (such as "
        "price_ma-mad); Arabic and French names are read too. Exit "
        "status: 0 if every usable row is in the shop, 1 if the file cannot be read or a row "
        "failed; rows that cannot be used are skipped."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="the CSV file")
        parser.add_argument("--cooperative", required=True, metavar="SLUG")
        parser.add_argument("--dry-run", action="store_true", help="check, but write nothing")
        parser.add_argument(
            "--report", type=Path, metavar="CSV", help="write what became of each row to this file"
        )
        parser.add_argument(
            "--lang",
            default="en",
            choices=["ar", "fr", "en"],
            help="of the reasons in the report, and of amounts below English headings",
        )
        parser.add_argument("--verbose", action="store_true", help="print every row's outcome")
        parser.add_argument("--json", action="store_true", help="report as JSON, for programs")

    def handle(self, **options: Any) -> None:
        rows = Cooperative.objects.crossing(Crossing.OPERATOR_COMMAND)
        cooperative = rows.filter(slug=options["cooperative"]).first()
        if cooperative is None:
            raise CommandError(f"There is no cooperative {options['cooperative']!r}.")
        started, report = time.monotonic(), ImportReport()
        try:
            with translation.override(options["lang"]):
                self._import(cooperative, options, report)
        finally:
            # Reported even when the import was interrupted.
            if options["report"] and report.rows:
                write_report(report, options["report"])
        if options["json"]:
            self.stdout.write(json.dumps(_as_json(report), ensure_ascii=False))
        else:
            self._tell(report, options, time.monotonic() - started)
        if report.count("failed"):
            raise SystemExit(1)

    def _import(
        self, cooperative: Cooperative, options: dict[str, Any], report: ImportReport
    ) -> None:
        try:
            with options["file"].open("rb") as file:
                if unread := unknown_columns(file):
                    self.stderr.write(f"Columns that are not read: {', '.join(unread)[:300]}")
                import_listings(
                    file=file,
                    cooperative=cooperative,
                    by=Actor.system("import listings"),
                    dry_run=options["dry_run"],
                    progress=self._progress,
                    report=report,
                )
        except OSError as error:
            raise CommandError(f"{options['file']}: {error.strerror}") from error
        except Invalid as error:
            raise CommandError(" ".join(str(m) for m in error.errors.values())) from error
        except TwizaError as error:
            raise CommandError(f"{error} Run the command again: what is done is kept.") from error

    def _progress(self, done: int, total: int) -> None:
        show_progress(sys.stderr, done, total, "listings")

    def _tell(self, report: ImportReport, options: dict[str, Any], seconds: float) -> None:
        everything = options["verbose"] or options["dry_run"]
        for row in report.rows:
            if everything or row.outcome in _TOLD:
                told = [part for part in (row.name, row.reason, *row.notes) if part]
                line = f", line {row.line}" if row.line != row.row else ""
                self.stdout.write(f"row {row.row}{line}: {row.outcome}: {listed(told)}")
        counts = [f"{n:,} {name}" for name in _OUTCOMES if (n := report.count(name))]
        self.stdout.write(", ".join(counts) or "The file has no rows.")
        if made := report.count("imported"):
            self.stdout.write(f"{made / max(seconds, 0.001):.0f} listings a second")
        elif report.count("unchanged") and not options["dry_run"]:
            self.stdout.write("Nothing was changed.")


def _as_json(report: ImportReport) -> dict[str, Any]:
    counts = {name: report.count(name) for name in _OUTCOMES}
    return {
        "dry_run": report.dry_run,
        "counts": counts,
        "rows": [asdict(row) for row in report.rows],
    }
