"""Makes a database empty again in which a restore did not come to its end.

The schema ``twiza_restore`` marks such a database, and its comment says what was there before. It
is made in an empty database only, so that nothing else can ever be undone.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from psycopg import sql

from marketplace.core.backup.manifest import BackupRefused
from marketplace.core.database import DatabaseAddress
from marketplace.core.role_names import ENGINE, RUNTIME, RolesRefused, role_name
from marketplace.core.roles import (
    EXTENSIONS,
    connect_as_owner,
    create_missing_roles,
    make_schema,
    role_note,
)
from marketplace.core.unfinished import MARK

_MARK = sql.Identifier(MARK)
_EXTENSIONS = "SELECT extname FROM pg_extension WHERE extname = ANY (%s)"
_END_PROGRAMS = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity
WHERE datname = current_database() AND usename = current_user AND application_name = 'pg_restore'
"""
_LOCK = "SELECT pg_try_advisory_lock(7093)"
# What belongs to an extension goes with it.
_EMPTY_PUBLIC = """
DO $$
DECLARE
    entry record;
BEGIN
    FOR entry IN
        SELECT format('%I.%I', n.nspname, c.relname) AS name,
            CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW'
                WHEN 'S' THEN 'SEQUENCE' WHEN 'f' THEN 'FOREIGN TABLE' ELSE 'TABLE' END AS kind
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p', 'v', 'm', 'S', 'f')
          AND NOT EXISTS (
            SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid
              AND d.deptype IN ('e', 'i'))  -- a column's own sequence goes with its table
    LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE', entry.kind, entry.name);
    END LOOP;
    FOR entry IN
        SELECT p.oid::regprocedure AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP ROUTINE IF EXISTS %s CASCADE', entry.name);
    END LOOP;
    FOR entry IN
        SELECT format('%I.%I', n.nspname, t.typname) AS name
        FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace
        LEFT JOIN pg_class c ON c.oid = t.typrelid
        WHERE n.nspname = 'public'
          AND (t.typtype IN ('e', 'd', 'r') OR t.typtype = 'c' AND c.relkind = 'c')
          AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = t.oid AND d.deptype = 'e')
    LOOP
        EXECUTE format('DROP TYPE IF EXISTS %s CASCADE', entry.name);
    END LOOP;
END $$
"""


@contextmanager
def alone(address: DatabaseAddress) -> Iterator[None]:
    """One restore into a database at a time. Raises BackupRefused."""
    with connect_as_owner(address) as connection:
        if connection.execute(_LOCK).fetchone() != (True,):
            raise BackupRefused(f"Another restore into {address.name} is at work.")
        yield


def begin(address: DatabaseAddress, folders: list[str]) -> None:
    """Mark an empty database, then make what a dump needs: roles, the engine's schema, extensions.

    Roles that exist keep their passwords until the restore has succeeded. ``folders`` are those
    that will be filled. Raises BackupRefused.
    """
    try:
        with connect_as_owner(address) as connection, connection.transaction():
            connection.execute(sql.SQL("CREATE SCHEMA {}").format(_MARK))
            before = {
                "folders": folders,
                "roles": [role for role in _roles(address) if role_note(connection, role)],
                "extensions": [
                    row[0] for row in connection.execute(_EXTENSIONS, [list(EXTENSIONS)])
                ],
            }
            connection.execute(
                sql.SQL("COMMENT ON SCHEMA {} IS {}").format(_MARK, sql.Literal(json.dumps(before)))
            )
            create_missing_roles(connection, address)
            make_schema(connection, address)
    except RolesRefused as refusal:
        raise BackupRefused(str(refusal)) from refusal


def finish(address: DatabaseAddress) -> None:
    """Take the mark away: the restore has come to its end."""
    with connect_as_owner(address) as connection:
        connection.execute(sql.SQL("DROP SCHEMA IF EXISTS {}").format(_MARK))


def undo(address: DatabaseAddress) -> list[str]:
    """Empty a marked database, and drop the roles that its restore made; no other is touched.

    Returns the folders that the restore was filling, none where nothing was marked.
    """
    with connect_as_owner(address) as connection, connection.transaction():
        row = connection.execute(
            "SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", [MARK]
        ).fetchone()
        if row is None or row[0] is None:
            return []
        # A killed restore's program may be at work still.
        connection.execute(_END_PROGRAMS)
        before: dict[str, list[str]] = json.loads(row[0])
        _empty(connection, address, before)
        return before["folders"]


def _empty(
    connection: "psycopg.Connection[Any]", address: DatabaseAddress, before: dict[str, list[str]]
) -> None:
    connection.execute("DROP SCHEMA IF EXISTS engine CASCADE")
    connection.execute(_EMPTY_PUBLIC)
    for extension in set(EXTENSIONS) - set(before["extensions"]):
        connection.execute(sql.SQL("DROP EXTENSION IF EXISTS {}").format(sql.Identifier(extension)))
    runtime = sql.Identifier(address.runtime_role)
    if role_note(connection, address.runtime_role) is not None:
        connection.execute(sql.SQL("REVOKE ALL ON SCHEMA public FROM {}").format(runtime))
    for role in _roles(address):
        if role not in before["roles"] and role_note(connection, role):
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))
    connection.execute(sql.SQL("DROP SCHEMA {}").format(_MARK))


def _roles(address: DatabaseAddress) -> list[str]:
    return [role_name(kind, address.name) for kind in (RUNTIME, ENGINE)]
