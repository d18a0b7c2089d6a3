"""``twiza reindex``: build all search documents anew."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.progress import show_progress
from search.indexing.index import reindex


class Command(BaseCommand):
    """Build every search document anew from the catalogue's read model."""

    help = "Build every search document anew. The shop stays searchable meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--processes",
            type=int,
            help="so many make documents beside this one (0: none; unsaid: as are worthwhile)",
        )
        parser.add_argument("--json", action="store_true", help="report as JSON, for programs")

    def handle(self, **options: Any) -> None:
        count = reindex(progress=self._progress, processes=options["processes"])
        told = json.dumps({"documents": count}) if options["json"] else f"{count} listings indexed."
        self.stdout.write(told)

    def _progress(self, done: int, total: int) -> None:
        show_progress(sys.stderr, done, total, "listings")
