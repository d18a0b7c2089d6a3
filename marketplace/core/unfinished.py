"""A restore that did not come to its end: its database must not be used as a shop's."""

from django.db import connections

# The schema that marks such a database (``core.backup.undo``).
MARK = "twiza_restore"


class RestoreUnfinished(RuntimeError):
    """The database holds a part of a backup only."""

    def __init__(self) -> None:
        super().__init__(
            "a restore into this database did not come to its end. Run `twiza restore FILE` again: "
            "it begins anew."
        )


def require_finished(alias: str = "default") -> None:
    """Raise RestoreUnfinished for a marked database; uses the connection ``alias``."""
    with connections[alias].cursor() as cursor:
        cursor.execute("SELECT FROM pg_namespace WHERE nspname = %s", [MARK])
        if cursor.fetchone() is not None:
            raise RestoreUnfinished
