"""``ledger check|export|open``: check the books, export the journal, book opening balances."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.errors import TwizaError
from marketplace.core.files import whole_file
from marketplace.ledger.accounting.bring_in_balances import bring_in_balances
from marketplace.ledger.accounting.fec import csv_rows, fec_problems, fec_rows
from marketplace.ledger.accounting.opening_file import read_openings
from marketplace.ledger.checks import tally
from marketplace.ledger.errors import OpeningsUnreadable
from marketplace.ledger.models import Book
from marketplace.payouts.book_checks import findings
from vendors.models import Programme, User


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

        opened = steps.add_parser("open", help="book a file of opening balances (CSV), once")
        opened.add_argument("file", type=Path, metavar="FILE")
        opened.add_argument("--programme", required=True, metavar="SLUG")
        opened.add_argument("--on", required=True, type=date.fromisoformat, metavar="DAY")
        opened.add_argument("--source", required=True, help="whose books, and who signed them")
        opened.add_argument("--by", required=True, metavar="EMAIL", help="who keeps the books")
        opened.add_argument("--dry-run", action="store_true", help="read the file, book nothing")

    def handle(self, *_args: Any, **options: Any) -> None:
        if options["step"] == "export":
            self._export(**options)
        elif options["step"] == "open":
            self._open(**options)
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
        with whole_file(options["output"], "w", encoding="utf-8", newline="") as file:
            file.writelines(found)
        if options["format"] == "fec":
            problems = fec_problems(options["output"].read_text(encoding="utf-8"))
            if problems:
                raise CommandError("\n".join(problems[:20]))

    def _open(self, **options: Any) -> None:
        programme = Programme.objects.filter(slug=options["programme"]).first()
        person = User.objects.filter(email=options["by"]).first()
        if programme is None or person is None:
            raise CommandError("There is no such programme, or nobody with this address.")
        try:
            found = read_openings(programme, options["file"].read_bytes(), options["on"])
            if not options["dry_run"]:
                bring_in_balances(
                    programme=programme,
                    on=options["on"],
                    balances=found,
                    source=options["source"],
                    by=person.actor,
                )
        except OpeningsUnreadable as unreadable:
            lines = [f"line {line}: {why}" for line, why in unreadable.problems]
            raise CommandError("\n".join([str(unreadable), *lines])) from unreadable
        except TwizaError as refused:
            raise CommandError(str(refused)) from refused
        done = "could be booked" if options["dry_run"] else "booked"
        self.stdout.write(f"{len(found)} balances {done}.")

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
