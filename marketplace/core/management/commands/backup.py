"""``twiza backup FILE``: database and photographs in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from psycopg import OperationalError

from marketplace.core.backup import BackupRefused, write_backup


class Command(BaseCommand):
    """Exit status 1 when it failed; the message says why."""

    help = "Write the database and the files of this deployment to one file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            about = write_backup(file, progress=self.stdout.write)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        rows, tables = sum(about.rows.values()), len(about.rows)
        self.stdout.write(f"Written: {file}, {rows} rows in {tables} tables.")
