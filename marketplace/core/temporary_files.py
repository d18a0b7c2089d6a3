"""The folder of temporary files, chosen while its disk still has room."""

import os
import tempfile
from pathlib import Path


def wanted_folder() -> Path:
    """Where temporary files belong: in TMPDIR, else in /tmp."""
    return Path(os.environ.get("TMPDIR") or "/tmp")  # noqa: S108 -- only named here


def settle_temporary_folder() -> None:
    """Let this process choose its folder now.

    Python chooses at the first temporary file, and by writing: on a disk that is full by then it
    finds no folder, and says that a file is missing instead of that the disk is full.
    """
    try:
        tempfile.gettempdir()
    except FileNotFoundError:
        tempfile.tempdir = str(wanted_folder())
