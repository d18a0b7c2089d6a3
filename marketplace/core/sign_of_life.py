"""Whether a worker lives, by the age of a file that it touches: cheap enough to be asked often.

``python -m marketplace.core.sign_of_life`` ends with 0 when the worker of this machine (or
container) has given a sign within a minute, else with 1. It asks neither the database nor anything
else, so that no outage restarts a worker. Standard library only: it starts in a moment.
"""

import os
import sys
import time
from pathlib import Path

# The file's path; without it no worker gives a sign, and none is looked for.
VARIABLE = "TWIZA_WORKER_SIGN"
EVERY_SECONDS = 10.0
SILENT_SECONDS = 60.0


def give_sign() -> None:
    """Note that this worker lives, where the deployment asks for it.

    The file's time is that of the machine's steady clock: it knows no hour that is put forward or
    back. Nothing is written into it, so that a full disk does not matter once it is there.
    """
    if path := _path():
        now = time.monotonic()
        path.touch(mode=0o600)
        os.utime(path, (now, now))


def seconds_since() -> float | None:
    """How old the last sign is; None without one."""
    path = _path()
    if path is None or not path.exists():
        return None
    age = time.monotonic() - path.stat().st_mtime
    # A sign from before the machine was started anew lies in the future.
    return age if age >= 0 else None


def _path() -> Path | None:
    found = os.environ.get(VARIABLE)
    return Path(found) if found else None


def main() -> int:
    """The answer to a supervisor."""
    if _path() is None:
        print(f"{VARIABLE} is not set: the worker gives no sign.", file=sys.stderr)
        return 1
    age = seconds_since()
    if age is None or age > SILENT_SECONDS:
        since = "" if age is None else f" for {age:.0f} seconds"
        print(f"The worker has given no sign of life{since}.", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
