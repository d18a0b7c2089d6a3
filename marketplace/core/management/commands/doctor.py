"""``twiza doctor``: state of the deployment, with remedies."""

import json
import os
from argparse import ArgumentParser
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from marketplace.core.checkup import VAIN_SECONDS, Mark, examine, names, worst

SIGNS = {Mark.GOOD: "  ok     ", Mark.WARNING: "  look   ", Mark.BROKEN: "  BROKEN "}


class Command(BaseCommand):
    """Exit status 0 when nothing is broken (warnings are allowed), else 1."""

    help = "Check everything that runs; exit status 1 when something is broken."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--json", action="store_true", help="for a program to read")
        parser.add_argument("--only", metavar="CHECK", default="", help="one check by its name")
        parser.add_argument("--strict", action="store_true", help="warnings count as broken")

    def handle(self, *_args: Any, **options: Any) -> None:
        only = options["only"]
        if only and only not in names():
            raise CommandError(f"No check is called {only}. Known: {', '.join(names())}.")
        # The database is a machine of its own, too, which may not answer at all.
        os.environ.setdefault("PGCONNECT_TIMEOUT", str(round(VAIN_SECONDS)))
        found = examine(only)
        if options["json"]:
            self.stdout.write(json.dumps([asdict(f) for f in found], ensure_ascii=False, indent=2))
        else:
            width = max((len(finding.check) for finding in found), default=0) + 2
            for finding in found:
                name = f"{finding.check:{width}}"
                self.stdout.write(f"{SIGNS[finding.mark]}{name}{finding.message}")
                if finding.remedy:
                    self.stdout.write(f"{'':{width + 9}}→ {finding.remedy}")
        bad = {Mark.BROKEN, Mark.WARNING} if options["strict"] else {Mark.BROKEN}
        if worst(found) in bad:
            count = sum(finding.mark in bad for finding in found)
            raise CommandError(f"{count} things need somebody.")
