"""``twiza reindex``: rebuild all search documents."""

import json
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from catalog.progress import show_progress
from search.indexing.index import reindex


class Command(BaseCommand):
    """Rebuild every search document from the catalogue's read model."""

    help = "Rebuild every search document. The shop stays searchable meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--processes",
            type=int,
            help="processes that build documents beside this one (default: as many as pay off)",
        )
        parser.add_argument("--json", action="store_true", help="report as JSON, for programs")

    def handle(self, **options: Any) -> None:
        count = reindex(progress=self._progress, processes=options["processes"])
        told = json.dumps({"documents": count}) if options["json"] else f"{count} listings indexed."
        self.stdout.write(told)

    def _progress(self, done: int, total: int) -> None:
        show_progress(sys.stderr, done, total, "listings")
