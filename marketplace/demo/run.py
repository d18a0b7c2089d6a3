"""`twiza demo`: one command that starts everything, and stops it again."""

import os
import sys
import time
from importlib import import_module
from pathlib import Path

from marketplace.core.database import DatabaseAddress
from marketplace.core.postgres import PostgresUnavailable, stop
from marketplace.core.secrets import ensure_secrets
from marketplace.core.steps import steps
from marketplace.core.worlds import remember_world
from marketplace.demo.children import DatabaseStart, check_port, wait_for, watch
from marketplace.demo.engine_choice import EMBEDDED, EngineChoice, choose
from marketplace.demo.errors import DemoRefused
from marketplace.demo.folder import closed, default_folder, only_one, prepare_mailbox
from marketplace.process import web_command
from marketplace.supervisor import Part, end, ignore_signals, stop_on_signals


def run_demo(*, port: int, folder: Path | None, engine: str = EMBEDDED) -> int:
    """Start database, engine, worker and shop; returns the exit status when stopped."""
    folder = (folder or default_folder(port)).resolve()
    try:
        with only_one(folder, port):
            choice = choose(engine, port=port, folder=folder, environment=os.environ)
            return _start(port, folder, choice)
    except (DemoRefused, PostgresUnavailable) as refusal:
        print(f"twiza demo: {refusal}", file=sys.stderr)
        return 1


def _start(port: int, folder: Path, choice: EngineChoice) -> int:
    began = time.monotonic()
    check_port(port, choice.listens_on)
    parts: list[Part] = []
    stop_on_signals()
    print("Twiza demo: starting PostgreSQL …", flush=True)
    database = DatabaseStart(folder)
    try:
        prepare_mailbox(folder)
        _use_world(folder, choice, database.address())
        open_it = _open_embedded if choice.is_embedded else _open_at_saleor
        open_it(port, folder, choice, database, parts)
        # The first page loads all templates: done here, so that no visitor waits.
        wait_for(port, parts[0], "/ma/ar/")
        parts += _spawn_background()
        _print_welcome(port, folder, choice, time.monotonic() - began)
        return watch(parts, folder)
    except KeyboardInterrupt:
        print("\nStopping …", flush=True)
        return 0
    finally:
        ignore_signals()
        end(parts)
        database.end()
        stop(folder)


def _use_world(folder: Path, choice: EngineChoice, address: DatabaseAddress) -> None:
    """Set the world's environment for child processes too; these need no owner."""
    os.environ |= {
        **ensure_secrets(folder),
        "DATABASE_URL": address.url,
        "TWIZA_DATA_DIR": str(folder),
        "TWIZA_DEMO": "1",
        **choice.environment,
    }
    from django.conf import settings

    # Read before the environment forgets the owner.
    os.environ |= settings.DATABASE_ADDRESS.without_owner()


def _prepare(port: int, folder: Path, database: DatabaseStart) -> None:
    """Upgrade the database and the static files; raises DemoRefused for a world too old."""
    import django

    django.setup()
    from django.conf import settings

    from marketplace.core.static_files import collect_static_files
    from marketplace.core.upgrade import TooOld, upgrade_database

    if database.is_new:
        # Needed for the world that is made next; PostgreSQL is being initialised.
        import_module("marketplace.demo.loader")
        import_module(settings.ROOT_URLCONF)
    database.wait()
    print("Preparing the database …", flush=True)
    try:
        with steps(sys.stdout) as progress:
            upgrade_database(progress=progress)
    except TooOld as error:
        where = f"--port {port}" if folder == default_folder(port).resolve() else f"--data {folder}"
        raise DemoRefused(
            f"the world in {folder} was made by an older version of Twiza, which this version "
            f"cannot upgrade. Forget it and begin a new one: twiza reset {where}"
        ) from error
    collect_static_files()


def _open_shop() -> None:
    """Create enough of the world for the shop to open, unless it is there."""
    from django.db import connections
    from django.utils import timezone

    from marketplace.demo.models import DemoProgress
    from marketplace.demo.signing_in import prepare_signing_in

    if not DemoProgress.objects.is_open():
        # Only here: it loads most of the shop.
        from marketplace.demo.loader import open_shop

        with steps(sys.stdout) as progress:
            open_shop(progress=progress)
    prepare_signing_in(timezone.now())
    connections.close_all()
    print("Opening the shop …", flush=True)


def _open_embedded(
    port: int, folder: Path, choice: EngineChoice, database: DatabaseStart, parts: list[Part]
) -> None:
    """The web server loads the shop's code meanwhile, and answers when all is there."""
    with closed(folder):
        parts.append(_spawn_web(port, choice))
        _prepare(port, folder, database)
        remember_world(folder, choice.facts)
        _open_shop()


def _open_at_saleor(
    port: int, folder: Path, choice: EngineChoice, database: DatabaseStart, parts: list[Part]
) -> None:
    """Start our pages first: Saleor fetches the manifest there and sends the token."""
    _prepare(port, folder, database)
    from marketplace.demo import on_saleor

    administrator = on_saleor.claim(choice, folder)
    remember_world(folder, choice.facts)
    parts.append(_spawn_web(port, choice))
    wait_for(port, parts[0], "/health/live")
    if administrator:
        print("Installing the App at Saleor …", flush=True)
        on_saleor.install(choice, *administrator)
    else:
        on_saleor.mend()
    _open_shop()


def _print_welcome(port: int, folder: Path, choice: EngineChoice, seconds: float) -> None:
    from marketplace.demo.accounts import ACCOUNTS, PASSWORD

    home = choice.public_url
    print(f"\nTwiza is open after {seconds:.0f} s.\n")
    print(f"  Shop              {home}/ma/ar/   {home}/ma/fr/   {home}/eu/en/")
    print(f"  Sign in           {home}/accounts/login/   password for all: {PASSWORD}")
    for account in ACCOUNTS:
        print(f"    {account.email:34}{account.what}")
    # The same data folder as this demo's, so that the printed command finds it from anywhere.
    print("  Programme staff also give a code from their phone. To see the one of now:")
    print(f"                    twiza demo-code coordination@twiza.example --data {folder}")
    if not choice.is_embedded:
        print(f"  Engine            Saleor, {choice.api_url}")
    print(f"  Sent e-mails      {home}/demo/outbox/")
    print(f"  Progress          {home}/demo/   (the rest of the world is being made)")
    print(f"\n  Data in {folder}; start over with: twiza reset --port {port}")
    print("  Stop with Ctrl-C.\n", flush=True)


def _spawn_web(port: int, choice: EngineChoice) -> Part:
    loads = "marketplace.demo.web"
    command = web_command(host=choice.listens_on, port=port, workers=1, loads=loads)
    return Part("The web server", command).start()


def _spawn_background() -> list[Part]:
    """The worker, and the loader of the rest of the world, which yields to visitors."""
    twiza = [sys.executable, "-m", "marketplace"]
    return [
        Part("The worker", [*twiza, "worker"]).start(),
        Part(
            "What fills the world", [*twiza, "manage", "fill_demo"], niceness=10, finishes=True
        ).start(),
    ]
