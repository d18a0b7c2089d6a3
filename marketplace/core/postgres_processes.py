"""The processes of an embedded PostgreSQL, read from the process table."""

import os
import signal
import time
from contextlib import suppress
from pathlib import Path


def server_pids(cluster: Path) -> list[int]:
    """Processes of this cluster's server (without zombies)."""
    wanted = str(cluster).encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit():
            continue
        try:
            command = (entry / "cmdline").read_bytes().split(b"\0")
            state = (entry / "stat").read_text().rsplit(")", 1)[1].split()[0]
        except (OSError, IndexError):
            continue
        if state != "Z" and wanted in command and command[0].endswith(b"postgres"):
            found.append(int(entry.name))
    return found


def is_running(folder: Path) -> bool:
    """Whether the server of a data folder runs; cheap enough to be asked each second."""
    cluster = folder.resolve() / "postgres"
    try:
        pid = int((cluster / "postmaster.pid").read_text().split("\n", 1)[0])
        command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
    except (OSError, ValueError):
        return False
    return str(cluster).encode() in command


def end_left_over(cluster: Path) -> None:
    """End what a killed server left at work on its files: a new one must not meet it there.

    Raises TimeoutError when they do not end.
    """
    deadline = time.monotonic() + 15
    while left := _at_work_in(cluster):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Processes of PostgreSQL still work in {cluster}: {left}.")
        for pid in left:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGQUIT)
        time.sleep(0.1)


def _at_work_in(cluster: Path) -> list[int]:
    """PostgreSQL's processes whose working directory is the cluster: the server's own."""
    found = []
    for entry in Path("/proc").iterdir():
        with suppress(OSError):
            if (
                entry.name.isdigit()
                and (entry / "comm").read_text() == "postgres\n"
                and (entry / "cwd").readlink() == cluster
                and (entry / "stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
            ):
                found.append(int(entry.name))
    return found
