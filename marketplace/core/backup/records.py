"""Notes in the database which backups were written of it, and which were proven.

Written by the owner, as the backup itself is; the doctor reads them.
"""

from pathlib import Path
from typing import Any

from django.conf import settings

from marketplace.core.backup.manifest import About
from marketplace.core.roles import connect_as_owner

_NOTE = """
INSERT INTO core_backuprecord (made_at, file, bytes) VALUES (%s, %s, %s)
ON CONFLICT (made_at) DO NOTHING
"""
_PROVEN = "UPDATE core_backuprecord SET proven_at = now() WHERE made_at = %s"


def note_written(about: About, file: Path) -> None:
    """Note a backup that is complete."""
    _execute(_NOTE, [about.made_at, str(file.absolute()), file.stat().st_size])


def note_proven(about: About) -> None:
    """Note that a backup was restored for a trial; one of another database changes nothing."""
    _execute(_PROVEN, [about.made_at])


def _execute(statement: str, values: list[Any]) -> None:
    """Carry it out, unless the database is of a version without these notes."""
    with connect_as_owner(settings.DATABASE_ADDRESS) as connection:
        known = connection.execute("SELECT to_regclass('public.core_backuprecord')").fetchone()
        if known != (None,):
            connection.execute(statement, values)
