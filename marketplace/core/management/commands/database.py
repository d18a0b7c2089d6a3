"""`twiza database`: roles, migrations and rights, for a production's own PostgreSQL."""

import shlex
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from marketplace.core.postgres_versions import PostgresUnsuitable
from marketplace.core.role_names import RolesRefused
from marketplace.core.roles import connect_as_owner
from marketplace.core.steps import steps
from marketplace.core.unfinished import RestoreUnfinished, require_finished
from marketplace.core.upgrade import TooOld, upgrade_database


class Command(BaseCommand):
    """Upgrade the database of DATABASE_URL to this version, or print what needs no owner."""

    help = (
        "upgrade: create the runtime and engine roles, run all migrations, set rights; may be "
        "repeated. environment: print the variables with which the web process and the worker do "
        "without the owner's password."
    )
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("action", choices=["upgrade", "environment"])

    def handle(self, *_args: Any, action: str, **_options: Any) -> None:
        if action == "environment":
            for name, value in settings.DATABASE_ADDRESS.without_owner().items():
                self.stdout.write(f"{name}={shlex.quote(value)}")
            return
        try:
            with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
                require_finished(connection)
            with steps(sys.stderr) as progress:
                upgrade_database(progress=progress)
        except (TooOld, RolesRefused, PostgresUnsuitable, RestoreUnfinished) as refusal:
            raise CommandError(f"twiza database upgrade: {refusal}") from refusal
        self.stdout.write("The database is up to date.")
