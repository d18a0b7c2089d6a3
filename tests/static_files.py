"""Static files for tests: collected once for each state of them, and shared by all sessions."""

from typing import TYPE_CHECKING

from django.conf import settings
from whitenoise.base import WhiteNoise

from marketplace.core.static_files import collect_static_files, static_files_digest
from tests import databases

if TYPE_CHECKING:
    from whitenoise.responders import Redirect, StaticFile

READ = WhiteNoise.update_files_dictionary


def use_collected_static_files() -> None:
    """Collect the static files unless that is done, and serve those."""
    name = f"static-{static_files_digest()[:16]}"
    settings.STATIC_ROOT = databases.SERVER / name
    collect_static_files()
    read_once(f"{settings.STATIC_ROOT}/")


def read_once(collected: str) -> None:
    """Read what was collected once for the process: each test's client would do it anew."""
    known: dict[str, StaticFile | Redirect] = {}

    def update_files_dictionary(self: WhiteNoise, root: str, prefix: str) -> None:
        if root != collected:
            READ(self, root, prefix)
            return
        if not known:
            READ(self, root, prefix)
            known.update(self.files)
        self.files.update(known)

    WhiteNoise.update_files_dictionary = update_files_dictionary
