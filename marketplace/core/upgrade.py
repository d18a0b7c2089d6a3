"""Bring a database to the state that this version of the code needs."""

from django.conf import settings
from django.core.management import call_command

from marketplace.core.database import DatabaseAddress
from marketplace.core.roles import grant_rights, make_roles


def upgrade_database(address: DatabaseAddress | None = None) -> None:
    """Create roles, run both schemas' migrations, set rights. May be repeated at every start."""
    address = address or settings.DATABASE_ADDRESS
    make_roles(address)
    call_command("migrate", database="owner", verbosity=0, interactive=False)
    call_command("migrate", database="engine", verbosity=0, interactive=False)
    grant_rights(address)
