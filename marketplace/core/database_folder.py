"""Where this machine's PostgreSQL keeps its data, as far as a process of the shop may know."""

from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import OperationalError, connection

_HERE = ("", "localhost", "127.0.0.1", "::1")
# Debian's and Red Hat's packages.
_PACKAGED = ("/var/lib/postgresql", "/var/lib/pgsql")
_MAY_ASK = "SELECT pg_has_role('pg_read_all_settings', 'USAGE')"


def database_folders() -> list[Path]:
    """Its folder; none when the server is another machine or keeps it elsewhere, unseen.

    While it does not answer, the folders in which it usually is.
    """
    host = settings.DATABASE_ADDRESS.host
    if host not in _HERE and not host.startswith("/"):
        return []
    with suppress(OperationalError), connection.cursor() as cursor:
        cursor.execute(_MAY_ASK)
        if cursor.fetchone() == (True,):
            cursor.execute("SELECT current_setting('data_directory')")
            return [Path(cursor.fetchone()[0])]
    embedded = Path(settings.DATA_DIR) / "postgres"
    usual = [embedded] if embedded.is_dir() else [Path(place) for place in _PACKAGED]
    return [place for place in usual if place.is_dir()]
