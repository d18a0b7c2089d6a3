"""``ledger check``: the books check themselves."""

import json
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.payouts.ledger.checks import findings, tally


class Command(BaseCommand):
    help = "Check that every book balances and that payouts and ledger agree."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        check = steps.add_parser("check", help="exit status 1 when something is wrong")
        check.add_argument("--json", action="store_true")

    def handle(self, *_args: Any, **options: Any) -> None:
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
