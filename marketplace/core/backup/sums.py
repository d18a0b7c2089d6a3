"""What a database adds up to: rows of every table, and money by currency."""

from typing import Any

import psycopg
from psycopg import sql

_TABLES = """
SELECT schemaname, tablename FROM pg_tables
WHERE schemaname IN ('public', 'engine') ORDER BY 1, 2
"""
# Columns of minor units in tables that say the currency beside them.
_MONEY = """
SELECT c.table_schema, c.table_name, c.column_name
FROM information_schema.columns c
JOIN information_schema.tables t USING (table_schema, table_name)
JOIN information_schema.columns u USING (table_schema, table_name)
WHERE c.table_schema IN ('public', 'engine') AND t.table_type = 'BASE TABLE'
  AND c.column_name LIKE '%\\_minor' AND c.data_type IN ('bigint', 'integer')
  AND u.column_name = 'currency'
ORDER BY 1, 2, 3
"""


def tables(connection: "psycopg.Connection[Any]") -> list[tuple[str, str]]:
    """Schema and name of every table of ours and the engine's."""
    return connection.execute(_TABLES).fetchall()


def count_rows(connection: "psycopg.Connection[Any]") -> dict[str, int]:
    """The number of rows of every table, by ``schema.table``."""
    counted = {}
    for schema, table in tables(connection):
        query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
        (number,) = connection.execute(query).fetchone() or (0,)
        counted[f"{schema}.{table}"] = number
    return counted


def add_up_money(connection: "psycopg.Connection[Any]") -> dict[str, dict[str, int]]:
    """The sum in minor units by currency, for each ``schema.table.column``; empty ones left out."""
    added = {}
    for schema, table, column in connection.execute(_MONEY).fetchall():
        query = sql.SQL(
            "SELECT currency, sum({}) FROM {} WHERE {} IS NOT NULL GROUP BY currency ORDER BY 1"
        ).format(sql.Identifier(column), sql.Identifier(schema, table), sql.Identifier(column))
        sums = {currency: int(total) for currency, total in connection.execute(query).fetchall()}
        if sums:
            added[f"{schema}.{table}.{column}"] = sums
    return added


def differing_rows(wanted: dict[str, int], found: dict[str, int]) -> list[str]:
    """A sentence's part for each table whose rows differ."""
    return [
        f"{table}: {wanted.get(table, 0)} wanted, {found.get(table, 0)} found"
        for table in sorted(wanted.keys() | found.keys())
        if wanted.get(table, 0) != found.get(table, 0)
    ]


def differing_money(
    wanted: dict[str, dict[str, int]], found: dict[str, dict[str, int]]
) -> list[str]:
    """The same for sums, in minor units; a column that one side does not know differs, too."""
    return [
        f"{column}: {wanted.get(column, {})} wanted, {found.get(column, {})} found"
        for column in sorted(wanted.keys() | found.keys())
        if wanted.get(column) != found.get(column)
    ]
