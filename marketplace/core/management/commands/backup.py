"""``twiza backup FILE``: database and photographs in one file."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from psycopg import OperationalError

from marketplace.core.backup.manifest import BackupRefused
from marketplace.core.backup.trial import check_backup
from marketplace.core.backup.write import write_backup


class Command(BaseCommand):
    """Exit status 1 when it failed; the message says why."""

    help = "Write the database and the files of this deployment to one file."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check",
            action="store_true",
            help="then restore it into a database of its own, compare, and drop that again",
        )

    def handle(self, *_args: Any, file: Path, check: bool, **_options: Any) -> None:
        try:
            about = write_backup(file, progress=self.stdout.write)
            if check:
                self.stdout.write("Checking …")
                check_backup(file, progress=self.stdout.write)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        rows, tables = sum(about.rows.values()), len(about.rows)
        proven = ", restored for a trial" if check else ""
        self.stdout.write(f"Written{proven}: {file}, {rows} rows in {tables} tables.")
