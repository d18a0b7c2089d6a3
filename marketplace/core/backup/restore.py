"""Restores a backup into an empty database. What fails leaves everything as it was."""

import tarfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connections

from marketplace.core.backup import files
from marketplace.core.backup.manifest import DUMP, About, BackupRefused, opened
from marketplace.core.backup.programs import run_program, server_version
from marketplace.core.backup.progress import Progress
from marketplace.core.backup.sums import (
    add_up_money,
    count_rows,
    differing_money,
    differing_rows,
    tables,
)
from marketplace.core.backup.undo import alone, begin, finish, undo
from marketplace.core.database import DatabaseAddress
from marketplace.core.encryption import fingerprints
from marketplace.core.role_names import RolesRefused
from marketplace.core.roles import connect_as_owner
from marketplace.core.upgrade import TooOld, upgrade_database

COMMON = ("--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction")


def restore_backup(
    source: Path, *, progress: Progress, without_keys: Collection[str] = ()
) -> About:
    """Restore a backup into the empty configured database, and its files into empty folders.

    A backup of an older version is upgraded. ``without_keys`` names by fingerprint the keys whose
    data may stay unreadable. Raises BackupRefused; nothing is changed then.
    """
    address: DatabaseAddress = settings.DATABASE_ADDRESS
    with opened(source) as (tar, about):
        refuse_missing_keys(about, without_keys)
        refuse_older_server(address, about)
        with alone(address), _all_or_nothing(address):
            progress("The files …")
            files.bring_in(tar)
            progress("The database …")
            restore_database(tar, about, address)
            _upgrade(address, source, progress)
            files.put_in_place()
    return about


def restore_database(tar: tarfile.TarFile, about: About, address: DatabaseAddress) -> None:
    """Restore both schemas and compare what they add up to; raises BackupRefused."""
    with connect_as_owner(address) as connection:
        major = server_version(connection)
    as_engine = f"--role={address.engine_role}"
    for schema in (("--schema=public",), ("--schema=engine", as_engine)):
        with files.member(tar, DUMP) as dump:
            run_program("pg_restore", major, address, *COMMON, *schema, given=dump)
    if differing := differences(address, about):
        raise BackupRefused(f"Restored, but not whole: {', '.join(differing)}.")


def differences(address: DatabaseAddress, about: About) -> list[str]:
    """How a restored database differs from what the backup says it adds up to."""
    with connect_as_owner(address) as connection:
        found = differing_rows(about.rows, count_rows(connection))
        if about.money:
            found += differing_money(about.money, add_up_money(connection))
    return found


def refuse_missing_keys(about: About, without: Collection[str] = ()) -> None:
    """Raise BackupRefused when what is encrypted in a backup could not be read here."""
    missing = [key for key in about.keys if key not in {*fingerprints(), *without}]
    if missing:
        raise BackupRefused(
            f"TWIZA_ENCRYPTION_KEYS lacks a key with which this backup is encrypted: "
            f"{', '.join(missing)} (its fingerprint, as `twiza keys list` shows it). Nothing was "
            "changed. Without it bank accounts, addresses and second factors stay unreadable; to "
            f"restore all the same: --without-key {missing[0]}"
        )


def refuse_older_server(address: DatabaseAddress, about: About) -> None:
    """Raise BackupRefused when this server cannot read a dump of the backup's server."""
    with connect_as_owner(address) as connection:
        major = server_version(connection)
    if major < about.postgres:
        raise BackupRefused(
            f"The backup was written for PostgreSQL {about.postgres}, and this server is "
            f"PostgreSQL {major}: restore it on {about.postgres} or later. Nothing was changed."
        )


@contextmanager
def _all_or_nothing(address: DatabaseAddress) -> Iterator[None]:
    """Undo everything when the restore fails; after a kill the next restore does so."""
    begun_before = undo(address)
    _refuse_if_not_empty(address)
    files.forget_arrived()
    places = [str(folder.resolve()) for folder in files.folders().values()]
    if places != begun_before:
        files.refuse_filled_folders()
    try:
        begin(address, places)
        yield
    except BaseException:
        connections.close_all()
        undo(address)
        files.forget_arrived()
        raise
    finish(address)


def _upgrade(address: DatabaseAddress, source: Path, progress: Progress) -> None:
    """Upgrade what was restored; raises BackupRefused when this version cannot."""
    connections.close_all()
    try:
        upgrade_database(address, progress=progress)
    except TooOld as refusal:
        raise BackupRefused(
            f"{source} is of an older version of Twiza, which this version cannot upgrade. "
            "Nothing was changed."
        ) from refusal
    except RolesRefused as refusal:
        raise BackupRefused(str(refusal)) from refusal


def _refuse_if_not_empty(address: DatabaseAddress) -> None:
    with connect_as_owner(address) as connection:
        filled = tables(connection)
    if filled:
        raise BackupRefused(
            f"The database {address.name} is not empty, and nothing was changed. "
            "Name an empty one in DATABASE_URL."
        )
