"""Rules that the database enforces on a table; used by the migrations of the rooms.

The trigger functions are created by core's migrations ``0002_table_rules``,
``0004_announced_work`` and ``0008_shop_changes``.
"""


def append_only(*tables: str) -> list[str]:
    """Statements that make tables append-only: no change, deletion or truncation.

    Even the owner of the tables is refused; to undo, drop the triggers.
    """
    return [
        statement.format(table)
        for table in tables
        for statement in (
            "CREATE TRIGGER {0}_no_change BEFORE UPDATE OR DELETE ON {0} "
            "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()",
            "CREATE TRIGGER {0}_no_truncate BEFORE TRUNCATE ON {0} "
            "FOR EACH STATEMENT EXECUTE FUNCTION core_refuse_change()",
        )
    ]


def never_deleted(*tables: str) -> list[str]:
    """Statements that forbid deletion from the tables."""
    return [
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION core_refuse_change()"
        for table in tables
    ]


def numbered(table: str) -> list[str]:
    """Statements for a table of numbered documents: append-only, each number follows the last.

    The table has the columns of ``core.documents.numbering.NumberedDocument``.
    """
    return [
        *append_only(table),
        f"CREATE TRIGGER {table}_no_gap BEFORE INSERT ON {table} "
        "FOR EACH ROW EXECUTE FUNCTION core_number_follows()",
    ]


def announced(table: str, when: str = "INSERT") -> list[str]:
    """Statements that make a table announce new work (``core.wakeups``) to the worker.

    ``when`` is what PostgreSQL calls the event: ``INSERT``, ``INSERT OR UPDATE OF state``.
    """
    return [
        f"CREATE TRIGGER {table}_announced AFTER {when} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_announce_work()"
    ]


def watched(table: str) -> list[str]:
    """Statements that make a table leave a number with each change (``core.public_facts``)."""
    return [
        f"CREATE TRIGGER {table}_watched AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION core_note_shop_change()"
    ]
