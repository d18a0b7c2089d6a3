"""A check of the doctor: how much space is left where files are written."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext as _

from marketplace.core.checkup import Finding, broken, good, warning
from marketplace.core.database_folder import database_folders
from marketplace.core.temporary_files import wanted_folder

# Below the first a few photographs fill the disk, below the second a busy day does.
ALMOST_NONE_BYTES = 200 * 1024**2
LITTLE_BYTES = 2 * 1024**3


def disk() -> Iterator[Finding]:
    """The folders in which this process writes, and the database's where it is on this machine."""
    written = [settings.DATA_DIR, Path(settings.MEDIA_ROOT)]
    # The second is another one when the first was full as this process started.
    written += [wanted_folder(), Path(tempfile.gettempdir()), *database_folders()]
    # A folder for each disk.
    places = {place.stat().st_dev: place for place in reversed([_existing(one) for one in written])}
    remedy = _("Make room, or give the folder a larger disk; old backups are the first to go.")
    for place in sorted(places.values()):
        free = shutil.disk_usage(place).free
        message = _("%(folder)s has %(free)d MB of free space.") % {
            "folder": place,
            "free": free // 1024**2,
        }
        if free < ALMOST_NONE_BYTES:
            yield broken("disk", message, remedy)
        elif free < LITTLE_BYTES:
            yield warning("disk", message, remedy)
        else:
            yield good("disk", message)


def _existing(path: Path) -> Path:
    """The folder, or the next one above it that exists."""
    return next(one for one in (path, *path.resolve().parents) if one.is_dir())
