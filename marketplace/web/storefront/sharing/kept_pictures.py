"""Drawn pictures on this machine's disk, by their content; what is not looked at goes away.

They can all be drawn again: no backup has them, and a disk without room only makes them slower.
"""

import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from marketplace.core.files import whole_file

# In each of 256 folders: some 25,000 pictures of 40 to 80 KB, up to 2 GB.
MOST_IN_A_FOLDER = 100
_LONGEST_SECONDS = 30 * 24 * 3600


def kept(digest: str, draw: Callable[[], bytes]) -> bytes:
    """The picture of a digest, drawn when it is not there."""
    path = Path(settings.DATA_DIR) / "share-pictures" / digest[:2] / f"{digest}.jpg"
    with suppress(OSError):
        return path.read_bytes()
    drawn = draw()
    with suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as file:
            file.write(drawn)
        _make_room(path.parent)
    return drawn


def _make_room(folder: Path) -> None:
    """Delete what is old, and the oldest beyond a number."""
    by_age = sorted(((each.stat().st_mtime, each) for each in folder.iterdir()), reverse=True)
    oldest = time.time() - _LONGEST_SECONDS
    for place, (written, path) in enumerate(by_age):
        if place >= MOST_IN_A_FOLDER or written < oldest:
            path.unlink(missing_ok=True)
