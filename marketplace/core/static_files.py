"""Static files under names that contain a hash of their content, so that browsers keep them.

``collect_static_files`` copies what the rooms' ``static/`` folders hold to ``STATIC_ROOT``: hashed,
compressed, references between them rewritten. `twiza serve` and `twiza demo` call it at their
start; the image's build does, too, so that there it finds nothing to do.
"""

import fcntl
import hashlib
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from whitenoise.middleware import WhiteNoiseMiddleware


class StaticFilesMiddleware(WhiteNoiseMiddleware):
    """Serves static files; those with a hash in their name may be kept for a year."""

    FOREVER = 31_536_000

    def add_files(self, root: str, prefix: str | None = None) -> None:
        """Skip a folder that does not exist: a worker answers requests, but shows no pages."""
        if Path(root).is_dir():
            super().add_files(root, prefix)


def collect_static_files() -> bool:
    """Bring ``STATIC_ROOT`` up to date; returns whether anything had to be done.

    Files of earlier versions stay, for pages that are still open. Raises OSError when the folder
    cannot be written.
    """
    root = Path(settings.STATIC_ROOT)
    digest = static_files_digest()
    # Beside the folder, because files inside are served.
    collected = root.with_suffix(".sha256")
    if _is_current(collected, digest):
        return False
    root.mkdir(parents=True, exist_ok=True)
    with root.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if _is_current(collected, digest):
            return False
        call_command("collectstatic", interactive=False, verbosity=0)
        collected.write_text(digest)
    return True


def static_files_digest() -> str:
    """A hash over the names and contents of all static files as they were written."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    found = [(path, storage) for finder in get_finders() for path, storage in finder.list(None)]
    for path, storage in sorted(found, key=lambda one: one[0]):
        digest.update(path.encode())
        with storage.open(path) as file:
            digest.update(file.read())
    return digest.hexdigest()


def _is_current(collected: Path, digest: str) -> bool:
    return collected.exists() and collected.read_text() == digest
