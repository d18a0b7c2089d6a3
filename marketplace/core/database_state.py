"""What a database lacks before anything can work with it: no answer, no tables, an upgrade."""

import sys
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import DatabaseError, OperationalError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils.translation import gettext as _

from marketplace.core.known_migrations import known_migrations
from marketplace.core.sign_of_life import give_sign

LOOK_SECONDS = 2.0
# The upgrade grants rights last: to the note of what was migrated, and to every table.
_MAY_READ_NOTE = """
SELECT coalesce(bool_and(has_table_privilege(oid, 'SELECT')), true) FROM pg_class
WHERE oid = to_regclass('public.django_migrations')
"""
_WITHOUT_RIGHTS = """
SELECT count(*) FROM pg_class
WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
  AND NOT has_table_privilege(oid, 'SELECT')
"""


@dataclass(frozen=True)
class Lack:
    """What is missing, by a name that stays the same while it lasts, and what to do."""

    name: str
    message: str
    remedy: str


def lack_of_answer() -> Lack | None:
    """Why the database cannot be asked at all, not even what it holds; None when it can."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_MAY_READ_NOTE)
            return None if cursor.fetchone() == (True,) else _not_upgraded()
    except OperationalError as error:
        connection.close()
        return Lack(
            "answer",
            _("The database does not answer: %(error)s") % {"error": _first(error)},
            _(
                "Check that PostgreSQL is running, and DATABASE_URL; after a new installation run: "
                "twiza database upgrade"
            ),
        )


def lack_of_tables() -> Lack | None:
    """Why there is nothing to ask for: the tables are not made yet."""
    if MigrationRecorder(connection).has_table():
        return None
    return Lack("tables", _("The database has no tables yet."), _("Run: twiza database upgrade"))


def missing_migrations() -> list[str]:
    """The migrations of this version that the database has not seen, such as ``core 0005_x``."""
    applied = set(MigrationRecorder(connection).applied_migrations())
    return [" ".join(migration) for migration in sorted(known_migrations() - applied)]


def lack_of_upgrade() -> Lack | None:
    """Why this version cannot work with the tables: none, older ones, or no rights on them yet."""
    try:
        if lack := lack_of_answer() or lack_of_tables():
            return lack
        with connection.cursor() as cursor:
            cursor.execute(_WITHOUT_RIGHTS)
            is_upgraded = cursor.fetchone() == (0,) and not missing_migrations()
    except DatabaseError:  # lost meanwhile, or nothing may be read yet
        connection.close()
        is_upgraded = False
    return None if is_upgraded else _not_upgraded()


def _not_upgraded() -> Lack:
    return Lack(
        "upgrade",
        _("The database is not upgraded to this version yet."),
        _("Run: twiza database upgrade"),
    )


def await_database(process: str, lack_of: Callable[[], Lack | None]) -> None:
    """Return when nothing is lacking; says once what a process waits for.

    A supervisor that started it again and again would fill its log, and give up.
    """
    waits_for = ""
    while lack := lack_of():
        if lack.name != waits_for:
            waits_for = lack.name
            print(f"{process} waits: {lack.message} {lack.remedy}", file=sys.stderr, flush=True)
        give_sign()
        time.sleep(LOOK_SECONDS)
    if waits_for:
        print(f"{process} goes on.", file=sys.stderr, flush=True)


def _first(error: Exception) -> str:
    """The first line of what PostgreSQL's client says; the others repeat it for other addresses."""
    return str(error).strip().partition("\n")[0]
