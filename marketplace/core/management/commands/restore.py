"""``twiza restore FILE``: bring a backup into an empty database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from psycopg import OperationalError

from marketplace.core.backup.manifest import BackupRefused
from marketplace.core.backup.restore import restore_backup
from marketplace.core.backup.trial import check_backup


class Command(BaseCommand):
    """Exit status 1 when it failed; the message says why."""

    help = "Bring a backup into the empty database that DATABASE_URL names."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--check",
            action="store_true",
            help="restore into a database of its own, compare, and drop that again",
        )
        parser.add_argument(
            "--without-key",
            action="append",
            default=[],
            metavar="FINGERPRINT",
            help="restore although this key is missing; what it encrypts stays unreadable",
        )

    def handle(self, *_args: Any, file: Path, check: bool, **options: Any) -> None:
        try:
            if check:
                about = check_backup(file, progress=self.stdout.write)
            else:
                without = options["without_key"]
                about = restore_backup(file, progress=self.stdout.write, without_keys=without)
        except BackupRefused as refusal:
            raise CommandError(str(refusal)) from refusal
        except OperationalError as error:
            raise CommandError(f"The database does not answer: {error}") from error
        rows, tables = sum(about.rows.values()), len(about.rows)
        done = "Checked" if check else "Restored"
        self.stdout.write(f"{done}: {file}, {rows} rows in {tables} tables.")
