"""The database roles and their rights, set again after every migration.

The runtime role may read and write our tables, but only add to those of append-only models: the
database itself refuses to change, delete or truncate a ledger entry.
"""

from collections.abc import Iterator
from typing import Any

import psycopg
from django.apps import apps
from django.conf import settings
from psycopg import sql

from marketplace.core.database import DatabaseAddress
from marketplace.core.models import AppendOnlyModel


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
    """Create the runtime and engine roles and the engine's schema. Idempotent."""
    with connect_as_owner(address) as connection:
        connection.execute("SELECT pg_advisory_lock(7091)")
        for role in (settings.RUNTIME_ROLE, settings.ENGINE_ROLE):
            exists = connection.execute(
                "SELECT 1 FROM pg_roles WHERE rolname = %s", [role]
            ).fetchone()
            verb = sql.SQL("ALTER" if exists else "CREATE")
            connection.execute(
                sql.SQL("{} ROLE {} LOGIN PASSWORD {}").format(
                    verb, sql.Identifier(role), sql.Literal(address.role_password(role))
                )
            )
        engine = sql.Identifier(settings.ENGINE_ROLE)
        connection.execute(sql.SQL("GRANT {} TO CURRENT_USER").format(engine))
        connection.execute(
            sql.SQL("CREATE SCHEMA IF NOT EXISTS engine AUTHORIZATION {}").format(engine)
        )
        for extension in ("pg_trgm", "btree_gin"):
            connection.execute(
                sql.SQL("CREATE EXTENSION IF NOT EXISTS {} WITH SCHEMA public").format(
                    sql.Identifier(extension)
                )
            )


def append_only_tables() -> Iterator[str]:
    """The tables to which the runtime role may only add."""
    for model in apps.get_models():
        if issubclass(model, AppendOnlyModel):
            yield model._meta.db_table  # noqa: SLF001 -- Django's documented API


def grant_rights(address: DatabaseAddress) -> None:
    """Grant the runtime role its rights on all existing tables."""
    role = sql.Identifier(settings.RUNTIME_ROLE)
    with connect_as_owner(address) as connection:
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
