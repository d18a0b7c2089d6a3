"""``impact export|rebuild``: a programme's indicators as CSV; its figures computed again."""

import sys
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import override

from marketplace.core.actors import Actor
from marketplace.core.errors import TwizaError
from marketplace.core.files import whole_file
from marketplace.impact.exports import details_csv
from marketplace.impact.queries import Period
from marketplace.payouts.balances.rebuild_sales import rebuild_sales
from vendors.models import Programme
from vendors.scoping import ProgrammeScope

BY = Actor.system("twiza impact")


class Command(BaseCommand):
    help = "Export a programme's sales as CSV, or compute their figures again from the facts."

    def add_arguments(self, parser: ArgumentParser) -> None:
        steps = parser.add_subparsers(dest="step", required=True)
        export = steps.add_parser("export", help="write the table")
        export.add_argument("programme", help="the programme's short name")
        export.add_argument("--from", dest="first", type=date.fromisoformat, default=None)
        export.add_argument("--to", dest="last", type=date.fromisoformat, default=None)
        export.add_argument("--lang", default="en", choices=["ar", "fr", "en"])
        export.add_argument("--output", type=Path, default=None, help="a file; default: print")

        again = steps.add_parser("rebuild", help="compute the figures of all sales again")
        again.add_argument("programme", help="the programme's short name")
        again.add_argument(
            "--check", action="store_true", help="change nothing; exit status 1 if any differs"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        programme = Programme.objects.filter(slug=options["programme"]).first()
        if programme is None:
            raise CommandError(f"There is no programme {options['programme']}.")
        if options["step"] == "rebuild":
            self._rebuild(programme, check=options["check"])
        else:
            self._export(programme, options)

    def _rebuild(self, programme: Programme, *, check: bool) -> None:
        count = differing = 0
        try:
            for batch in rebuild_sales(programme.pk, by=BY, write=not check):
                count, differing = batch.count, differing + len(batch.differing)
                for sale_id in batch.differing:
                    self.stdout.write(f"differs: sale {sale_id}")
                self.stderr.write(f"{count} sales computed")
        except TwizaError as error:
            raise CommandError(str(error)) from error
        if check and differing:
            raise CommandError(f"{differing} of {count} sales differ from their facts.")
        self.stdout.write(f"{count} sales, {differing} of them corrected")

    def _export(self, programme: Programme, options: dict[str, Any]) -> None:
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
