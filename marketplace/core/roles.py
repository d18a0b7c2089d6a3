"""The database roles and their rights, set again after every migration.

The runtime role may read and write our tables, but only add to those of append-only models: the
database itself refuses to change, delete or truncate a ledger entry. Both roles belong to one
database; what other databases of the server have is left alone.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.apps import apps
from psycopg import sql

from marketplace.core.database import DatabaseAddress
from marketplace.core.former_roles import move_rights
from marketplace.core.models import AppendOnlyModel
from marketplace.core.role_names import ENGINE, RUNTIME, RolesRefused, role_comment, role_name

EXTENSIONS = ("pg_trgm", "btree_gin")


def connect_as_owner(address: DatabaseAddress) -> "psycopg.Connection[Any]":
    """A connection of the owner, outside Django, with autocommit."""
    return psycopg.connect(
        host=address.host,
        port=address.port,
        dbname=address.name,
        user=address.user,
        password=address.password,
        autocommit=True,
    )


def make_roles(address: DatabaseAddress) -> None:
    """Create this database's roles and the engine's schema, and move former roles' rights.

    Idempotent, and all or nothing. Raises RolesRefused.
    """
    with connect_as_owner(address) as connection, connection.transaction():
        connection.execute("SELECT pg_advisory_xact_lock(7091)")
        create_missing_roles(connection, address)
        for role in (address.runtime_role, address.engine_role):
            connection.execute(
                sql.SQL("ALTER ROLE {} LOGIN PASSWORD {}").format(
                    sql.Identifier(role), sql.Literal(address.role_password(role))
                )
            )
        move_rights(connection, address)
        make_schema(connection, address)


def create_missing_roles(connection: "psycopg.Connection[Any]", address: DatabaseAddress) -> None:
    """Create the roles that do not exist yet; the others stay as they are.

    Raises RolesRefused for a role of that name which is not this database's.
    """
    if not address.password and not address.role_key:
        raise RolesRefused(
            "DATABASE_URL has no password, so the roles' passwords would be no secret. Set "
            "TWIZA_DATABASE_ROLE_KEY to a long random text, for all processes and commands."
        )
    for kind in (RUNTIME, ENGINE):
        role, comment = role_name(kind, address.name), role_comment(kind, address.name)
        noted = role_note(connection, role)
        if noted is None:
            _create(connection, address, role, comment)
        elif noted != comment:
            raise RolesRefused(
                f"The server has a role {role} already which is not this database's. Rename the "
                f"database, or that role."
            )


def role_note(connection: "psycopg.Connection[Any]", role: str) -> str | None:
    """The comment of a role, empty without one; None when there is no such role."""
    row = connection.execute(
        "SELECT coalesce(shobj_description(oid, 'pg_authid'), '') FROM pg_roles WHERE rolname = %s",
        [role],
    ).fetchone()
    return None if row is None else str(row[0])


def _create(
    connection: "psycopg.Connection[Any]", address: DatabaseAddress, role: str, comment: str
) -> None:
    name = sql.Identifier(role)
    password = sql.Literal(address.role_password(role))
    try:
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN PASSWORD {}").format(name, password))
    except psycopg.errors.InsufficientPrivilege as error:
        raise RolesRefused(
            f"The owner {address.user} may not create roles. As PostgreSQL's administrator: "
            f"ALTER ROLE {address.user} CREATEROLE;"
        ) from error
    connection.execute(sql.SQL("COMMENT ON ROLE {} IS {}").format(name, sql.Literal(comment)))


def make_schema(connection: "psycopg.Connection[Any]", address: DatabaseAddress) -> None:
    """Create the engine's schema and the extensions. Raises RolesRefused without the latter."""
    engine = sql.Identifier(address.engine_role)
    connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(engine))
    connection.execute(
        sql.SQL("CREATE SCHEMA IF NOT EXISTS engine AUTHORIZATION {}").format(engine)
    )
    for extension in EXTENSIONS:
        statement = sql.SQL("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA public")
        try:
            connection.execute(statement.format(sql.Identifier(extension)))
        except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported) as error:
            raise RolesRefused(
                f"PostgreSQL's extension {extension} is missing: install the server's contrib "
                "package."
            ) from error


def drop_roles(connection: "psycopg.Connection[Any]", database: str) -> None:
    """Drop the roles of a database that is gone. ``connection`` is the owner's, of another one."""
    for kind in (RUNTIME, ENGINE):
        role = role_name(kind, database)
        if role_note(connection, role) == role_comment(kind, database):
            connection.execute(sql.SQL("DROP ROLE {}").format(sql.Identifier(role)))


def append_only_tables() -> Iterator[str]:
    """The tables to which the runtime role may only add."""
    for model in apps.get_models():
        if issubclass(model, AppendOnlyModel):
            yield model._meta.db_table  # noqa: SLF001 -- Django's documented API


def grant_rights(address: DatabaseAddress) -> None:
    """Grant the runtime role its rights on all existing tables."""
    role = sql.Identifier(address.runtime_role)
    with connect_as_owner(address) as connection, connection.transaction():
        for statement in (
            "GRANT USAGE ON SCHEMA public TO {}",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {}",
            "GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO {}",
            "REVOKE INSERT, UPDATE, DELETE ON django_migrations FROM {}",
        ):
            connection.execute(sql.SQL(statement).format(role))
        for table in append_only_tables():
            connection.execute(
                sql.SQL("REVOKE UPDATE, DELETE, TRUNCATE ON {} FROM {}").format(
                    sql.Identifier(table), role
                )
            )
