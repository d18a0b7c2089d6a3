"""Start the web process or the worker, and find the data folder that a command is about."""

import os
import sys
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from pathlib import Path

from marketplace.core.database import ADDRESS_FILE

# What `worker` refuses and what `serve` does; the rooms register the checks themselves.
KEYS = ("default-secret", "no-encryption-keys", "default-encryption-keys", "unreadable-data")
ALLOWABLE = ("demo-data", "demo-codes", "test-payments", "debug", "embedded-engine", *KEYS)


def use_data_folder() -> None:
    """Find the demo's database for commands typed beside a demo, unless DATABASE_URL says where.

    The folder is ``--data`` (TWIZA_DATA_DIR), else the only world under ``.twiza/``.
    """
    if os.environ.get("DATABASE_URL") or os.environ.get("TWIZA_DATA_DIR"):
        return _use_secrets()
    worlds = [path.parent for path in Path(".twiza").glob(f"*/{ADDRESS_FILE}")]
    if len(worlds) == 1:
        os.environ["TWIZA_DATA_DIR"] = str(worlds[0].resolve())
    return _use_secrets()


def _use_secrets() -> None:
    """The secrets of a demo's world live beside it, and where it is; a production sets its own."""
    from marketplace.core.secrets import load_secrets
    from marketplace.core.worlds import load_world

    if folder := os.environ.get("TWIZA_DATA_DIR"):
        for name, value in load_secrets(Path(folder)).items():
            os.environ.setdefault(name, value)
        if not os.environ.get("DATABASE_URL"):
            _use_world(load_world(Path(folder)))


def _use_world(world: dict[str, str]) -> None:
    """A world's data belong to its engine; its addresses are where it was last, unless given."""
    for name, value in world.items():
        if name == "SALEOR_API_URL":
            os.environ[name] = value
        else:
            os.environ.setdefault(name, value)


def serve(*, host: str, port: int, workers: int, allowed: set[str]) -> int:
    """Run the web process; refuses what belongs to a demo unless it is named in ``allowed``."""
    import django

    django.setup()
    from marketplace.core.production import find_warned
    from marketplace.core.static_files import collect_static_files

    if status := _refusal("serve", allowed, ALLOWABLE):
        return status
    for warned in find_warned():
        print(f"Warning: {warned}", file=sys.stderr)
    collect_static_files()
    command = web_command(host=host, port=port, workers=workers)
    # The supervisor takes this process over: it needs none of what was loaded until here.
    supervisor = [sys.executable, "-m", "marketplace.supervisor", *command]
    os.execve(sys.executable, supervisor, _environment_without_owner())  # noqa: S606
    return 1


def web_command(
    *, host: str, port: int, workers: int, loads: str = "marketplace.serving.worker"
) -> list[str]:
    """The command line of the web server; ``docs/decisions/0017-web-server.md`` says why so."""
    return [
        sys.executable, "-m", "granian", "--interface", "asginl",
        "--host", host, "--port", str(port), "--workers", str(workers),
        "--log-level", "warning", "--no-ws", "--http", "1",
        # A head has ten seconds, also on a connection that is kept, and 64 kB.
        "--http1-header-read-timeout", "10000", "--http1-buffer-size", "65536",
        # Connections, not requests: whoever only holds one must not keep others out.
        "--backlog", "2048", "--backpressure", "4096",
        "--respawn-failed-workers", "--workers-kill-timeout", "5",
        f"{loads}:application",
    ]  # fmt: skip


def work(*, once: bool, queues: Sequence[str] = (), allowed: AbstractSet[str] = frozenset()) -> int:
    """Run the worker until it is told to stop; with ``once`` only what is due.

    Waits until the database has the tables of this version, and for the rest until our App is
    installed: a new installation starts all processes first.

    ``queues`` names those that it works on (``core.queues``); all when it is empty. Refuses keys
    that are missing or wrong, unless ``allowed``: what it encrypted would be lost.
    """
    import django

    django.setup()
    from marketplace.core.queues import Queue
    from marketplace.core.worker import run_worker

    if status := _refusal("worker", allowed, KEYS, waits=not once):
        return status
    return run_worker(once=once, queues=[Queue(name) for name in queues] or tuple(Queue))


def _refusal(
    command: str, allowed: AbstractSet[str], known: Sequence[str], *, waits: bool = False
) -> int:
    """The status with which a process refuses to start, having said why; 0 when it may.

    With ``waits`` it waits for a database that will be there later.
    """
    from marketplace.core.production import find_refused

    if unknown := allowed - set(known):
        print(f"Unknown: {', '.join(sorted(unknown))}. Known: {', '.join(known)}.", file=sys.stderr)
        return 2
    if _is_unsuitable(command, waits=waits):
        return 1
    found = {name: why for name, why in find_refused().items() if name in known}
    refused = sorted(found.keys() - allowed)
    for name in refused:
        print(f"twiza {command} will not start. {found[name]}", file=sys.stderr)
    if refused:
        print(f"To start all the same: --allow {','.join(refused)}", file=sys.stderr)
    return 1 if refused else 0


def leave_owner_behind() -> None:
    """Start this program again without the owner's password, unless it came without.

    What runs for long and answers strangers needs only the other roles: whoever reads its
    environment must not be able to change the ledger.
    """
    from django.conf import settings

    if settings.DATABASE_ADDRESS.password:
        os.execve(sys.executable, sys.orig_argv, _environment_without_owner())  # noqa: S606


def _environment_without_owner() -> dict[str, str]:
    from django.conf import settings

    return {**os.environ, **settings.DATABASE_ADDRESS.without_owner()}


def _is_unsuitable(command: str, *, waits: bool) -> bool:
    """Whether this version cannot work with the server or its database now; says so."""
    from django.db import connection

    from marketplace.core.database_state import await_database, lack_of_answer, lack_of_upgrade
    from marketplace.core.postgres_versions import PostgresUnsuitable, require_server
    from marketplace.core.unfinished import RestoreUnfinished, require_finished
    from marketplace.core.upgrade import TooOld, require_upgradable

    if waits:
        await_database(f"twiza {command}", lack_of_answer)
    try:
        if lack := lack_of_answer():
            return _says(command, f"{lack.message} {lack.remedy}")
        require_server(connection.connection)
        require_finished(connection.connection)
        require_upgradable()
    except (TooOld, PostgresUnsuitable, RestoreUnfinished) as refusal:
        return _says(command, str(refusal))
    if waits:
        await_database(f"twiza {command}", lack_of_upgrade)
    elif lack := lack_of_upgrade():
        return _says(command, f"{lack.message} {lack.remedy}")
    return False


def _says(command: str, why: str) -> bool:
    print(f"twiza {command}: {why}", file=sys.stderr)
    return True
