"""Static files for tests: collected once for each state of them, and shared by all sessions."""

from django.conf import settings

from marketplace.core.static_files import collect_static_files, static_files_digest
from tests import databases


def use_collected_static_files() -> None:
    """Collect the static files unless that is done, and serve those."""
    name = f"static-{static_files_digest()[:16]}"
    settings.STATIC_ROOT = databases.SERVER / name
    collect_static_files()
