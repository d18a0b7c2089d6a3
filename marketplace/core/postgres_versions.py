"""Which versions of PostgreSQL are supported, and the programs of a server's own version.

A dump is written and read by programs of the server's version: newer ones write settings that an
older server does not know, and older ones refuse a newer server.
"""

import os
import re
import subprocess
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from marketplace.core.postgres import PostgresUnavailable, binaries

if TYPE_CHECKING:
    import psycopg

# What `twiza serve`, `worker`, `doctor`, `database upgrade`, `backup` and `restore` hold to. The
# tests restore a backup on the oldest and on the newest one.
OLDEST_POSTGRES = 15
NEWEST_TRIED = 18
# Where Debian's and Red Hat's packages of a version lie.
_PACKAGED = ("/usr/lib/postgresql/{}/bin", "/usr/pgsql-{}/bin")


class PostgresUnsuitable(RuntimeError):
    """The server is too old, or its programs are missing; the message says what to do."""


def major_of(connection: "psycopg.Connection[Any]") -> int:
    """The server's version, such as 15."""
    return connection.info.server_version // 10000


def require_server(connection: "psycopg.Connection[Any]") -> int:
    """The server's version. Raises PostgresUnsuitable for one too old, or without UTF-8."""
    if (major := major_of(connection)) < OLDEST_POSTGRES:
        raise PostgresUnsuitable(
            f"PostgreSQL {major} is too old: Twiza needs {OLDEST_POSTGRES} or later."
        )
    if (encoding := connection.info.parameter_status("server_encoding")) != "UTF8":
        raise PostgresUnsuitable(
            f"The database {connection.info.dbname} has the encoding {encoding}, which cannot hold "
            "Arabic. Create one with: createdb --template=template0 --encoding=UTF8 "
            "--locale=C.UTF-8"
        )
    return major


def find_program(name: str, major: int) -> Path:
    """``pg_dump`` or ``pg_restore`` of this version: from the wheel, a package or the path.

    Raises PostgresUnsuitable, which names the package to install.
    """
    for folder in _folders(major):
        if (found := folder / name).is_file() and _version(found) == major:
            return found
    raise PostgresUnsuitable(
        f"{name} of PostgreSQL {major} is not on this machine, and one of another version does not "
        f"fit the server. Install the package postgresql-client-{major} (Debian, Ubuntu), or "
        f"postgresql{major} (Red Hat)."
    )


def _folders(major: int) -> list[Path]:
    found = [Path(place.format(major)) for place in _PACKAGED]
    with suppress(PostgresUnavailable):
        found.insert(0, binaries())
    return found + [Path(one) for one in os.environ.get("PATH", "").split(os.pathsep) if one]


def _version(program: Path) -> int | None:
    """The version of a program; None of one that does not start."""
    try:
        said = subprocess.run(
            [str(program), "--version"], capture_output=True, text=True, check=False, timeout=20
        ).stdout
    except OSError:
        return None
    number = re.search(r"\(PostgreSQL\) (\d+)", said)
    return int(number[1]) if number else None
