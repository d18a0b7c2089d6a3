"""Upgrade of a database to this version, or the refusal to."""

from collections.abc import Set as AbstractSet

from django.apps import apps
from django.conf import settings
from django.db import connections
from django.db.migrations.exceptions import InconsistentMigrationHistory
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder

from marketplace.core.database import DatabaseAddress
from marketplace.core.known_migrations import Migration, known_migrations
from marketplace.core.migrating import run_missing
from marketplace.core.postgres_versions import require_server
from marketplace.core.roles import connect_as_owner, grant_rights, make_roles
from marketplace.core.steps import Progress, say_nothing

PACKAGES = ("marketplace", "catalog", "vendors", "search")


class TooOld(RuntimeError):
    """The database's version is older than the first from which this one can upgrade."""

    def __init__(self) -> None:
        super().__init__(
            "this database was made by an older version of Twiza, which this version cannot "
            "upgrade. Nothing was changed."
        )


def upgrade_database(
    address: DatabaseAddress | None = None, *, progress: Progress = say_nothing
) -> None:
    """Create roles, run the migrations that both schemas lack, grant rights. Idempotent.

    Raises PostgresUnsuitable, TooOld or RolesRefused before any change.
    """
    address = address or settings.DATABASE_ADDRESS
    with connect_as_owner(address) as connection:
        require_server(connection)
    loader = _upgradable("owner")
    make_roles(address)
    run_missing(loader.disk_migrations, progress)
    grant_rights(address)


def require_upgradable(alias: str = "default") -> None:
    """Raise TooOld when the migrations of this version do not continue those of the database.

    Uses the connection ``alias``. An empty database passes, and one that a newer version has
    upgraded: during a roll-out the previous version still runs.
    """
    applied = set(MigrationRecorder(connections[alias]).applied_migrations())
    if not known_migrations() <= applied:
        _upgradable(alias)


def _upgradable(alias: str) -> MigrationLoader:
    """The migrations of this version and of the database. Raises TooOld."""
    connection = connections[alias]
    loader = MigrationLoader(connection)
    ours = {config.label for config in apps.get_app_configs() if _is_ours(config.name)}
    known = {key for key in loader.disk_migrations if key[0] in ours}
    applied = {key for key in loader.applied_migrations if key[0] in ours}
    if is_too_old(applied, known):
        raise TooOld
    try:
        loader.check_consistent_history(connection)
    except InconsistentMigrationHistory as error:
        raise TooOld from error
    return loader


def is_too_old(applied: AbstractSet[Migration], known: AbstractSet[Migration]) -> bool:
    """Whether the database has migrations that no longer exist and lacks their replacements."""
    return not applied <= known and not known <= applied


def _is_ours(name: str) -> bool:
    return name.partition(".")[0] in PACKAGES
