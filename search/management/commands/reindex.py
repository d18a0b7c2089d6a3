"""``twiza reindex``: build all search documents anew."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from search.index import reindex


class Command(BaseCommand):
    """Build every search document anew from the catalogue's read model."""

    help = "Build every search document anew. The shop stays searchable meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--json", action="store_true", help="report as JSON, for programs")

    def handle(self, **options: Any) -> None:
        count = reindex(progress=self._progress)
        told = json.dumps({"documents": count}) if options["json"] else f"{count} listings indexed."
        self.stdout.write(told)

    def _progress(self, done: int, total: int) -> None:
        self.stderr.write(f"\r{done} of {total} listings", ending="" if done < total else "\n")
        self.stderr.flush()
