"""Roles that have rights in a database and are not its own: theirs move to its own roles.

They come from a version in which all databases of a server shared two roles, from a database that
this one is a copy of, or from its former name. Only rights in this database move: where such a role
serves another database too, that one notices nothing.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg
from psycopg import sql

from marketplace.core.database import DatabaseAddress
from marketplace.core.role_names import ENGINE, RolesRefused, kind_of, role_name

# Roles with rights or tables in this database, and those that were let in for a while (see below).
_CANDIDATES = """
SELECT DISTINCT r.rolname, shobj_description(r.oid, 'pg_authid')
FROM pg_roles r
WHERE r.rolname <> ALL (%(own)s) AND (
    EXISTS (
        SELECT FROM pg_shdepend d JOIN pg_database b ON b.oid = d.dbid
        WHERE b.datname = current_database()
          AND d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid)
    OR EXISTS (
        SELECT FROM pg_auth_members m JOIN pg_roles o ON o.oid = m.roleid
        WHERE m.member = r.oid AND o.rolname = ANY (%(own)s)))
"""
_CONNECTED = "SELECT FROM pg_stat_activity WHERE usename = %s AND datname = current_database()"
_IN_USE = """
SELECT FROM pg_roles r WHERE r.rolname = %s AND (
    EXISTS (SELECT FROM pg_shdepend d
            WHERE d.refclassid = 'pg_authid'::regclass AND d.refobjid = r.oid)
    OR EXISTS (SELECT FROM pg_stat_activity a WHERE a.usesysid = r.oid))
"""


def move_rights(connection: "psycopg.Connection[Any]", address: DatabaseAddress) -> None:
    """Move former roles' rights in this database, and drop those that serve none any more.

    A role as which somebody is connected here, of the previous version during an upgrade, becomes a
    member of the new one, so that its processes go on; the next upgrade ends that.
    """
    own = [address.runtime_role, address.engine_role]
    for name, comment in connection.execute(_CANDIDATES, {"own": own}).fetchall():
        if kind := kind_of(name, comment):
            _move(connection, name, role_name(kind, address.name), of_engine=kind == ENGINE)


def _move(connection: "psycopg.Connection[Any]", former: str, own: str, *, of_engine: bool) -> None:
    names = {"former": sql.Identifier(former), "own": sql.Identifier(own)}

    def run(statement: str) -> None:
        connection.execute(sql.SQL(statement).format(**names))

    if of_engine:
        with _member_of(connection, former), _member_of(connection, own):
            if connection.execute("SELECT to_regnamespace('engine')").fetchone() != (None,):
                # First: before PostgreSQL 16 tables go only to who may create in their schema.
                run("ALTER SCHEMA engine OWNER TO {own}")
            run("REASSIGN OWNED BY {former} TO {own}")
    run("REVOKE ALL ON ALL TABLES IN SCHEMA public FROM {former}")
    run("REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM {former}")
    run("REVOKE ALL ON SCHEMA public FROM {former}")
    if connection.execute(_CONNECTED, [former]).fetchone() is not None:
        run("GRANT {own} TO {former}")
        return
    run("REVOKE {own} FROM {former}")
    if connection.execute(_IN_USE, [former]).fetchone() is None:
        # Another owner's role stays: only who made it may drop it.
        with suppress(psycopg.errors.InsufficientPrivilege), connection.transaction():
            run("DROP ROLE {former}")


@contextmanager
def _member_of(connection: "psycopg.Connection[Any]", role: str) -> Iterator[None]:
    """The owner acts as a member of a role meanwhile, and is none afterwards if it was none."""
    name = sql.Identifier(role)
    known = connection.execute("SELECT pg_has_role(%s, 'USAGE')", [role]).fetchone()
    if known == (True,):
        yield
        return
    try:
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(name))
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesRefused(
            f"The engine's tables in this database belong to {role}, a role of another owner. As "
            f'PostgreSQL\'s administrator: GRANT "{role}" TO {connection.info.user};'
        ) from error
    yield
    connection.execute(sql.SQL("REVOKE {} FROM CURRENT_USER").format(name))
