"""A world for tests with real transactions: made by the first one, put back for the others.

Nothing is rolled back there: a test empties all tables at its end, and making a shop takes seconds.
So the rows that were made are kept beside the tables, in a schema of the process's own database.
"""

import copy
from collections.abc import Callable
from typing import Any, TypeVar

from django.conf import settings
from django.db import connection
from psycopg import sql

from marketplace.core.database import DatabaseAddress
from marketplace.core.roles import connect_as_owner

Made = TypeVar("Made")

# The tables that were filled: schema, name, columns.
Filled = list[tuple[str, str, list[str]]]
# database and name → what was made, with the tables that were filled then
_KEPT: dict[tuple[str, str], tuple[Any, Filled]] = {}
TABLES = """
SELECT t.schemaname, t.tablename, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_tables t
JOIN pg_attribute a ON a.attrelid = format('%I.%I', t.schemaname, t.tablename)::regclass
WHERE t.schemaname IN ('public', 'engine') AND a.attnum > 0 AND NOT a.attisdropped
  AND a.attgenerated = ''
  AND t.tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
GROUP BY 1, 2
"""
KEEP_SEQUENCES = """
CREATE TABLE {} AS SELECT format('%I.%I', schemaname, sequencename) AS name, last_value
FROM pg_sequences WHERE schemaname IN ('public', 'engine') AND last_value IS NOT NULL
"""


def kept(name: str, make: Callable[[], Made]) -> Made:
    """What ``make`` made in the empty database of this process, or that again, with its rows.

    Whoever is given it may change it: it is a copy. Two worlds have two names.
    """
    # The owner's connection, which copies them, sees only what was committed.
    assert not connection.in_atomic_block, "only for tests with real transactions"
    key = settings.DATABASE_ADDRESS.name, name
    if key in _KEPT:
        made, tables = _KEPT[key]
        put_back(settings.DATABASE_ADDRESS, name, tables)
    else:
        made = make()
        _KEPT[key] = copy.deepcopy(made), keep(settings.DATABASE_ADDRESS, name)
        return made
    world: Made = copy.deepcopy(made)
    return world


def keep(address: DatabaseAddress, name: str) -> Filled:
    """Copy every table that holds something, and how far the sequences are."""
    filled = []
    with connect_as_owner(address) as owner, owner.transaction():
        owner.execute(sql.SQL("CREATE SCHEMA {}").format(_schema(name)))
        for schema, table, columns in owner.execute(TABLES).fetchall():
            source = sql.Identifier(schema, table)
            some = sql.SQL("SELECT EXISTS (SELECT FROM {})").format(source)
            if owner.execute(some).fetchone() == (True,):
                copied = sql.SQL("CREATE TABLE {} AS TABLE {}")
                owner.execute(copied.format(_copy_of(name, schema, table), source))
                filled.append((schema, table, columns))
        owner.execute(sql.SQL(KEEP_SEQUENCES).format(_copy_of(name, "of", "sequences")))
    return filled


def put_back(address: DatabaseAddress, name: str, tables: Filled) -> None:
    """Fill the empty tables with what was kept."""
    put = sql.SQL("INSERT INTO {} ({}) OVERRIDING SYSTEM VALUE SELECT {} FROM {}")
    with connect_as_owner(address) as owner, owner.transaction():
        owner.execute("SET LOCAL session_replication_role = replica")
        for schema, table, columns in tables:
            listed = sql.SQL(", ").join(map(sql.Identifier, columns))
            target = sql.Identifier(schema, table)
            owner.execute(put.format(target, listed, listed, _copy_of(name, schema, table)))
        went_on = sql.SQL("SELECT setval(name::regclass, last_value) FROM {}")
        owner.execute(went_on.format(_copy_of(name, "of", "sequences")))


def _schema(name: str) -> sql.Identifier:
    return sql.Identifier(f"kept_{name}")


def _copy_of(name: str, schema: str, table: str) -> sql.Identifier:
    return sql.Identifier(f"kept_{name}", f"{schema}_{table}")
