"""The folder of a demo's world: used by one demo at a time, deleted by `twiza reset`."""

import fcntl
import mailbox
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from marketplace.core.postgres import stop
from marketplace.core.worlds import load_world
from marketplace.demo.engine_choice import ADDRESS
from marketplace.demo.errors import DemoRefused

_CLOSED = "closed.lock"


def default_folder(port: int) -> Path:
    """One world for each port, so that two copies never share one."""
    return Path(".twiza") / str(port)


@contextmanager
def only_one(folder: Path, port: int) -> Iterator[None]:
    """Lock the folder for one demo; the lock ends with the process."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = (folder / "demo.lock").open("w")
    except OSError as error:
        raise DemoRefused(
            f"cannot write to {folder} ({error.strerror}). Choose a folder of yours: "
            f"twiza demo --data DIR"
        ) from error
    with handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise DemoRefused(
                f"a demo runs already with the data in {folder}. For a second one: "
                f"twiza demo --port {port + 1}"
            ) from error
        yield


def prepare_mailbox(folder: Path) -> None:
    """Make the Maildir into which answers by mail come, so that the worker finds it empty."""
    mailbox.Maildir(folder / "answers")


@contextmanager
def closed(folder: Path) -> Iterator[None]:
    """While its world is prepared the shop is closed; that ends with the process, too."""
    with (folder / _CLOSED).open("w") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def wait_until_open(folder: Path) -> None:
    """Return when nobody prepares the world of this folder any more."""
    with suppress(FileNotFoundError), (folder / _CLOSED).open() as handle:
        fcntl.flock(handle, fcntl.LOCK_SH)


def reset_demo(*, port: int, folder: Path | None, ask: bool) -> int:
    """Delete a world: its database, pictures and secrets."""
    folder = (folder or default_folder(port)).resolve()
    if not (folder / "database.json").exists():
        print(f"Nothing to forget: there is no demo world in {folder}.")
        return 0
    if ask and input(f"Forget the demo world in {folder}? [y/N] ").strip().lower() not in {
        "y",
        "yes",
    }:
        print("Nothing was changed.")
        return 1
    at_saleor = load_world(folder).get(ADDRESS)
    try:
        with only_one(folder, port):
            stop(folder)
            shutil.rmtree(folder)
    except DemoRefused as refusal:
        print(f"twiza reset: {refusal}", file=sys.stderr)
        return 1
    print("Forgotten. `twiza demo` makes a new one.")
    if at_saleor:
        print(
            f"What it made at the Saleor {at_saleor} stays there, with the App: a new world needs "
            "an empty Saleor."
        )
    return 0
