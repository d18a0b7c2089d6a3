"""``impact export``: a programme's indicators as CSV."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from marketplace.core.files import whole_file
from marketplace.impact.exports import details_csv
from marketplace.impact.queries import Period
from vendors.models import Programme
from vendors.scoping import ProgrammeScope


class Command(BaseCommand):
    help = "Export sales by month, region, sector, area and members of a programme as CSV."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        export = steps.add_parser("export", help="write the table")
        export.add_argument("programme", help="the programme's short name")
        export.add_argument("--from", dest="first", type=date.fromisoformat, default=None)
        export.add_argument("--to", dest="last", type=date.fromisoformat, default=None)
        export.add_argument("--lang", default="en", choices=["ar", "fr", "en"])
        export.add_argument("--output", type=Path, default=None, help="a file; default: print")

    def handle(self, *_args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme {options['programme']}.")
        usual = Period.last_months(12, timezone.localdate())
        period = Period(options["first"] or usual.first, options["last"] or usual.last)
        with override(options["lang"]):
            content = details_csv(programme, ProgrammeScope(programme.pk), period, options["lang"])
        if options["output"]:
            with whole_file(options["output"]) as file:
                file.write(content)
            self.stderr.write(f"Written to {options['output']}")
        else:
            sys.stdout.buffer.write(content)
