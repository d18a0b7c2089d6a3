"""A disk that is full at a chosen moment, below one folder."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest


def fail_at(monkeypatch: pytest.MonkeyPatch, folder: Path, call: str, *, number: int = 1) -> None:
    """Let the ``number``-th such call of ``os`` for a file below the folder find no space."""
    name = call.removeprefix("os.")
    real = getattr(os, name)
    left = number

    def full(what: Any, *rest: Any, **options: Any) -> Any:
        nonlocal left
        path = Path(f"/proc/self/fd/{what}").readlink() if isinstance(what, int) else Path(what)
        if folder in path.parents and not path.is_dir():
            left -= 1
            if left <= 0:
                raise OSError(errno.ENOSPC, "No space left on device")
        return real(what, *rest, **options)

    monkeypatch.setattr(os, name, full)
