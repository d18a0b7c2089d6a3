"""Where something encrypted lies, and how it is read and replaced there.

Reads and writes go by the owner's connection and past the models: to encrypt a value anew changes
nothing that it means, so that no rule, hook or time of change has to hear of it.
"""

from collections.abc import Iterator
from typing import Any, Protocol

import psycopg
from django.apps import apps
from django.conf import settings
from django.utils.module_loading import import_string
from psycopg import sql

from marketplace.core.encryption import EncryptedTextField

# So many values are read, and replaced in one transaction.
BATCH = 200
_TRIGGERS = """
SELECT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(%s) AND NOT tgisinternal)
"""


class Store(Protocol):
    """A place of encrypted values, each known by a reference of the store's own."""

    name: str

    def batches(
        self, connection: "psycopg.Connection[Any]", /
    ) -> Iterator[list[tuple[Any, bytes]]]:
        """References with their tokens, a few at a time, each once."""

    def replace(
        self, connection: "psycopg.Connection[Any]", tokens: list[tuple[Any, bytes, bytes]], /
    ) -> None:
        """Put new tokens in the places of old ones, all or none; what has changed meanwhile stays.

        Whoever changed it has encrypted it with the first key.
        """


class ColumnStore:
    """A column of text that holds a token, or nothing.

    ``key`` names a value inside a column of JSON, and ``prefix`` what stands before its token.
    """

    def __init__(
        self, table: str, column: str, pk: str = "id", *, key: str = "", prefix: str = ""
    ) -> None:
        self.name = f"{table}.{column}" + (f".{key}" if key else "")
        self._table, self._prefix = table, prefix
        self._names = {
            "table": sql.Identifier(table),
            "pk": sql.Identifier(pk),
            "column": sql.Identifier(column),
            "key": sql.Literal(key),
        }
        self._value = "{column} ->> {key}" if key else "{column}"
        self._new = "jsonb_set({column}, ARRAY[{key}], to_jsonb(%s::text))" if key else "%s"

    def batches(self, connection: "psycopg.Connection[Any]") -> Iterator[list[tuple[Any, bytes]]]:
        where = ""
        after: list[Any] = []
        while rows := self._rows(connection, where, after, "", BATCH):
            yield rows
            where, after = "AND {pk} > %s", [rows[-1][0]]

    def ends(self, connection: "psycopg.Connection[Any]", count: int) -> Iterator[bytes]:
        """The tokens at both ends of the table, for a look without reading all."""
        for direction in ("", "DESC"):
            for _pk, token in self._rows(connection, "", [], direction, count):
                yield token

    def _rows(
        self,
        connection: "psycopg.Connection[Any]",
        where: str,
        after: list[Any],
        direction: str,
        count: int,
    ) -> list[tuple[Any, bytes]]:
        query = (
            f"SELECT {{pk}}, {self._value} FROM {{table}} "  # noqa: S608 -- names are quoted
            f"WHERE starts_with({self._value}, %s) "
            f"AND {self._value} <> '' {where} ORDER BY {{pk}} {direction} LIMIT {count}"
        )
        rows = connection.execute(self._sql(query), [self._prefix, *after]).fetchall()
        return [(pk, value.removeprefix(self._prefix).encode()) for pk, value in rows]

    def replace(
        self, connection: "psycopg.Connection[Any]", tokens: list[tuple[Any, bytes, bytes]]
    ) -> None:
        update = self._sql(
            f"UPDATE {{table}} SET {{column}} = {self._new} "  # noqa: S608 -- names are quoted
            f"WHERE {{pk}} = %s AND {self._value} = %s"
        )
        rows = [(self._prefix + new.decode(), pk, self._prefix + old.decode())
                for pk, old, new in tokens]  # fmt: skip
        with connection.transaction():
            # The rules of append-only tables would refuse; nobody else writes meanwhile.
            protected = connection.execute(_TRIGGERS, [self._table]).fetchone() == (True,)
            if protected:
                connection.execute(self._sql("ALTER TABLE {table} DISABLE TRIGGER USER"))
            with connection.cursor() as cursor:
                cursor.executemany(update, rows)
            if protected:
                connection.execute(self._sql("ALTER TABLE {table} ENABLE TRIGGER USER"))

    def _sql(self, query: str) -> sql.Composed:
        return sql.SQL(query).format(**self._names)


def columns() -> list[ColumnStore]:
    """Every column of an EncryptedTextField."""
    return [
        ColumnStore(model._meta.db_table, str(field.column), str(model._meta.pk.column))  # noqa: SLF001
        for model in apps.get_models()
        for field in model._meta.local_concrete_fields  # noqa: SLF001 -- Django's documented API
        if isinstance(field, EncryptedTextField)
    ]


def all_stores() -> list[Store]:
    """The columns, and what rooms encrypt otherwise."""
    paths: tuple[str, ...] = import_string(settings.ENCRYPTED_STORES)
    return [*columns(), *(import_string(path)() for path in paths)]
