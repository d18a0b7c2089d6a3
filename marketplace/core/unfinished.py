"""A restore that did not come to its end: its database must not be used as a shop's."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import psycopg

# The schema that marks such a database (``core.backup.undo``).
MARK = "twiza_restore"


class RestoreUnfinished(RuntimeError):
    """The database holds a part of a backup only."""

    def __init__(self) -> None:
        super().__init__(
            "a restore into this database did not come to its end. Run `twiza restore FILE` again: "
            "it begins anew."
        )


def require_finished(connection: "psycopg.Connection[Any]") -> None:
    """Raise RestoreUnfinished for a marked database."""
    if connection.execute("SELECT to_regnamespace(%s)", [MARK]).fetchone() != (None,):
        raise RestoreUnfinished
