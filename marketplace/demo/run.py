"""`twiza demo`: one command that starts everything, and stops it again."""

import os
import sys
import time
from pathlib import Path

from marketplace.core.postgres import PostgresUnavailable, ensure_running, stop
from marketplace.core.secrets import ensure_secrets
from marketplace.core.worlds import remember_world
from marketplace.demo.children import check_port, wait_for, watch
from marketplace.demo.engine_choice import EMBEDDED, EngineChoice, choose
from marketplace.demo.errors import DemoRefused
from marketplace.demo.folder import default_folder, only_one
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
    try:
        _use_world(folder, choice)
        _prepare(port, folder)
        if choice.is_embedded:
            remember_world(folder, choice.facts)
            _open_shop()
            parts.append(_spawn_web(port, choice))
        else:
            _open_at_saleor(port, folder, choice, parts)
        # The first page loads all code and templates: done here, so that no visitor waits.
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
        stop(folder)


def _use_world(folder: Path, choice: EngineChoice) -> None:
    """Start the folder's database, and set the world's environment for child processes too."""
    print("Twiza demo: starting PostgreSQL …", flush=True)
    address = ensure_running(folder)
    os.environ |= {
        **ensure_secrets(folder),
        "DATABASE_URL": address.url,
        "TWIZA_DATA_DIR": str(folder),
        "TWIZA_DEMO": "1",
        **choice.environment,
    }


def _prepare(port: int, folder: Path) -> None:
    """Upgrade the database and the static files; raises DemoRefused for a world too old."""
    import django

    django.setup()
    from django.conf import settings

    from marketplace.core.static_files import collect_static_files
    from marketplace.core.upgrade import TooOld, upgrade_database

    print("Preparing the database …", flush=True)
    try:
        upgrade_database()
        # The processes that follow need no owner.
        os.environ |= settings.DATABASE_ADDRESS.without_owner()
    except TooOld as error:
        where = f"--port {port}" if folder == default_folder(port).resolve() else f"--data {folder}"
        raise DemoRefused(
            f"the world in {folder} was made by an older version of Twiza, which this version "
            f"cannot upgrade. Forget it and begin a new one: twiza reset {where}"
        ) from error
    collect_static_files()


def _open_shop() -> None:
    """Create enough of the world for the shop to open."""
    from django.db import connections
    from django.utils import timezone

    from marketplace.demo.loader import open_shop
    from marketplace.demo.stages.people import prepare_signing_in

    open_shop(progress=lambda words: print(f"  {words}", flush=True))
    prepare_signing_in(timezone.now())
    connections.close_all()


def _open_at_saleor(port: int, folder: Path, choice: EngineChoice, parts: list[Part]) -> None:
    """Start our pages first: Saleor fetches the manifest there and sends the token."""
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
    command = web_command(host=choice.listens_on, port=port, workers=1)
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
