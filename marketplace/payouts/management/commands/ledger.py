"""``ledger check``: the books check themselves; ``ledger export``: the journal as a file."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.payouts.accounting.fec import csv_rows, fec_problems, fec_rows
from marketplace.payouts.ledger.checks import findings, tally
from marketplace.payouts.ledger.models import Book


class Command(BaseCommand):
    help = "Check that every book balances and that payouts and ledger agree; export a journal."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        check = steps.add_parser("check", help="exit status 1 when something is wrong")
        check.add_argument("--json", action="store_true")
        export = steps.add_parser("export", help="the journal of a period, as FEC or CSV")
        export.add_argument("--programme", required=True, metavar="SLUG")
        export.add_argument("--from", required=True, type=date.fromisoformat, dest="first_on")
        export.add_argument("--until", required=True, type=date.fromisoformat, dest="last_on")
        export.add_argument("--format", choices=["fec", "csv"], default="fec")
        export.add_argument(
            "--output", type=Path, metavar="FILE", help="standard output if left out"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["step"] == "export":
            self._export(**options)
        else:
            self._check(**options)

    def _export(self, **options: Any) -> None:
        book = (
            Book.objects.select_related("programme")
            .filter(programme__slug=options["programme"])
            .first()
        )
        if book is None:
            raise CommandError(f"The programme {options['programme']} has no book.")
        rows = fec_rows if options["format"] == "fec" else csv_rows
        found = rows(book, options["first_on"], options["last_on"])
        if options["output"] is None:
            for row in found:
                self.stdout.write(row.rstrip("\r\n"))
            return
        with options["output"].open("w", encoding="utf-8", newline="") as file:
            file.writelines(found)
        if options["format"] == "fec":
            problems = fec_problems(options["output"].read_text(encoding="utf-8"))
            if problems:
                raise CommandError("\n".join(problems[:20]))

    def _check(self, **options: Any) -> None:
        counted, found = tally(), list(findings())
        if options["json"]:
            self.stdout.write(
                json.dumps({**asdict(counted), "findings": [asdict(f) for f in found]})
            )
        else:
            self.stdout.write(
                f"{counted.books} books, {counted.transactions} transactions, "
                f"{counted.entries} entries checked"
            )
            for finding in found:
                self.stdout.write(f"  {finding.problem}: {finding.subject} ({finding.detail})")
        if found:
            raise CommandError(f"{len(found)} findings")
        if not options["json"]:
            self.stdout.write("All balanced.")
