"""`twiza database upgrade`: roles, migrations and rights, for a production's own PostgreSQL."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core.upgrade import TooOld, upgrade_database


class Command(BaseCommand):
    """Upgrade the database of DATABASE_URL to this version."""

    help = "Create the runtime and engine roles, run all migrations, set rights. May be repeated."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["upgrade"])

    def handle(self, *_args: Any, **_options: Any) -> None:
        try:
            upgrade_database()
        except TooOld as refusal:
            raise CommandError(f"twiza database upgrade: {refusal}") from refusal
        self.stdout.write("The database is up to date.")
