"""Proves a backup: restores it into a database of its own, compares, and drops that again."""

import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.utils.module_loading import import_string
from psycopg import sql

from marketplace.core.backup import files
from marketplace.core.backup.manifest import About, BackupRefused, opened
from marketplace.core.backup.progress import Progress
from marketplace.core.backup.records import note_proven
from marketplace.core.backup.restore import (
    refuse_missing_keys,
    refuse_older_server,
    restore_database,
)
from marketplace.core.backup.undo import begin
from marketplace.core.database import DatabaseAddress
from marketplace.core.role_names import role_name
from marketplace.core.roles import connect_as_owner, drop_roles

PREFIX = "twiza_trial"
_LOCK = "SELECT pg_try_advisory_lock(7092)"
_LOCALE = "SELECT datcollate, datctype FROM pg_database WHERE datname = current_database()"
_CLEANING_TRIES, _CLEANING_SECONDS = 20, 0.5
Proof = Callable[["psycopg.Connection[Any]"], list[str]]


def check_backup(source: Path, *, progress: Progress) -> About:
    """Restore a backup beside the configured database and compare rows, money, books and files.

    Nothing of it stays, and the shop may go on meanwhile. Raises BackupRefused.
    """
    with opened(source) as (tar, about):
        refuse_missing_keys(about)
        refuse_older_server(settings.DATABASE_ADDRESS, about)
        progress("The files …")
        for name, wanted in about.files.items():
            if (found := files.add_up(tar, name)) != wanted:
                raise BackupRefused(f"{name}: {wanted} wanted, {found} found.")
        progress("The database, in one of its own …")
        with _scratch(settings.DATABASE_ADDRESS) as scratch:
            begin(scratch, [])
            restore_database(tar, about, scratch)
            _prove(scratch)
    note_proven(about)
    return about


def _prove(address: DatabaseAddress) -> None:
    """What the rooms say must hold in a restored database. Raises BackupRefused."""
    proofs: Sequence[str] = import_string(settings.RESTORED)
    with connect_as_owner(address) as connection:
        wrong = [line for path in proofs for line in import_string(path)(connection)]
    if wrong:
        raise BackupRefused(f"Restored, but wrong: {', '.join(wrong)}.")


@contextmanager
def _scratch(usual: DatabaseAddress) -> Iterator[DatabaseAddress]:
    """A database for the trial, always of the same name: one that was killed is found again."""
    scratch = usual.at(role_name(PREFIX, usual.name))
    with connect_as_owner(usual) as connection:
        if connection.execute(_LOCK).fetchone() != (True,):
            raise BackupRefused("Another backup of this database is being checked.")
        _drop(connection, scratch.name)
        try:
            _create(connection, scratch.name)
            yield scratch
        finally:
            _drop(connection, scratch.name)


def _create(connection: "psycopg.Connection[Any]", name: str) -> None:
    (collate, ctype) = connection.execute(_LOCALE).fetchone() or ("C", "C")
    statement = sql.SQL(
        "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"
    ).format(sql.Identifier(name), sql.Literal(collate), sql.Literal(ctype))
    try:
        connection.execute(statement)
    except psycopg.errors.InsufficientPrivilege as error:
        owner = connection.info.user
        raise BackupRefused(
            f"The owner {owner} may not create a database for the trial. As PostgreSQL's "
            f'administrator: ALTER ROLE "{owner}" CREATEDB;'
        ) from error


def _drop(connection: "psycopg.Connection[Any]", name: str) -> None:
    """Drop the trial's database and roles.

    The server's own cleaning of tables may be at work in it, which only an administrator may end:
    it is waited for.
    """
    statement = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
    for _try in range(_CLEANING_TRIES):
        try:
            connection.execute(statement)
            break
        except psycopg.errors.InsufficientPrivilege:
            time.sleep(_CLEANING_SECONDS)
    else:
        connection.execute(statement)
    drop_roles(connection, name)
