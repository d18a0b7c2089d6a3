"""``twiza restore FILE``: bring a backup into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from psycopg import OperationalError

from marketplace.core.backup import BackupRefused, restore_backup


class Command(BaseCommand):
    """Exit status 1 when it failed; the message says why."""

    help = "Bring a backup into the empty database that DATABASE_URL names."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *_args: Any, file: Path, **_options: Any) -> None:
        try:
            about = restore_backup(file, progress=self.stdout.write)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        rows, tables = sum(about.rows.values()), len(about.rows)
        self.stdout.write(f"Restored: {file}, {rows} rows in {tables} tables.")
